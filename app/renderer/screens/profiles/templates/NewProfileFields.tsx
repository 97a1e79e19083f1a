/** What a new profile begins with, and how many of it there are to be. */
import { Show } from 'solid-js';
import type { ProfileInput } from '../../../../../workspace/model/profile.ts';
import { NumberField } from '../../../parts/NumberField.tsx';
import { SelectField } from '../../../parts/SelectField.tsx';
import { useHost } from '../../../shell/connection.ts';
import { t } from '../../../shell/text.ts';
import { tellFailure } from '../../../shell/toasts.tsx';
import { profileDraft } from '../form/profileDraft.ts';
import { useTemplates } from './templates.ts';

interface NewProfileFieldsProps {
  /** The template's id; empty for none. */
  readonly template: string;
  readonly onTemplate: (id: string, settings: Partial<ProfileInput> | null) => void;
  readonly count: number;
  readonly onCount: (count: number) => void;
}

const mostAtOnce = 10_000;

export function NewProfileFields(props: NewProfileFieldsProps) {
  const host = useHost();
  const templates = useTemplates();
  const choose = async (id: string) => {
    if (id === '') return props.onTemplate('', null);
    const answer = await host.call('templates.get', { template: id });
    if (!answer.ok) return tellFailure(answer.failure);
    const { name: _name, ...settings } = profileDraft(answer.value);
    props.onTemplate(id, settings);
  };
  return (
    <div class="grid grid-cols-[1fr_7rem] items-start gap-3">
      <Show when={templates().length > 0} fallback={<span />}>
        <SelectField
          label={t('templates.use')}
          value={props.template}
          choices={[
            { value: '', label: t('templates.none') },
            ...templates().map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onValue={(id) => void choose(id)}
        />
      </Show>
      <NumberField
        label={t('profiles.howMany')}
        value={props.count}
        min={1}
        max={mostAtOnce}
        step={1}
        onValue={(count) =>
          props.onCount(Math.min(mostAtOnce, Math.max(1, Math.floor(count ?? 1))))
        }
      />
      <Show when={props.count > 1}>
        <p class="col-span-2 text-xs text-ink-3">
          {t('profiles.howMany.hint', { first: '1', second: '2', place: '{n}' })}
        </p>
      </Show>
    </div>
  );
}
