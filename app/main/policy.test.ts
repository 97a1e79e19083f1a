import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../ipc/pagePolicy.ts';
import { fuses, navigationAllowed, pageFile, permissionAllowed, windowOptions } from './policy.ts';

test('windows are isolated, sandboxed and without Node', () => {
  expect(windowOptions('/p.cjs').webPreferences).toMatchObject({
    preload: '/p.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
  });
});

test('the page may load nothing but itself, and evaluate nothing', () => {
  const directives = contentSecurityPolicy.split('; ');
  expect(directives).toContain("default-src 'none'");
  expect(directives).toContain("script-src 'self'");
  expect(directives.join()).not.toMatch(/unsafe-eval|https?:|\*/);
  expect(directives.filter((one) => one.includes('unsafe-inline'))).toEqual([
    "style-src 'self' 'unsafe-inline'",
  ]);
});

test.each([
  'media',
  'geolocation',
  'notifications',
  'clipboard-read',
  'openExternal',
  'hid',
  'usb',
])('the permission %s is refused', (permission) =>
  expect(permissionAllowed(permission)).toBe(false),
);

test.each([
  'https://example.com/',
  'file:///etc/passwd',
  'http://127.0.0.1/',
  'javascript:alert(1)',
  'warren://apple/',
  'warren://app.example/',
  'about:blank',
  '',
])('navigation to "%s" is refused', (url) => expect(navigationAllowed(url)).toBe(false));

test('the page’s own addresses lead to its own files only', () => {
  expect(pageFile('warren://app/', '/r')).toBe('/r/index.html');
  expect(pageFile('warren://app/assets/a.js', '/r')).toBe('/r/assets/a.js');
  for (const path of ['%2e%2e/secret', '..%2f..%2fetc', 'a%00b', 'c:%5cx', '%', '..%5c..%5cx']) {
    const file = pageFile(`warren://app/${path}`, '/r');
    expect(file === null || file.startsWith('/r/'), `${path} → ${file}`).toBe(true);
  }
});

test('the fuses leave nothing to run but the app', () => {
  expect(fuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
  });
});

test('the shell uses the policy and nothing around it', () => {
  const main = readFileSync(new URL('./main.ts', import.meta.url), 'utf8');
  for (const used of ['windowOptions(', 'permissionAllowed(', 'navigationAllowed(', 'pageFile(']) {
    expect(main).toContain(used);
  }
  expect(main).not.toMatch(/loadFile|nodeIntegration|webSecurity|openExternal|executeJavaScript/);
});
