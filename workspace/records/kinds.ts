/** The kinds of records there are, with what a list shows of each and what a search finds it by. */

import { type ProfileInput, type ProfileRow, profileInputSchema } from '../model/profile.ts';
import { type ProxyInput, type ProxyRow, proxyInputSchema } from '../model/proxy.ts';
import type { Step, WorkflowInput, WorkflowRow } from '../model/workflow.ts';
import type { RecordKind } from './records.ts';

export type ProfileSummary = Pick<
  ProfileRow,
  | 'tags'
  | 'notes'
  | 'group'
  | 'color'
  | 'number'
  | 'viewport'
  | 'locale'
  | 'timeZone'
  | 'proxyId'
  | 'proxyPool'
>;
export type TemplateSummary = Pick<ProfileRow, 'tags' | 'group'>;
export type ProxySummary = Pick<
  ProxyRow,
  'type' | 'host' | 'port' | 'username' | 'hasPassword' | 'changesExit' | 'tags' | 'notes'
>;
export type WorkflowSummary = Pick<WorkflowRow, 'description' | 'stepCount'>;

/** A list carries this much of the notes; the rest is read with the profile. */
const notesShown = 200;

export const profileKind: RecordKind<ProfileInput, ProfileSummary> = {
  kind: 'profile',
  shape: { prose: ['notes'], sets: ['tags'] },
  defaults: profileInputSchema.omit({ name: true }).parse({}),
  summarize: (input) => ({
    tags: input.tags,
    notes: input.notes.slice(0, notesShown),
    group: input.group,
    color: input.color,
    number: input.number,
    viewport: input.viewport,
    locale: input.locale,
    timeZone: input.timeZone,
    proxyId: input.proxyId,
    proxyPool: input.proxyPool,
  }),
  searched: ({ notes, tags, group, number }) => [
    notes,
    ...tags,
    group ?? '',
    number === null ? '' : String(number),
  ],
};

/** A profile that is no identity: what new ones begin as. */
export const templateKind: RecordKind<ProfileInput, TemplateSummary> = {
  kind: 'template',
  shape: profileKind.shape,
  defaults: profileKind.defaults,
  summarize: ({ tags, group }) => ({ tags, group }),
  searched: profileKind.searched,
};

export const proxyKind: RecordKind<ProxyInput, ProxySummary> = {
  kind: 'proxy',
  shape: { prose: ['notes'], sets: ['tags'] },
  defaults: proxyInputSchema
    .pick({ username: true, password: true, changeIpUrl: true, notes: true, tags: true })
    .parse({}),
  summarize: ({ type, host, port, username, password, changeIpUrl, tags, notes }) => ({
    type,
    host,
    port,
    username,
    hasPassword: password !== '',
    changesExit: changeIpUrl !== null,
    tags,
    notes: notes.slice(0, notesShown),
  }),
  searched: ({ notes, tags, host, type, username }) => [notes, host, type, username, ...tags],
};

export const workflowKind: RecordKind<WorkflowInput, WorkflowSummary> = {
  kind: 'workflow',
  shape: { prose: ['description'], sets: [] },
  defaults: {},
  summarize: ({ description, steps }) => ({
    description: description.slice(0, notesShown),
    stepCount: countSteps(steps),
  }),
  searched: ({ description }) => [description],
};

/** Steps with those nested in them, whatever field they are nested in. */
function countSteps(steps: readonly Step[]): number {
  return steps.reduce(
    (count, step) =>
      count +
      1 +
      Object.values(step).reduce<number>(
        (inner, value) => inner + (isStepList(value) ? countSteps(value) : 0),
        0,
      ),
    0,
  );
}

function isStepList(value: unknown): value is readonly Step[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (item) => typeof item === 'object' && item !== null && 'type' in item && 'id' in item,
    )
  );
}
