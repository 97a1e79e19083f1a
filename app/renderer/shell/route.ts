/** Addresses of the screens, as the part after `#`. Pure; `router.ts` puts them to use. */
export type Route =
  | { readonly screen: 'profiles' }
  | { readonly screen: 'proxies' }
  | { readonly screen: 'workflows' }
  | { readonly screen: 'workflow'; readonly id: string }
  | { readonly screen: 'runs' }
  | { readonly screen: 'run'; readonly id: string }
  | { readonly screen: 'devices' }
  | { readonly screen: 'trash' }
  | { readonly screen: 'settings' };

/** The identifier of a workflow that is not stored yet. */
export const newWorkflow = 'new';

export function parseRoute(hash: string): Route {
  const [screen, id] = hash.replace(/^#?\/?/, '').split('/');
  if (screen === 'workflows') {
    return id ? { screen: 'workflow', id: decodeURIComponent(id) } : { screen };
  }
  if (screen === 'runs') return id ? { screen: 'run', id: decodeURIComponent(id) } : { screen };
  if (screen === 'proxies' || screen === 'devices') return { screen };
  if (screen === 'settings' || screen === 'trash') return { screen };
  return { screen: 'profiles' };
}

export function routeHash(route: Route): string {
  if (route.screen === 'workflow') return `#/workflows/${encodeURIComponent(route.id)}`;
  if (route.screen === 'run') return `#/runs/${encodeURIComponent(route.id)}`;
  return `#/${route.screen}`;
}
