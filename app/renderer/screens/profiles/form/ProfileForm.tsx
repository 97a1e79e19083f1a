/** The fields of a profile. */
import { createMemo, Show } from 'solid-js';
import type { ProfileInput } from '../../../../../workspace/model/profile.ts';
import { browserNames } from '../../../../../workspace/model/profileChoices.ts';
import { ComboField } from '../../../parts/ComboField.tsx';
import { LinesField } from '../../../parts/LinesField.tsx';
import { Notice } from '../../../parts/Notice.tsx';
import { NumberField } from '../../../parts/NumberField.tsx';
import { SelectField } from '../../../parts/SelectField.tsx';
import { TagsField } from '../../../parts/TagsField.tsx';
import { TextField } from '../../../parts/TextField.tsx';
import { locale, t } from '../../../shell/text.ts';
import { WayOutField } from '../../proxies/WayOutField.tsx';
import { ColorField } from './ColorField.tsx';
import { EmulationFields } from './EmulationFields.tsx';
import { ExtensionsField } from './ExtensionsField.tsx';
import { GroupField } from './GroupField.tsx';
import { localeChoices, timeZoneChoices } from './places.ts';
import { ViewportField } from './ViewportField.tsx';

interface ProfileFormProps {
  readonly draft: ProfileInput;
  readonly onChange: (patch: Partial<ProfileInput>) => void;
  readonly problems: Readonly<Record<string, readonly string[]>>;
}

export function ProfileForm(props: ProfileFormProps) {
  const zones = createMemo(() => timeZoneChoices(props.draft.timeZone, new Date()));
  const locales = createMemo(() => localeChoices(locale(), props.draft.locale));
  return (
    <>
      <TextField
        label={t('profile.name')}
        value={props.draft.name}
        onValue={(name) => props.onChange({ name })}
        problems={props.problems.name}
        input={{ maxlength: 200 }}
      />
      <TagsField
        label={t('profile.tags')}
        value={props.draft.tags}
        onValue={(tags) => props.onChange({ tags })}
        hint={t('profile.tags.hint')}
      />
      <div class="grid grid-cols-[1fr_7rem] items-start gap-3">
        <GroupField
          value={props.draft.group}
          onValue={(group) => props.onChange({ group })}
          problems={props.problems.group}
        />
        <NumberField
          label={t('profile.number')}
          value={props.draft.number}
          min={0}
          step={1}
          onValue={(number) => props.onChange({ number })}
          problems={props.problems.number}
        />
      </div>
      <ColorField value={props.draft.color} onValue={(color) => props.onChange({ color })} />
      <TextField
        label={t('profile.notes')}
        lines={3}
        value={props.draft.notes}
        onValue={(notes) => props.onChange({ notes })}
        problems={props.problems.notes}
      />
      <WayOutField
        proxyId={props.draft.proxyId}
        proxyPool={props.draft.proxyPool}
        onValue={props.onChange}
        problems={props.problems}
      />
      <Heading title={t('profile.browser')} text={t('profile.browser.text')} />
      <SelectField
        label={t('profile.browserName')}
        value={props.draft.browser ?? 'own'}
        choices={[
          { value: 'own', label: t('profile.browserName.own') },
          ...browserNames.map((value) => ({ value, label: t(`profile.browserName.${value}`) })),
        ]}
        onValue={(value) => props.onChange({ browser: value === 'own' ? null : value })}
        hint={t('profile.browserName.hint')}
        problems={props.problems.browser}
      />
      <ViewportField
        value={props.draft.viewport}
        onValue={(viewport) => props.onChange({ viewport })}
        problems={props.problems.viewport}
      />
      <p class="-mt-4 text-xs text-ink-3">{t('profile.viewport.limits')}</p>
      <ComboField
        label={t('profile.locale')}
        hint={t('profile.locale.hint')}
        value={props.draft.locale}
        choices={locales()}
        placeholder={t('profile.ownValue')}
        onValue={(value) => props.onChange({ locale: value })}
        problems={props.problems.locale}
      />
      <LinesField
        label={t('profile.languages')}
        hint={t('profile.languages.hint')}
        value={props.draft.languages}
        onValue={(languages) => props.onChange({ languages })}
        problems={props.problems.languages}
      />
      <ComboField
        label={t('profile.timeZone')}
        value={props.draft.timeZone}
        choices={zones()}
        placeholder={t('profile.deviceValue')}
        onValue={(timeZone) => props.onChange({ timeZone })}
        problems={props.problems.timeZone}
      />
      <SelectField
        label={t('profile.colorScheme')}
        value={props.draft.colorScheme ?? 'own'}
        choices={[
          { value: 'own', label: t('profile.deviceValue') },
          { value: 'light', label: t('profile.colorScheme.light') },
          { value: 'dark', label: t('profile.colorScheme.dark') },
          { value: 'no-preference', label: t('profile.colorScheme.none') },
        ]}
        onValue={(value) => props.onChange({ colorScheme: value === 'own' ? null : value })}
        problems={props.problems.colorScheme}
      />
      <EmulationFields draft={props.draft} onChange={props.onChange} problems={props.problems} />
      <ExtensionsField
        value={props.draft.extensions}
        onValue={(extensions) => props.onChange({ extensions })}
      />
      <TextField
        label={t('profile.userAgent')}
        optional={t('common.optional')}
        mono
        value={props.draft.userAgent ?? ''}
        onValue={(value) => props.onChange({ userAgent: value.trim() === '' ? null : value })}
        problems={props.problems.userAgent}
        input={{ placeholder: t('profile.ownValue'), spellcheck: false }}
      />
      <Show when={props.draft.userAgent}>
        <Notice tone="warn" title={t('profile.userAgent.warning.title')}>
          {t('profile.userAgent.warning.text')}
        </Notice>
      </Show>
    </>
  );
}

function Heading(props: { readonly title: string; readonly text: string }) {
  return (
    <div class="border-t border-line pt-5">
      <h3 class="text-base font-semibold">{props.title}</h3>
      <p class="text-ink-3">{props.text}</p>
    </div>
  );
}
