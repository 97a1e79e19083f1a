/**
 * The Electron shell: windows and their borders, and a vault host in a process of its own. A window talks
 * to the host over a message port of theirs alone, so no passphrase passes through here.
 */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  app,
  BrowserWindow,
  ipcMain,
  MessageChannelMain,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  type UtilityProcess,
  utilityProcess,
} from 'electron';
import { hostFlags } from '../host/processFlags.ts';
import { contentSecurityPolicy } from '../ipc/pagePolicy.ts';
import { createKeychain } from './keychain.ts';
import type { KeychainAnswer, KeychainRequest } from './keychainProtocol.ts';
import {
  navigationAllowed,
  pageFile,
  pageOrigin,
  pageScheme,
  permissionAllowed,
  windowOptions,
} from './policy.ts';

const pageFolder = join(import.meta.dirname, '../renderer');
const preload = join(import.meta.dirname, '../preload/preload.cjs');
/** The host runs from source, like everything but the page and this shell. */
const hostEntry = join(app.getAppPath(), 'app/main/hostEntry.ts');

let host: UtilityProcess | null = null;

protocol.registerSchemesAsPrivileged([
  { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => BrowserWindow.getAllWindows()[0]?.focus());
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', () => host?.postMessage({ type: 'lock' }));
  await app.whenReady();
  guardSession();
  protocol.handle(pageScheme, servePage);
  ipcMain.on('warren:request-port', (event) => {
    if (event.senderFrame?.parent === null && navigationAllowed(event.senderFrame.url)) {
      const { port1, port2 } = new MessageChannelMain();
      runningHost().postMessage({ type: 'window' }, [port1]);
      event.senderFrame.postMessage('warren:port', null, [port2]);
    }
  });
  powerMonitor.on('suspend', () => host?.postMessage({ type: 'lock' }));
  powerMonitor.on('lock-screen', () => host?.postMessage({ type: 'lock' }));
  openWindow();
} else app.quit();

function runningHost(): UtilityProcess {
  if (host) return host;
  const child = utilityProcess.fork(hostEntry, [join(app.getPath('userData'), 'vault')], {
    serviceName: 'Warren vault host',
    execArgv: [...hostFlags],
  });
  child.once('exit', () => {
    host = null;
  });
  child.on('message', async (request: KeychainRequest) => {
    if (request.type === 'keychain') child.postMessage(await askKeychain(request));
  });
  host = child;
  return child;
}

/** Answers the host: nothing else may reach the keychain. */
async function askKeychain(request: KeychainRequest): Promise<KeychainAnswer> {
  const keychain = createKeychain(safeStorage, join(app.getPath('userData'), 'quick-unlock'));
  const answer = (ok: boolean, value: KeychainAnswer['value']): KeychainAnswer => ({
    type: 'keychain',
    id: request.id,
    ok,
    value,
  });
  try {
    switch (request.ask) {
      case 'available':
        return answer(true, keychain.available());
      case 'read':
        return answer(true, await keychain.read());
      case 'keep':
        await keychain.keep(request.key);
        return answer(true, null);
      case 'forget':
        await keychain.forget();
        return answer(true, null);
    }
  } catch {
    return answer(false, null);
  }
}

function openWindow(): void {
  const window = new BrowserWindow(windowOptions(preload));
  window.once('ready-to-show', () => window.show());
  window.webContents.on('will-navigate', (event) => {
    if (!navigationAllowed(event.url)) event.preventDefault();
  });
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-attach-webview', (event) => event.preventDefault());
  void window.loadURL(`${pageOrigin}/`);
}

function guardSession(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permissionAllowed(permission)),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission) =>
    permissionAllowed(permission),
  );
}

async function servePage(request: Request): Promise<Response> {
  const file = pageFile(request.url, pageFolder);
  if (!file) return new Response(null, { status: 404 });
  if (extname(file) !== '.html') return net.fetch(pathToFileURL(file).href);
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': contentSecurityPolicy,
  };
  return new Response(await readFile(file), { headers });
}
