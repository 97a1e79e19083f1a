/** The templates that new profiles can begin with, kept current. */
import type { Accessor } from 'solid-js';
import type { TemplateRow } from '../../../../ipc/contract.ts';
import { useHost } from '../../../shell/connection.ts';
import { createQuery } from '../../../shell/query.ts';

export function useTemplates(): Accessor<readonly TemplateRow[]> {
  const host = useHost();
  const query = createQuery(
    () => null,
    () => ['templates'],
    () => host.call('templates.list', {}),
  );
  return () => query.value()?.rows ?? [];
}
