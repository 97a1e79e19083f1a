/** Changes the same things of many profiles, and offers the way back. */
import { createSignal, type JSX, Show } from 'solid-js';
import { createStore } from 'solid-js/store';
import type { ProfileBulk } from '../../../../../workspace/model/profile.ts';
import { Button } from '../../../parts/Button.tsx';
import { Dialog } from '../../../parts/Dialog.tsx';
import { TagsField } from '../../../parts/TagsField.tsx';
import { Toggle } from '../../../parts/Toggle.tsx';
import { useHost } from '../../../shell/connection.ts';
import { t } from '../../../shell/text.ts';
import { tellDone, tellFailure } from '../../../shell/toasts.tsx';
import { WayOutField } from '../../proxies/WayOutField.tsx';
import { ColorField } from '../form/ColorField.tsx';
import { ExtensionsField } from '../form/ExtensionsField.tsx';
import { GroupField } from '../form/GroupField.tsx';

interface BulkEditProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

export function BulkEdit(props: BulkEditProps) {
  const host = useHost();
  const [patch, setPatch] = createStore<ProfileBulk>({});
  const [busy, setBusy] = createSignal(false);
  const isNothing = () =>
    Object.entries(patch).every(
      ([name, value]) => value === undefined || (/Tags$/.test(name) && isEmpty(value)),
    );

  const takeBack = async (edit: string) => {
    const answer = await host.call('profiles.undoEdit', { edit });
    if (answer.ok) tellDone(t('profiles.bulk.undone', { count: answer.value.changed }));
    else tellFailure(answer.failure);
  };

  const apply = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const answer = await host.call('profiles.editMany', { profiles: [...props.ids], patch });
    setBusy(false);
    if (!answer.ok) return tellFailure(answer.failure);
    const { changed, undo } = answer.value;
    tellDone(
      t('profiles.bulk.done', { count: changed }),
      undo === null ? {} : { action: { label: t('common.undo'), run: () => void takeBack(undo) } },
    );
    props.onClose();
  };

  return (
    <Dialog
      open
      title={t('profiles.bulk.title', { count: props.ids.length })}
      description={t('profiles.bulk.text')}
      onClose={props.onClose}
      footer={
        <>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            type="submit"
            form="bulk-form"
            busy={busy()}
            disabled={isNothing()}
          >
            {t('profiles.bulk.apply')}
          </Button>
        </>
      }
    >
      <form id="bulk-form" class="flex flex-col gap-4" onSubmit={(event) => void apply(event)}>
        <TagsField
          label={t('profiles.bulk.addTags')}
          value={patch.addTags ?? []}
          onValue={(addTags) => setPatch({ addTags })}
        />
        <TagsField
          label={t('profiles.bulk.removeTags')}
          value={patch.removeTags ?? []}
          onValue={(removeTags) => setPatch({ removeTags })}
        />
        <Part
          label={t('profiles.bulk.setGroup')}
          chosen={patch.group !== undefined}
          onChoose={(chosen) => setPatch({ group: chosen ? null : undefined })}
        >
          <GroupField value={patch.group ?? null} onValue={(group) => setPatch({ group })} />
        </Part>
        <Part
          label={t('profiles.bulk.setProxy')}
          chosen={patch.proxyId !== undefined}
          onChoose={(chosen) =>
            setPatch(
              chosen
                ? { proxyId: null, proxyPool: null }
                : { proxyId: undefined, proxyPool: undefined },
            )
          }
        >
          <WayOutField
            proxyId={patch.proxyId ?? null}
            proxyPool={patch.proxyPool ?? null}
            onValue={(value) => setPatch(value)}
            problems={{}}
          />
        </Part>
        <Part
          label={t('profiles.bulk.setColor')}
          chosen={patch.color !== undefined}
          onChoose={(chosen) => setPatch({ color: chosen ? null : undefined })}
        >
          <ColorField value={patch.color ?? null} onValue={(color) => setPatch({ color })} />
        </Part>
        <Part
          label={t('profiles.bulk.setExtensions')}
          chosen={patch.extensions !== undefined}
          onChoose={(chosen) => setPatch({ extensions: chosen ? [] : undefined })}
        >
          <ExtensionsField
            value={patch.extensions ?? []}
            onValue={(extensions) => setPatch({ extensions })}
          />
        </Part>
      </form>
    </Dialog>
  );
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

interface PartProps {
  readonly label: string;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
  readonly children: JSX.Element;
}

/** A field that stays as it is in all of them until somebody says that it shall not. */
function Part(props: PartProps) {
  return (
    <div class="flex flex-col gap-2">
      <Toggle label={props.label} checked={props.chosen} onChecked={props.onChoose} />
      <Show when={props.chosen}>
        <div class="pl-9.5">{props.children}</div>
      </Show>
    </div>
  );
}
