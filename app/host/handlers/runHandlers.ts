/** Runs, what they extracted and the pictures they took. */
import { readWhole } from '../../../workspace/blobs/blobStore.ts';
import { resultTable } from '../../../workspace/journal/results.ts';
import { FailureError } from '../../../workspace/model/failure.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Unlocked } from '../host.ts';
import { exportResults } from '../resultExport.ts';
import type { HandlerContext } from './context.ts';

type RunMethod = Extract<keyof Handlers, `runs.${string}` | `blobs.${string}`>;

export function runHandlers(context: HandlerContext): Pick<Handlers, RunMethod> {
  const services = () => context.unlocked().services;
  return {
    'runs.start': (input) => context.unlocked().runs.start(input),
    'runs.retry': ({ run, only, headless, branch }) => {
      const before = services().journal.detail(run);
      if (before.finishedAt === null) throw refused('it has not ended yet');
      const profiles = before.taskRows
        .filter(({ status }) => only === 'all' || status !== 'succeeded')
        .map(({ profileId }) => profileId);
      if (profiles.length === 0) throw refused('all of its profiles got through');
      return context.unlocked().runs.start({
        workflow: before.workflowId,
        profiles,
        variables: before.variables,
        headless: headless ?? before.headless,
        branch,
      });
    },
    'runs.cancel': ({ run }) => {
      services().journal.detail(run);
      context.unlocked().runs.cancel(run);
      return null;
    },
    'runs.list': ({ workflow, profile, ...query }) =>
      services().journal.list({
        ...query,
        workflowId: workflow && services().workflows.get(workflow).id,
        profileId: profile && services().profiles.get(profile).id,
      }),
    'runs.get': ({ run }) => services().journal.detail(run),
    'runs.events': ({ run, after, limit }) => {
      services().journal.detail(run);
      const events = services().journal.events(run, after, limit);
      return { events, last: events.at(-1)?.sequence ?? after };
    },
    'runs.watch': ({ run, after }, caller) => {
      services().journal.detail(run);
      // The answer goes out before the first push of what was asked for.
      setImmediate(() => {
        if (context.isUnlocked()) context.watch(caller, run, after);
      });
      return null;
    },
    'runs.unwatch': ({ run }, caller) => {
      caller.watching.delete(run);
      return null;
    },
    'runs.results': ({ run }) => {
      services().journal.detail(run);
      return resultTable(allEvents(context.unlocked(), run));
    },
    'runs.export': ({ run, format }) => {
      const detail = services().journal.detail(run);
      return exportResults(detail, resultTable(allEvents(context.unlocked(), run)), format);
    },
    'blobs.read': async ({ id }) => {
      const info = services().blobs.info(id);
      if (!info) throw new FailureError({ code: 'notFound', kind: 'file', name: id });
      const content = await readWhole(services().blobs.read(id));
      return { mediaType: info.mediaType, base64: Buffer.from(content).toString('base64') };
    },
  };
}

const allEvents = ({ services }: Unlocked, run: string) =>
  services.journal.events(run, 0, Number.MAX_SAFE_INTEGER);

const refused = (message: string): FailureError =>
  new FailureError({ code: 'invalid', issues: [{ path: 'run', message }] });
