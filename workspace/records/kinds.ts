/** The kinds of records there are, with what a list shows of each and what a search finds it by. */
import { type ProfileInput, type ProfileRow, profileInputSchema } from '../model/profile.ts';
import type { Step, WorkflowInput, WorkflowRow } from '../model/workflow.ts';
import type { RecordKind } from './records.ts';

export type ProfileSummary = Pick<
  ProfileRow,
  'tags' | 'notes' | 'viewport' | 'locale' | 'timeZone'
>;
export type WorkflowSummary = Pick<WorkflowRow, 'description' | 'stepCount'>;

/** A list carries this much of the notes; the rest is read with the profile. */
const notesShown = 200;

export const profileKind: RecordKind<ProfileInput, ProfileSummary> = {
  kind: 'profile',
  shape: { prose: ['notes'], sets: ['tags'] },
  defaults: profileInputSchema.omit({ name: true }).parse({}),
  summarize: ({ tags, notes, viewport, locale, timeZone }) => ({
    tags,
    notes: notes.slice(0, notesShown),
    viewport,
    locale,
    timeZone,
  }),
  searched: ({ notes, tags }) => [notes, ...tags],
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
