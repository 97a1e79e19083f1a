/**
 * Hosts that browsers call of their own accord: updates, experiments, telemetry, suggestions. No page that
 * a person or a workflow opens needs them, and each call says that this profile is there.
 */
const calls: readonly string[] = [
  // Chromium
  'update.googleapis.com',
  'optimizationguide-pa.googleapis.com',
  'content-autofill.googleapis.com',
  'safebrowsing.googleapis.com',
  'sb-ssl.google.com',
  'clientservices.googleapis.com',
  'clients1.google.com',
  'clients2.google.com',
  'clients4.google.com',
  'edgedl.me.gvt1.com',
  'redirector.gvt1.com',
  'android.clients.google.com',
  'mtalk.google.com',
  // What the address for sign-in is replaced by, see launch.ts
  'accounts.invalid',
  // Edge
  'edge.microsoft.com',
  'config.edge.skype.com',
  // Firefox
  'detectportal.firefox.com',
  'firefox.settings.services.mozilla.com',
  'firefox-settings-attachments.cdn.mozilla.net',
  'content-signature-2.cdn.mozilla.net',
  'push.services.mozilla.com',
  'incoming.telemetry.mozilla.org',
  'aus5.mozilla.org',
  'location.services.mozilla.com',
  'shavar.services.mozilla.com',
  'contile.services.mozilla.com',
];
const known = new Set(calls);

export const isBrowserCall = (host: string): boolean =>
  known.has(host.toLowerCase().replace(/\.$/, ''));
