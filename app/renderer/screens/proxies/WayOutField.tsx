/** How a profile's traffic leaves: by one proxy, by one of a pool, or by this device's own connection. */
import { createSignal, createUniqueId, For, Show } from 'solid-js';
import type { ProfileInput, ProxyPool } from '../../../../workspace/model/profile.ts';
import { proxyRotations } from '../../../../workspace/model/profileChoices.ts';
import { NumberField } from '../../parts/NumberField.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useHost } from '../../shell/connection.ts';
import { createQuery } from '../../shell/query.ts';
import { t } from '../../shell/text.ts';
import { ProxyField } from './ProxyField.tsx';

type WayOut = Pick<ProfileInput, 'proxyId' | 'proxyPool'>;

interface WayOutFieldProps extends WayOut {
  /** Both of them: one takes the place of the other. */
  readonly onValue: (value: WayOut) => void;
  readonly problems: Readonly<Record<string, readonly string[]>>;
}

const newPool: ProxyPool = { tag: '', rotation: 'sticky', minutes: 10 };

export function WayOutField(props: WayOutFieldProps) {
  // What was set before the other was looked at comes back with it.
  const [lastPool, setLastPool] = createSignal(newPool);
  const [lastProxy, setLastProxy] = createSignal<string | null>(null);
  const choose = (kind: 'proxy' | 'pool') => {
    if (kind === 'pool') {
      setLastProxy(props.proxyId);
      props.onValue({ proxyId: null, proxyPool: lastPool() });
    } else {
      setLastPool(props.proxyPool ?? newPool);
      props.onValue({ proxyId: lastProxy(), proxyPool: null });
    }
  };
  return (
    <div class="flex flex-col gap-3">
      <div>
        <Segments
          label={t('profile.wayOut')}
          value={props.proxyPool ? 'pool' : 'proxy'}
          choices={[
            { value: 'proxy', label: t('profile.wayOut.proxy') },
            { value: 'pool', label: t('profile.wayOut.pool') },
          ]}
          onValue={choose}
        />
      </div>
      <Show
        when={props.proxyPool}
        fallback={
          <ProxyField
            value={props.proxyId}
            onValue={(proxyId) => props.onValue({ proxyId, proxyPool: null })}
            problems={props.problems.proxyId}
          />
        }
      >
        {(pool) => (
          <PoolFields
            value={pool()}
            onValue={(proxyPool) => props.onValue({ proxyId: null, proxyPool })}
            problems={props.problems.proxyPool ?? props.problems['proxyPool.tag']}
          />
        )}
      </Show>
    </div>
  );
}

interface PoolFieldsProps {
  readonly value: ProxyPool;
  readonly onValue: (value: ProxyPool) => void;
  readonly problems: readonly string[] | undefined;
}

function PoolFields(props: PoolFieldsProps) {
  const listId = createUniqueId();
  const host = useHost();
  const facets = createQuery(
    () => null,
    () => ['proxies'],
    () => host.call('proxies.facets', {}),
  );
  const members = () =>
    facets.value()?.tags.find(({ value }) => value === props.value.tag)?.count ?? 0;
  const change = (patch: Partial<ProxyPool>) => props.onValue({ ...props.value, ...patch });
  return (
    <>
      <TextField
        label={t('profile.pool.tag')}
        value={props.value.tag}
        onValue={(tag) => change({ tag })}
        hint={t('profile.pool.members', { count: members() })}
        problems={props.problems}
        input={{ list: listId, maxlength: 60 }}
      />
      <datalist id={listId}>
        <For each={facets.value()?.tags}>{({ value }) => <option value={value} />}</For>
      </datalist>
      <div class="grid grid-cols-[1fr_8rem] items-start gap-3">
        <SelectField
          label={t('profile.pool.rotation')}
          value={props.value.rotation}
          choices={proxyRotations.map((value) => ({
            value,
            label: t(`profile.pool.rotation.${value}`),
          }))}
          onValue={(rotation) => change({ rotation })}
          hint={t(`profile.pool.rotation.${props.value.rotation}.hint`)}
        />
        <Show when={props.value.rotation === 'timed'}>
          <NumberField
            label={t('profile.pool.minutes')}
            value={props.value.minutes}
            min={1}
            max={10_080}
            step={1}
            onValue={(minutes) => change({ minutes: minutes ?? 1 })}
          />
        </Show>
      </div>
    </>
  );
}
