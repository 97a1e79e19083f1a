/** Chooses the proxy that something leaves by, among any number; none is this device's own connection. */
import { createSignal } from 'solid-js';
import { ok } from '../../../../workspace/model/failure.ts';
import type { ProxyInput } from '../../../../workspace/model/proxy.ts';
import { proxyAddress } from '../../../../workspace/model/proxyAddress.ts';
import { ComboField } from '../../parts/ComboField.tsx';
import type { Choice } from '../../parts/SelectField.tsx';
import { useHost } from '../../shell/connection.ts';
import { createQuery } from '../../shell/query.ts';
import { t } from '../../shell/text.ts';

interface ProxyFieldProps {
  readonly value: string | null;
  readonly onValue: (value: string | null) => void;
  readonly problems?: readonly string[] | undefined;
}

/** More than a person reads through; typing narrows it down. */
const shownAtMost = 60;
const longestSearch = 200;

export function ProxyField(props: ProxyFieldProps) {
  const host = useHost();
  const [typed, setTyped] = createSignal('');
  const found = createQuery(
    typed,
    () => ['proxies'],
    (search) => host.call('proxies.list', { search, limit: shownAtMost }),
  );
  const chosen = createQuery(
    () => props.value,
    () => ['proxies'],
    async (proxy) => (proxy === null ? ok(null) : host.call('proxies.get', { proxy })),
  );
  const [picked, setPicked] = createSignal<Named | null>(null);
  const pick = (value: string | null) => {
    setPicked(found.value()?.rows.find((row) => row.id === value) ?? null);
    props.onValue(value);
  };
  const isGone = () => {
    const failure = chosen.failure();
    return failure?.code === 'notFound' && failure.name === props.value;
  };
  const choices = () => {
    const rows = found.value()?.rows.map(choiceOf) ?? [];
    const { value } = props;
    if (value === null || typed() || rows.some((row) => row.value === value)) return rows;
    if (isGone()) return [{ value, label: t('profile.proxy.gone') }, ...rows];
    // What was picked just now is known before the host has told it.
    const known = [chosen.value(), picked()].find((one) => one?.id === value);
    return known ? [choiceOf(known), ...rows] : rows;
  };
  return (
    <ComboField
      label={t('profile.proxy')}
      value={props.value}
      choices={choices()}
      placeholder={t('profile.proxy.none')}
      onSearch={(search) => setTyped(search.slice(0, longestSearch))}
      onValue={pick}
      hint={props.value === null ? undefined : t('profile.proxy.hint')}
      problems={[...(isGone() ? [t('profile.proxy.gone.text')] : []), ...(props.problems ?? [])]}
    />
  );
}

type Named = Pick<ProxyInput, 'name' | 'type' | 'host' | 'port'> & { readonly id: string };

/** Pasted proxies are named by their addresses, which need not be said twice. */
function choiceOf(proxy: Named): Choice<string> {
  const address = proxyAddress(proxy);
  const label = address.endsWith(proxy.name) ? address : `${proxy.name} · ${address}`;
  return { value: proxy.id, label };
}
