/** Bugs that the simulation has to find, each put into the real objects of every device, or of the relay. */
import { idRange } from '../../../sync-relay/protocol/proofs.ts';
import type { Contents } from '../../contents.ts';
import { leaseTimes } from '../leases.ts';
import type { SimulationOptions } from './simulate.ts';

export interface Mutant {
  readonly mutation: NonNullable<SimulationOptions['mutation']>;
  /** A seed at which it is soon found; those after it are tried too. */
  readonly from: number;
}

/** Envelopes that a relay which hides too much hides with each compaction. */
const hiddenToo = 12;

export const mutants: Readonly<Record<string, Mutant>> = {
  'what is unsent is let go before it is acknowledged': device(1, ({ log }) => {
    const { unsent } = log;
    log.unsent = (relay, bytes) => {
      const batch = unsent(relay, bytes);
      log.drop(batch.map(({ position }) => position));
      return batch;
    };
  }),
  'the cursor moves on although nothing was kept': device(1, ({ log }) => {
    const { add } = log;
    let calls = 0;
    log.add = (envelope, from) => {
      if (from !== null && ++calls % 7 === 0) throw new RangeError('forgotten');
      return add(envelope, from);
    };
  }),
  'a relay that lost everything is given nothing': device(1, ({ log }) => {
    log.resend = () => undefined;
    log.resendIds = () => undefined;
  }),
  'what a removed device says still counts': device(1, ({ membership }) => {
    const { author } = membership;
    membership.author = (id) => {
      const found = author(id);
      return found && { ...found, removed: null };
    };
  }),
  'a compaction names what it never read': device(2, ({ log }) => {
    const { supersede } = log;
    log.supersede = (ids) => {
      const others = log.ids().slice(0, 5);
      supersede([...ids, ...others]);
      log.hide(others);
    };
  }),
  'a deletion is not told': device(3, ({ outbox }) => {
    const { add } = outbox;
    outbox.add = (kind, changes) => {
      if (kind !== 'tombstone') add(kind, changes);
    };
  }),
  'nobody makes the epoch that is missing': device(4, ({ membership }) => {
    membership.needsRotation = () => false;
  }),
  'a lease is taken over too early': {
    from: 29,
    mutation: {
      client: (client) => ({
        ...client,
        ask: async (name, body) => {
          const answer = await client.ask(name, body);
          if (name !== 'getRegister') return answer;
          return { ...answer, age: (answer as { age: number }).age + leaseTimes.lasts };
        },
      }),
    },
  },
  'the relay hides what nobody named': {
    from: 60,
    mutation: {
      relay: (store) => ({
        ...store,
        async append(channel, envelopes, supersedes) {
          // Many of them: what a single device still has it brings back by itself.
          const others = supersedes.length > 0 ? await store.ids(channel, idRange) : [];
          return store.append(channel, envelopes, [...supersedes, ...others.slice(0, hiddenToo)]);
        },
      }),
    },
  },
};

function device(
  from: number,
  mutate: (contents: { -readonly [Key in keyof Contents]: Mutable<Contents[Key]> }) => void,
): Mutant {
  return { from, mutation: { device: (contents: Contents) => mutate(contents as never) } };
}
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
