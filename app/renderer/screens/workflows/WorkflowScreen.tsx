/** One workflow, opened for editing; or a new one. */
import { createResource, Match, Show, Switch } from 'solid-js';
import { ok, type Result } from '../../../../workspace/model/failure.ts';
import type { WorkflowInput } from '../../../../workspace/model/workflow.ts';
import { Button } from '../../parts/Button.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { useHost } from '../../shell/connection.ts';
import { newWorkflow } from '../../shell/route.ts';
import { navigate } from '../../shell/router.ts';
import { t } from '../../shell/text.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { documentOf, emptyDocument, newStepId } from './document.ts';
import { identifySteps } from './outline/stepTree.ts';
import { WorkflowEditor } from './WorkflowEditor.tsx';

interface Opened {
  readonly catalogue: Catalogue;
  readonly document: WorkflowInput;
}

export default function WorkflowScreen(props: { readonly id: string }) {
  const host = useHost();
  const isNew = () => props.id === newWorkflow;

  const open = async (): Promise<Result<Opened>> => {
    const kinds = await host.call('steps.catalogue', {});
    if (!kinds.ok) return kinds;
    const catalogue = createCatalogue(kinds.value.kinds);
    if (isNew()) return ok({ catalogue, document: emptyDocument() });
    const stored = await host.call('workflows.get', { workflow: props.id });
    if (!stored.ok) return stored;
    const document = documentOf(stored.value);
    const steps = identifySteps(document.steps, catalogue.branchesOf, newStepId);
    return ok({ catalogue, document: { ...document, steps } });
  };

  const [opened] = createResource(open);
  const failure = () => {
    const answer = opened();
    return answer && !answer.ok ? answer.failure : null;
  };
  const value = () => {
    const answer = opened();
    return answer?.ok ? answer.value : null;
  };
  return (
    <Switch>
      <Match when={failure()}>
        {(shown) => (
          <div class="p-6">
            <FailureNotice failure={shown()}>
              <Button class="mt-3" onClick={() => navigate({ screen: 'workflows' })}>
                {t('workflow.backToList')}
              </Button>
            </FailureNotice>
          </div>
        )}
      </Match>
      <Match when={value()}>
        <Show keyed when={value()}>
          {(ready) => (
            <WorkflowEditor
              id={isNew() ? null : props.id}
              catalogue={ready.catalogue}
              document={ready.document}
            />
          )}
        </Show>
      </Match>
    </Switch>
  );
}
