/** The fields of a proxy. */
import type { ShownProxy } from '../../../../workspace/model/proxy.ts';
import { proxyTypes } from '../../../../workspace/model/proxyAddress.ts';
import { SelectField } from '../../parts/SelectField.tsx';
import { TagsField } from '../../parts/TagsField.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { t } from '../../shell/text.ts';
import { PasswordField } from './PasswordField.tsx';
import type { ProxyDraft } from './proxyDraft.ts';

interface ProxyFormProps {
  /** Null for a new one. */
  readonly stored: ShownProxy | null;
  readonly draft: ProxyDraft;
  readonly onChange: (patch: Partial<ProxyDraft>) => void;
  readonly problems: (field: keyof ProxyDraft) => readonly string[] | undefined;
}

export const typeChoices = () => proxyTypes.map((value) => ({ value, label: value.toUpperCase() }));

export function ProxyForm(props: ProxyFormProps) {
  return (
    <>
      <TextField
        label={t('profile.name')}
        value={props.draft.name}
        onValue={(name) => props.onChange({ name })}
        problems={props.problems('name')}
        input={{ maxlength: 200 }}
      />
      <div class="grid grid-cols-[6.5rem_1fr_6.5rem] items-start gap-3">
        <SelectField
          label={t('proxy.type')}
          value={props.draft.type}
          choices={typeChoices()}
          onValue={(type) => props.onChange({ type })}
        />
        <TextField
          label={t('proxy.host')}
          mono
          value={props.draft.host}
          onValue={(host) => props.onChange({ host })}
          problems={props.problems('host')}
          input={{ spellcheck: false, maxlength: 255, placeholder: 'proxy.example' }}
        />
        <TextField
          label={t('proxy.port')}
          mono
          value={props.draft.port}
          onValue={(port) => props.onChange({ port })}
          problems={props.problems('port')}
          input={{ inputmode: 'numeric', maxlength: 10, placeholder: '8080' }}
        />
      </div>
      <div class="grid grid-cols-2 items-start gap-3">
        <TextField
          label={t('proxy.username')}
          value={props.draft.username}
          onValue={(username) => props.onChange({ username })}
          problems={props.problems('username')}
          hint={props.draft.type === 'socks4' ? t('proxy.username.socks4') : undefined}
          input={{ spellcheck: false, maxlength: 255 }}
        />
        <PasswordField
          stored={props.stored}
          value={props.draft.password}
          onValue={(password) => props.onChange({ password })}
          problems={props.problems('password')}
        />
      </div>
      <TextField
        label={t('proxy.changeIpUrl')}
        optional={t('common.optional')}
        mono
        value={props.draft.changeIpUrl}
        onValue={(changeIpUrl) => props.onChange({ changeIpUrl })}
        problems={props.problems('changeIpUrl')}
        hint={t('proxy.changeIpUrl.hint')}
        input={{ spellcheck: false, inputmode: 'url' }}
      />
      <TagsField
        label={t('profile.tags')}
        value={props.draft.tags}
        onValue={(tags) => props.onChange({ tags })}
        hint={t('profile.tags.hint')}
      />
      <TextField
        label={t('profile.notes')}
        lines={3}
        value={props.draft.notes}
        onValue={(notes) => props.onChange({ notes })}
        problems={props.problems('notes')}
      />
    </>
  );
}
