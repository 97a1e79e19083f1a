/** A picture the run took: small in its place, large when clicked. */
import { createSignal, Show } from 'solid-js';
import type { BlobReference } from '../../../../workspace/model/run.ts';
import { Dialog } from '../../parts/Dialog.tsx';
import { t } from '../../shell/text.ts';
import { createBlobUrl } from './blobUrl.ts';

interface ScreenshotProps {
  readonly name: string;
  readonly image: BlobReference;
  /** Tailwind classes that give the small picture its size. */
  readonly class: string;
}

export function Screenshot(props: ScreenshotProps) {
  const [open, setOpen] = createSignal(false);
  const url = createBlobUrl(() => props.image.id);
  const label = () => t('run.screenshotOf', { name: props.name });
  return (
    <>
      <button
        type="button"
        class={`shrink-0 overflow-hidden rounded-md border border-line bg-sunken transition-colors duration-100 hover:border-accent ${props.class}`}
        aria-label={label()}
        onClick={(event) => {
          event.stopPropagation();
          setOpen(true);
        }}
      >
        <Show when={url()}>
          {(src) => <img src={src()} alt="" class="size-full object-cover object-top" />}
        </Show>
      </button>
      <Dialog
        open={open()}
        onClose={() => setOpen(false)}
        title={props.name}
        width="w-[min(72rem,calc(100vw-2rem))]"
      >
        <Show when={url()}>
          {(src) => <img src={src()} alt={label()} class="w-full rounded-md border border-line" />}
        </Show>
      </Dialog>
    </>
  );
}
