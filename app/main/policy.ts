/**
 * What the Electron shell allows, as plain values that a test can check without Electron's binary.
 * Sources: Electron's security checklist; its documentation of fuses.
 */
import { join } from 'node:path';

/** The page's own scheme: a file address would see the disk, and has no origin to speak of. */
export const pageScheme = 'warren';
export const pageOrigin = `${pageScheme}://app`;

export function windowOptions(preload: string) {
  return {
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Warren',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  } as const;
}

/** The page needs to write to the clipboard (recovery words, results); nothing else is ever granted. */
export const permissionAllowed = (permission: string): boolean =>
  permission === 'clipboard-sanitized-write';

/** The window shows its own page and never leaves it. */
export function navigationAllowed(url: string): boolean {
  try {
    return new URL(url).origin === pageOrigin || url.startsWith(`${pageOrigin}/`);
  } catch {
    return false;
  }
}

/** @returns the file to serve for an address of the page's scheme, or null for none. */
export function pageFile(url: string, folder: string): string | null {
  if (!navigationAllowed(url)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
  const parts = path.split('/').filter(Boolean);
  if (parts.some((part) => part === '..' || /[\\\0:]/.test(part))) return null;
  return join(folder, ...(parts.length === 0 ? ['index.html'] : parts));
}

/** Set when the app is packaged: nothing but the signed app runs from its binary. */
export const fuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
} as const;
