import { describe, expect, it } from 'vitest';
import { findBrowser } from './findBrowser.ts';

const nothing = {
  platform: 'linux',
  environment: {},
  home: '/home/ada',
  usable: () => false,
} as const;

describe('finding a browser', () => {
  it('says where it has looked when there is none', () => {
    const { found, looked } = findBrowser(nothing);
    expect(found).toBeNull();
    expect(looked).toContain('/usr/bin/chromium');
  });

  it('takes Chrome before Chromium', () => {
    const both = ['/usr/bin/chromium', '/usr/bin/google-chrome'];
    const { found } = findBrowser({ ...nothing, usable: (path) => both.includes(path) });
    expect(found).toEqual({ executablePath: '/usr/bin/google-chrome', kind: 'chrome' });
  });

  it('takes the one that is wanted and no other', () => {
    const both = ['/usr/bin/chromium', '/usr/bin/google-chrome'];
    const device = { ...nothing, usable: (path: string) => both.includes(path) };
    expect(findBrowser(device, 'chromium').found?.executablePath).toBe('/usr/bin/chromium');
    expect(findBrowser(device, 'chrome').found?.executablePath).toBe('/usr/bin/google-chrome');
    const { found, looked } = findBrowser(device, 'edge');
    expect(found).toBeNull();
    expect(looked).toContain('/usr/bin/microsoft-edge');
    expect(looked).not.toContain('/usr/bin/chromium');
  });

  it('looks at nothing else when one is given', () => {
    const environment = { WARREN_BROWSER: '/opt/mine' };
    const usable = (path: string) => path === '/usr/bin/chromium';
    expect(findBrowser({ ...nothing, environment, usable })).toEqual({
      found: null,
      looked: ['/opt/mine'],
    });
  });

  it.each([
    ['darwin', '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
    ['win32', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
  ] as const)('knows the places of %s', (platform, path) => {
    const environment = { PROGRAMFILES: 'C:\\Program Files' };
    const usable = (candidate: string) => candidate === path;
    const { found } = findBrowser({ ...nothing, platform, environment, usable });
    expect(found?.executablePath).toBe(path);
  });
});
