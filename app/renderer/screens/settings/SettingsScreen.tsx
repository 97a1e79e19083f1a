/** What a person sets for this device, and what this device has for Warren. */
import { createResource, createSignal, Show } from 'solid-js';
import type { Settings } from '../../../../workspace/model/settings.ts';
import { Button } from '../../parts/Button.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { ScreenHead } from '../../parts/ScreenHead.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { Toggle } from '../../parts/Toggle.tsx';
import { useHost } from '../../shell/connection.ts';
import { useSettings } from '../../shell/settings.ts';
import { t } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';
import { Backups } from './Backups.tsx';
import { ChangePassphrase } from './ChangePassphrase.tsx';
import { Doctor } from './Doctor.tsx';
import { Extensions } from './Extensions.tsx';
import { Part } from './Part.tsx';
import { QuickUnlock } from './QuickUnlock.tsx';
import { SecondFactor } from './SecondFactor.tsx';
import { VaultData } from './VaultData.tsx';

const autoLockMinutes = [0, 1, 5, 15, 30, 60, 240] as const;

export default function SettingsScreen() {
  const settings = useSettings();
  const set = async (patch: Partial<Settings>) => {
    const answer = await settings.change(patch);
    if (!answer.ok) tellFailure(answer.failure);
    return answer.ok;
  };
  return (
    <div class="flex h-full flex-col">
      <ScreenHead title={t('nav.settings')} />
      <div class="min-h-0 grow overflow-y-auto">
        <div class="mx-auto flex max-w-176 flex-col gap-8 px-6 py-8">
          <Show when={settings.current()}>
            {(current) => (
              <>
                <Appearance settings={current()} onChange={set} />
                <Security settings={current()} onChange={set} />
                <Backups settings={current()} onChange={set} />
                <VaultData />
                <Syncing settings={current()} onChange={set} />
                <Running settings={current()} onChange={set} />
              </>
            )}
          </Show>
          <Doctor />
          <About />
        </div>
      </div>
    </div>
  );
}

interface PartProps {
  readonly settings: Settings;
  /** @returns whether it was taken. */
  readonly onChange: (patch: Partial<Settings>) => Promise<boolean>;
}

function Appearance(props: PartProps) {
  return (
    <Part title={t('settings.appearance')}>
      <div class="flex items-center justify-between gap-4">
        <span class="font-medium text-ink-2">{t('settings.theme')}</span>
        <Segments
          label={t('settings.theme')}
          value={props.settings.theme}
          choices={[
            { value: 'system', label: t('settings.theme.system') },
            { value: 'light', label: t('settings.theme.light') },
            { value: 'dark', label: t('settings.theme.dark') },
          ]}
          onValue={(theme) => void props.onChange({ theme })}
        />
      </div>
      <SelectField
        label={t('settings.language')}
        value={props.settings.language}
        choices={[
          { value: 'system', label: t('settings.language.system') },
          { value: 'en', label: 'English' },
          { value: 'vi', label: 'Tiếng Việt' },
        ]}
        onValue={(language) => void props.onChange({ language })}
      />
    </Part>
  );
}

function Security(props: PartProps) {
  const shown = () => {
    const minutes = props.settings.autoLockMinutes;
    return [...new Set([...autoLockMinutes, minutes])].sort((a, b) => a - b);
  };
  return (
    <Part title={t('settings.security')}>
      <SelectField
        label={t('settings.autoLock')}
        value={String(props.settings.autoLockMinutes)}
        choices={shown().map((minutes) => ({
          value: String(minutes),
          label:
            minutes === 0
              ? t('settings.autoLock.never')
              : t('settings.autoLock.after', { count: minutes }),
        }))}
        onValue={(minutes) => void props.onChange({ autoLockMinutes: Number(minutes) })}
        hint={t('settings.autoLock.hint')}
      />
      <ChangePassphrase />
      <SecondFactor />
      <QuickUnlock />
    </Part>
  );
}

function Syncing(props: PartProps) {
  return (
    <Part title={t('settings.syncing')}>
      <Toggle
        label={t('settings.syncSessions')}
        hint={t('settings.syncSessions.hint')}
        checked={props.settings.syncSessions}
        onChecked={(syncSessions) => void props.onChange({ syncSessions })}
      />
      <Toggle
        label={t('settings.syncRuns')}
        hint={t('settings.syncRuns.hint')}
        checked={props.settings.syncRuns}
        onChecked={(syncRuns) => void props.onChange({ syncRuns })}
      />
      <Toggle
        label={t('settings.syncOnLan')}
        hint={t('settings.syncOnLan.hint')}
        checked={props.settings.syncOnLan}
        onChecked={(syncOnLan) => void props.onChange({ syncOnLan })}
      />
    </Part>
  );
}

function Running(props: PartProps) {
  return (
    <Part title={t('settings.running')}>
      <NumberField
        label={t('settings.parallel')}
        hint={t('settings.parallel.hint')}
        min={1}
        max={32}
        step={1}
        value={props.settings.parallelTasks}
        onValue={(value) => value !== null && void props.onChange({ parallelTasks: value })}
      />
      <Toggle
        label={t('settings.headless')}
        hint={t('settings.headless.hint')}
        checked={props.settings.headlessByDefault}
        onChecked={(headlessByDefault) => void props.onChange({ headlessByDefault })}
      />
      <SavedText
        label={t('settings.browserPath')}
        hint={t('settings.browserPath.hint')}
        placeholder={t('settings.browserPath.found')}
        stored={props.settings.browserPath ?? ''}
        onSave={(path) => props.onChange({ browserPath: path || null })}
      />
      <SavedText
        label={t('settings.exitCheckUrl')}
        hint={t('settings.exitCheckUrl.hint')}
        stored={props.settings.exitCheckUrl}
        onSave={(exitCheckUrl) => props.onChange({ exitCheckUrl })}
      />
      <Extensions settings={props.settings} onChange={props.onChange} />
    </Part>
  );
}

interface SavedTextProps {
  readonly label: string;
  readonly hint: string;
  readonly placeholder?: string;
  readonly stored: string;
  readonly onSave: (text: string) => Promise<boolean>;
}

/** Saved on purpose, not while it is typed: half a path names no browser. */
function SavedText(props: SavedTextProps) {
  const [text, setText] = createSignal(props.stored);
  const save = async () => {
    if (await props.onSave(text().trim())) tellDone(t('settings.saved'));
  };
  return (
    <div class="flex items-end gap-2">
      <TextField
        class="grow"
        label={props.label}
        hint={props.hint}
        mono
        value={text()}
        onValue={setText}
        input={{ placeholder: props.placeholder, spellcheck: false }}
      />
      <Button class="mb-5" disabled={text().trim() === props.stored} onClick={save}>
        {t('common.save')}
      </Button>
    </div>
  );
}

function About() {
  const host = useHost();
  const [info] = createResource(async () => {
    const answer = await host.call('app.info', {});
    return answer.ok ? answer.value : null;
  });
  return (
    <Show when={info()}>
      {(about) => (
        <Part title={t('settings.about')}>
          <dl class="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-2">
            <dt class="text-ink-3">{t('settings.version')}</dt>
            <dd class="tabular-nums">{about().version}</dd>
            <dt class="text-ink-3">{t('settings.platform')}</dt>
            <dd>{about().platform}</dd>
            <dt class="text-ink-3">{t('settings.vaultFolder')}</dt>
            <dd class="font-mono text-xs leading-5 break-all select-all">{about().vaultDir}</dd>
          </dl>
        </Part>
      )}
    </Show>
  );
}
