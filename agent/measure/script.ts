/** What runs in the page: everything that it reads, as JSON. */

/** Defines `read()`, in pages and in workers. */
export const readScript = `
async function read() {
  const data = navigator.userAgentData;
  const hints = data && await data.getHighEntropyValues(
    ['fullVersionList', 'platformVersion', 'architecture', 'bitness', 'model']);
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return {
    userAgent: navigator.userAgent,
    platform: navigator.platform,
    clientHints: hints ?? null,
    languages: [...navigator.languages],
    locale,
    timeZone,
    offset: -new Date().getTimezoneOffset(),
    concurrency: navigator.hardwareConcurrency,
    memory: navigator.deviceMemory ?? null,
  };
}`;

/** Tells the server its headers, and the page what it reads. */
export const workerScript = `
importScripts('read.js');
fetch('sent/worker').then(read).then(postMessage);`;

/** Defines what only a page can read. @see Measured */
export const pageScript = `
const is = (query) => matchMedia(query).matches;

async function candidates() {
  const connection = new RTCPeerConnection();
  const found = [];
  const all = new Promise((done) => {
    connection.onicecandidate = ({ candidate }) => {
      if (!candidate?.candidate) return done();
      const { type, protocol, address } = candidate;
      found.push({ type: type ?? '', protocol: protocol ?? '', address: address ?? '' });
    };
    setTimeout(done, 3000);
  });
  connection.createDataChannel('');
  await connection.setLocalDescription();
  await all;
  connection.close();
  return found;
}

const place = () => new Promise((done) => navigator.geolocation.getCurrentPosition(
  ({ coords: { latitude, longitude, accuracy } }) => done({ latitude, longitude, accuracy }),
  () => done(null), { timeout: 3000 }));

const inWorker = () => new Promise((done, fail) => {
  const worker = new Worker('../worker.js');
  worker.onmessage = ({ data }) => done(data);
  worker.onerror = ({ message }) => fail(new Error(message));
});

async function readPage() {
  const [page, worker, found, where] =
    await Promise.all([read(), inWorker(), candidates(), place()]);
  return {
    page,
    worker,
    screen: {
      width: screen.width,
      height: screen.height,
      viewportWidth: innerWidth,
      viewportHeight: innerHeight,
      ratio: devicePixelRatio,
    },
    touchPoints: navigator.maxTouchPoints,
    media: {
      dark: is('(prefers-color-scheme: dark)'),
      reducedMotion: is('(prefers-reduced-motion: reduce)'),
      moreContrast: is('(prefers-contrast: more)'),
      forcedColors: is('(forced-colors: active)'),
      coarsePointer: is('(pointer: coarse)'),
    },
    webdriver: navigator.webdriver === true,
    candidates: found,
    place: where,
  };
}`;
