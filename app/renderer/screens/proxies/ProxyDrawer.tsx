/** Adds or edits one proxy beside the list. */
import { Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import type { ProxyRow, ShownProxy } from '../../../../workspace/model/proxy.ts';
import { hasText } from '../../../text/index.ts';
import { useHost } from '../../shell/connection.ts';
import type { PagedRows } from '../../shell/pagedRows.ts';
import { t } from '../../shell/text.ts';
import { tellDone } from '../../shell/toasts.tsx';
import { RecordDrawer } from '../records/RecordDrawer.tsx';
import { createRecordDraft, type Editing } from '../records/recordDraft.ts';
import { CheckHistory } from './CheckHistory.tsx';
import { ProxyForm } from './ProxyForm.tsx';
import { emptyProxy, inputOf, type ProxyDraft, patchOf, proxyDraft } from './proxyDraft.ts';
import type { ProxyWork } from './proxyWork.ts';
import { WhereUsed } from './WhereUsed.tsx';

interface ProxyDrawerProps {
  readonly editing: Editing<ProxyRow> | null;
  readonly list: PagedRows<ProxyRow>;
  readonly work: ProxyWork;
  readonly onClose: () => void;
  readonly onRemove: (id: string, name: string) => void;
}

export function ProxyDrawer(props: ProxyDrawerProps) {
  const host = useHost();

  const add = async (draft: ProxyDraft): Promise<Failure | null> => {
    const answer = await host.call('proxies.add', { input: inputOf(draft) });
    if (!answer.ok) return answer.failure;
    tellDone(t('profiles.added', { name: answer.value.name }));
    return null;
  };

  const edit = async (before: ShownProxy, draft: ProxyDraft): Promise<Failure | null> => {
    const patch = patchOf(before, draft);
    if (Object.keys(patch).length === 0) return null;
    const { password, changeIpUrl, ...shown } = inputOf(draft);
    const undo = props.list.assume((rows) =>
      rows.map((row) =>
        row.id === before.id
          ? {
              ...row,
              ...shown,
              hasPassword: draft.password === null ? row.hasPassword : password !== '',
              changesExit: changeIpUrl !== null,
            }
          : row,
      ),
    );
    const answer = await host.call('proxies.edit', { proxy: before.id, patch });
    if (answer.ok) return null;
    undo();
    return answer.failure;
  };

  const form = createRecordDraft<ShownProxy, ProxyDraft>({
    editing: () => props.editing,
    empty: emptyProxy,
    draftOf: proxyDraft,
    read: (proxy) => host.call('proxies.get', { proxy }),
    add,
    edit,
    onSaved: () => props.onClose(),
  });

  /** Most fields can be wrong in one way only, which the catalogue says in the person's language. */
  const problems = (field: keyof ProxyDraft) => {
    const refused = form.problems()[field];
    const words = `proxy.problem.${field}`;
    return refused && hasText(words) ? [t(words)] : refused;
  };

  return (
    <RecordDrawer
      kind="proxy"
      editing={props.editing}
      form={form}
      newTitle={t('proxies.new')}
      editTitle={t('proxies.edit')}
      onClose={props.onClose}
      onRemove={props.onRemove}
    >
      <ProxyForm
        stored={form.stored()}
        draft={form.draft}
        onChange={form.change}
        problems={problems}
      />
      <Show when={form.stored()}>
        {(proxy) => (
          <>
            <CheckHistory proxy={proxy()} work={props.work} />
            <WhereUsed proxy={proxy().id} />
          </>
        )}
      </Show>
    </RecordDrawer>
  );
}
