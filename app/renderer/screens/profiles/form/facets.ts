/** The groups and tags that profiles have, kept current. */
import type { Accessor } from 'solid-js';
import type { Answers } from '../../../../ipc/contract.ts';
import { useHost } from '../../../shell/connection.ts';
import { createQuery } from '../../../shell/query.ts';

export function useFacets(): Accessor<Answers['profiles.facets'] | null> {
  const host = useHost();
  const query = createQuery(
    () => null,
    () => ['profiles'],
    () => host.call('profiles.facets', {}),
  );
  return query.value;
}
