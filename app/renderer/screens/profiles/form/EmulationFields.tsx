/** What pages read of the browser beyond its size and language; left alone it is the engine's own. */
import { For } from 'solid-js';
import { permissions } from '../../../../../workspace/model/permissions.ts';
import type { ProfileInput } from '../../../../../workspace/model/profile.ts';
import { LinesField } from '../../../parts/LinesField.tsx';
import { Notice } from '../../../parts/Notice.tsx';
import { NumberField } from '../../../parts/NumberField.tsx';
import { SelectField } from '../../../parts/SelectField.tsx';
import { Toggle } from '../../../parts/Toggle.tsx';
import { t } from '../../../shell/text.ts';
import { headerLines, headersOf, placeWith } from './emulationDraft.ts';

/** One that was not typed yet shows as nothing. */
const degree = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

interface EmulationFieldsProps {
  readonly draft: ProfileInput;
  readonly onChange: (patch: Partial<ProfileInput>) => void;
  readonly problems: Readonly<Record<string, readonly string[]>>;
}

export function EmulationFields(props: EmulationFieldsProps) {
  const place = () => props.draft.geolocation;
  const setPlace = (patch: Parameters<typeof placeWith>[1]) =>
    props.onChange({ geolocation: placeWith(place(), patch) });
  const own = () => ({ value: 'own' as const, label: t('profile.deviceValue') });
  return (
    <>
      <SelectField
        label={t('profile.reducedMotion')}
        value={props.draft.reducedMotion ?? 'own'}
        choices={[
          own(),
          { value: 'reduce', label: t('profile.reducedMotion.reduce') },
          { value: 'no-preference', label: t('profile.reducedMotion.none') },
        ]}
        onValue={(value) => props.onChange({ reducedMotion: value === 'own' ? null : value })}
        problems={props.problems.reducedMotion}
      />
      <SelectField
        label={t('profile.contrast')}
        value={props.draft.contrast ?? 'own'}
        choices={[
          own(),
          { value: 'more', label: t('profile.contrast.more') },
          { value: 'no-preference', label: t('profile.contrast.none') },
        ]}
        onValue={(value) => props.onChange({ contrast: value === 'own' ? null : value })}
        problems={props.problems.contrast}
      />
      <SelectField
        label={t('profile.forcedColors')}
        value={props.draft.forcedColors ?? 'own'}
        choices={[
          own(),
          { value: 'active', label: t('profile.forcedColors.active') },
          { value: 'none', label: t('profile.forcedColors.none') },
        ]}
        onValue={(value) => props.onChange({ forcedColors: value === 'own' ? null : value })}
        problems={props.problems.forcedColors}
      />
      <fieldset class="flex flex-col gap-3">
        <legend class="mb-2 font-medium text-ink-2">{t('profile.screen')}</legend>
        <NumberField
          label={t('profile.deviceScaleFactor')}
          hint={t('profile.deviceScaleFactor.hint')}
          value={props.draft.deviceScaleFactor}
          min={0.5}
          max={5}
          placeholder={t('profile.deviceValue')}
          onValue={(deviceScaleFactor) => props.onChange({ deviceScaleFactor })}
          problems={props.problems.deviceScaleFactor}
        />
        <Toggle
          label={t('profile.isMobile')}
          hint={t('profile.isMobile.hint')}
          checked={props.draft.isMobile}
          onChecked={(isMobile) => props.onChange({ isMobile })}
        />
        <Toggle
          label={t('profile.hasTouch')}
          hint={t('profile.hasTouch.hint')}
          checked={props.draft.hasTouch}
          onChecked={(hasTouch) => props.onChange({ hasTouch })}
        />
      </fieldset>
      <fieldset>
        <legend class="mb-2 font-medium text-ink-2">{t('profile.place')}</legend>
        <div class="grid grid-cols-3 gap-3">
          <NumberField
            label={t('profile.latitude')}
            value={degree(place()?.latitude)}
            min={-90}
            max={90}
            onValue={(latitude) => setPlace({ latitude })}
            problems={props.problems.geolocation}
          />
          <NumberField
            label={t('profile.longitude')}
            value={degree(place()?.longitude)}
            min={-180}
            max={180}
            onValue={(longitude) => setPlace({ longitude })}
          />
          <NumberField
            label={t('profile.accuracy')}
            value={place()?.accuracy ?? null}
            min={0}
            unit="m"
            onValue={(accuracy) => setPlace({ accuracy })}
          />
        </div>
        <p class="mt-1 text-xs text-ink-3">
          {t('profile.place.hint')} {t('profile.place.limits')}
        </p>
      </fieldset>
      <fieldset>
        <legend class="mb-2 font-medium text-ink-2">{t('profile.permissions')}</legend>
        <div class="grid grid-cols-2 gap-x-4 gap-y-2">
          <For each={permissions}>
            {(permission) => (
              <Toggle
                label={t(`profile.permission.${permission}`)}
                checked={props.draft.permissions.includes(permission)}
                onChecked={(checked) =>
                  props.onChange({
                    permissions: permissions.filter((one) =>
                      one === permission ? checked : props.draft.permissions.includes(one),
                    ),
                  })
                }
              />
            )}
          </For>
        </div>
      </fieldset>
      <LinesField
        label={t('profile.startPages')}
        hint={t('profile.startPages.hint')}
        value={props.draft.startPages}
        onValue={(startPages) => props.onChange({ startPages })}
        problems={props.problems.startPages}
      />
      <LinesField
        label={t('profile.extraHeaders')}
        hint={`${t('profile.extraHeaders.hint')} ${t('profile.extraHeaders.limits')}`}
        value={headerLines(props.draft.extraHeaders)}
        normal={(lines) => headerLines(headersOf(lines))}
        onValue={(lines) => props.onChange({ extraHeaders: headersOf(lines) })}
        problems={props.problems.extraHeaders}
      />
      <Notice tone="plain" title={t('profile.unchanged')}>
        {t('profile.unchanged.text')}
      </Notice>
    </>
  );
}
