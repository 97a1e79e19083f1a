/**
 * Guesses what columns mean from their headings, as AdsPower, GoLogin, Multilogin, Dolphin and people name
 * them. A person can say otherwise; what is not known is left out.
 */
import { type ImportField, sharedFields } from '../model/migration.ts';
import type { Table } from './table.ts';

/** By field, the best heading first; in small letters, without anything but letters and digits. */
const headings: Readonly<Record<Exclude<ImportField, 'ignore'>, readonly string[]>> = {
  name: ['name', 'profilename', 'profile', 'title', 'browsername', 'accountname', 'ten', 'tenhoso'],
  number: ['number', 'no', 'serialnumber', 'serial', 'accid', 'so'],
  group: ['groupname', 'group', 'folder', 'foldername', 'workspace', 'nhom', 'groupid'],
  tags: ['tags', 'tag', 'labels', 'label', 'usertagname', 'nhan'],
  color: ['color', 'colour', 'mau'],
  notes: ['notes', 'note', 'remark', 'remarks', 'description', 'comment', 'ghichu'],
  startPage: [
    'startpage',
    'startpages',
    'starturl',
    'openurls',
    'tabs',
    'url',
    'urls',
    'website',
    'domainname',
    'homepage',
  ],
  proxy: ['proxy', 'proxystring', 'proxyaddress', 'proxyurl', 'proxyline', 'proxyinfo'],
  proxyType: ['proxytype', 'proxymode', 'proxyprotocol', 'proxyscheme', 'protocol'],
  proxyHost: ['proxyhost', 'proxyip', 'proxyserver', 'host', 'ip'],
  proxyPort: ['proxyport', 'port'],
  proxyUser: ['proxyuser', 'proxyusername', 'proxylogin', 'proxyaccount'],
  proxyPassword: ['proxypassword', 'proxypass', 'proxypwd'],
  proxyChangeUrl: ['proxychangeurl', 'changeipurl', 'changeip', 'rotateurl', 'changeproxyurl'],
  cookies: ['cookies', 'cookie', 'cookiesjson', 'storagestate'],
  locale: [
    'locale',
    'language',
    'languages',
    'lang',
    'navigatorlanguage',
    'acceptlanguage',
    'ngonngu',
  ],
  timeZone: ['timezone', 'timezoneid', 'timezonetimezone', 'tz', 'muigio'],
  automaticTimeZone: ['automatictimezone', 'timezonefillbasedonip', 'timezonefilledbasedonip'],
  latitude: ['latitude', 'lat', 'geolocationlatitude'],
  longitude: ['longitude', 'lng', 'lon', 'geolocationlongitude'],
  accuracy: ['accuracy', 'geolocationaccuracy'],
  automaticLocation: ['locationswitch', 'geolocationfillbasedonip'],
  userAgent: ['useragent', 'ua', 'navigatoruseragent'],
  siteLogin: [
    'username',
    'user',
    'login',
    'email',
    'password',
    'pass',
    'pwd',
    'fakey',
    '2fa',
    '2fakey',
    'twofa',
    'totp',
    'otpsecret',
    'matkhau',
  ],
};

/** AdsPower and others put settings into objects whose names say nothing more. */
const wrappers = /^(userproxyconfig|fingerprintconfig|fingerprint|parameters|data)/;

const byHeading: ReadonlyMap<string, ImportField> = new Map(
  Object.entries(headings).flatMap(([field, names]) =>
    names.map((name): [string, ImportField] => [name, field as ImportField]),
  ),
);

/** @returns `ignore` for a heading that is not known. */
export const fieldOfHeading = (heading: string): ImportField =>
  byHeading.get(plain(heading)) ?? 'ignore';

/** @returns a field for each column, none twice but those that can be. */
export function guessMapping({ columns, rows }: Table): ImportField[] {
  const names = columns.map(plain);
  const has = (name: string) => names.includes(name);
  const hasBareProxy = !has('proxy') && has('port') && (has('host') || has('ip'));
  const found = columns.map((_, index): ImportField => {
    const name = names[index] ?? '';
    // Beside a host and a port without any prefix, a login is the proxy's.
    if (hasBareProxy && ['username', 'user', 'login'].includes(name)) return 'proxyUser';
    if (hasBareProxy && ['password', 'pass', 'pwd'].includes(name)) return 'proxyPassword';
    // By itself it tells where somebody was seen, not what they go out by.
    if (['host', 'ip', 'port'].includes(name) && !hasBareProxy) return 'ignore';
    // AdsPower's `proxy_url`, beside a proxy, is what is opened to change its exit.
    if (name === 'proxyurl' && (has('proxyhost') || has('proxy'))) return 'proxyChangeUrl';
    if (name === 'platform') return areSites(rows, index) ? 'startPage' : 'ignore';
    return byHeading.get(name) ?? 'ignore';
  });
  return found.map((field, index) =>
    sharedFields.has(field) || bestOf(field, found, names) === index ? field : 'ignore',
  );
}

function bestOf(field: ImportField, found: readonly ImportField[], names: readonly string[]) {
  const order = field === 'ignore' ? [] : headings[field];
  const rank = (index: number) => {
    const place = order.indexOf(names[index] ?? '');
    return place < 0 ? order.length : place;
  };
  const those = found.flatMap((one, index) => (one === field ? [index] : []));
  return those.reduce((best, next) => (rank(next) < rank(best) ? next : best));
}

/** Rows that are looked at. */
const looked = 20;

/** AdsPower's platform is a site; elsewhere it is an operating system. */
const areSites = (rows: Table['rows'], column: number): boolean => {
  const cells = rows.slice(0, looked).map(({ cells }) => cells[column]?.trim() ?? '');
  const given = cells.filter((cell) => cell !== '');
  return given.length > 0 && given.every((cell) => /^(https?:\/\/)?[\w-]+(\.[\w-]+)+/.test(cell));
};

function plain(heading: string): string {
  const bare = heading
    .toLowerCase()
    .normalize('NFD')
    .replace(/đ/g, 'd')
    .replace(/[^\p{L}\p{N}]/gu, '');
  return bare.replace(wrappers, '') || bare;
}
