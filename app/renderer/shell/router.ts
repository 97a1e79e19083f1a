/** Which screen is shown. A screen with unsaved changes may hold the person back once. */
import { createSignal, onCleanup } from 'solid-js';
import { parseRoute, type Route, routeHash } from './route.ts';

const [route, setRoute] = createSignal<Route>(parseRoute(location.hash));

export { route };

/** Answers whether the screen may be left. */
type LeaveGuard = () => Promise<boolean>;
let guard: LeaveGuard | null = null;
// A link's token may stand in the address for a moment; it is no place to come back to.
let shownHash = location.hash.startsWith('#/') ? location.hash : '';

window.addEventListener('hashchange', async () => {
  const wanted = location.hash;
  if (wanted === shownHash) return;
  if (guard) {
    history.replaceState(null, '', shownHash);
    if (!(await guard())) return;
    history.replaceState(null, '', wanted);
  }
  show(wanted);
});

function show(hash: string): void {
  shownHash = hash;
  guard = null;
  setRoute(parseRoute(hash));
}

export function navigate(to: Route): void {
  location.hash = routeHash(to);
}

/** Goes on from a draft to its stored form: same screen, new address, no question asked. */
export function replaceRoute(to: Route): void {
  history.replaceState(null, '', routeHash(to));
  show(routeHash(to));
}

/** Asks `mayLeave` before another screen is shown, for as long as the calling component lives. */
export function guardLeaving(mayLeave: LeaveGuard): void {
  guard = mayLeave;
  onCleanup(() => {
    if (guard === mayLeave) guard = null;
  });
}
