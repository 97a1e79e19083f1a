/** Search as you type: the first key counts at once, those that follow it a moment later. */
import { Search } from 'lucide-solid';
import { onCleanup } from 'solid-js';

/** Milliseconds between two searches: short enough to feel immediate, long enough to skip the middle of a word. */
const pause = 80;

interface SearchInputProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly ref?: (element: HTMLInputElement) => void;
  readonly class?: string;
}

export function SearchInput(props: SearchInputProps) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  let waiting: string | null = null;
  const tell = (value: string) => {
    waiting = null;
    props.onValue(value);
    timer = setTimeout(() => {
      timer = undefined;
      if (waiting !== null) tell(waiting);
    }, pause);
  };
  const typed = (value: string) => {
    if (timer === undefined) tell(value);
    else waiting = value;
  };
  return (
    <div class={`relative ${props.class ?? 'w-64'}`}>
      <Search
        class="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3"
        aria-hidden="true"
      />
      <input
        ref={props.ref}
        type="search"
        class="control pl-8"
        aria-label={props.label}
        placeholder={props.label}
        value={props.value}
        onInput={(event) => typed(event.currentTarget.value)}
        onKeyDown={(event) => props.onKeyDown?.(event)}
      />
    </div>
  );
}
