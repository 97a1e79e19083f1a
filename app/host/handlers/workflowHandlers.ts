/** Workflows, checked against every kind of step before they are stored. */
import { readForeign } from '../../../agent/exchange/readForeign.ts';
import { writePlaywright } from '../../../agent/exchange/writePlaywright.ts';
import { writeRecording } from '../../../agent/exchange/writeRecording.ts';
import { parseWorkflow, stepCatalogue } from '../../../agent/steps/index.ts';
import { FailureError, type Issue, type Result } from '../../../workspace/model/failure.ts';
import type { WorkflowInput } from '../../../workspace/model/workflow.ts';
import type { Handlers } from '../dispatcher.ts';
import { requireUsableWorkflow } from '../usable.ts';
import type { HandlerContext } from './context.ts';
import { required } from './values.ts';

type WorkflowMethod = Extract<keyof Handlers, `workflows.${string}` | `steps.${string}`>;

export function workflowHandlers(context: HandlerContext): Pick<Handlers, WorkflowMethod> {
  const { commit } = context;
  const services = () => context.unlocked().services;
  return {
    'workflows.list': ({ search, after, limit }) =>
      services().workflows.list({ search, sort: 'name', after, limit }),
    'workflows.get': ({ workflow }) => services().workflows.get(workflow),
    'workflows.add': ({ document }) => {
      const input = accepted(parseWorkflow(document));
      return commit(({ workflows }) => required(workflows.add([input])[0]));
    },
    'workflows.import': async ({ document }) => {
      const { documents, left } = readForeign(document);
      const inputs = documents.map((one) => accepted(parseWorkflow(one)));
      return { workflows: await commit(({ workflows }) => workflows.add(inputs)), left };
    },
    'workflows.exportAs': ({ workflow, format }) => {
      const stored = services().workflows.get(workflow);
      // What another device wrote is about to become a program.
      requireUsableWorkflow(stored);
      if (format === 'playwright') {
        const { code, left } = writePlaywright(stored);
        return { text: code, left };
      }
      const { recording, left } = writeRecording(stored);
      return { text: `${JSON.stringify(recording, null, 2)}\n`, left };
    },
    'workflows.replace': ({ workflow, document }) => {
      const input = accepted(parseWorkflow(document));
      return commit(({ workflows }) => workflows.replace(workflows.get(workflow).id, input));
    },
    'workflows.check': ({ document }) => ({ issues: issuesIn(parseWorkflow(document)) }),
    'workflows.remove': async ({ workflow }) => {
      await commit(({ workflows }) => workflows.trash([workflows.get(workflow).id]));
      return null;
    },
    'steps.catalogue': () => ({ kinds: stepCatalogue() }),
  };
}

function accepted(parsed: Result<WorkflowInput>): WorkflowInput {
  if (!parsed.ok) throw new FailureError(parsed.failure);
  return parsed.value;
}

function issuesIn(parsed: Result<unknown>): readonly Issue[] {
  if (parsed.ok) return [];
  return parsed.failure.code === 'invalid' ? parsed.failure.issues : [];
}
