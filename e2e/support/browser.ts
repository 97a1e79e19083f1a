/** How tests start the system's Chromium. */
import { existsSync } from 'node:fs';

const candidates = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'];

export const chromiumPath =
  process.env.WARREN_BROWSER ?? candidates.find((path) => existsSync(path)) ?? '/usr/bin/chromium';

export const chromiumOptions = {
  browserName: 'chromium' as const,
  launchOptions: {
    executablePath: chromiumPath,
    // Chromium's sandbox can not be set up by root, which is who runs the tests in CI.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-background-networking', '--disable-component-update', '--no-first-run'],
  },
};
