/** A list that renders only the rows in view, so that ten thousand scroll like ten. */
import { createVirtualizer } from '@tanstack/solid-virtual';
import {
  type ComponentProps,
  createEffect,
  createSignal,
  For,
  type JSX,
  splitProps,
} from 'solid-js';

export interface VirtualListHandle {
  scrollTo(index: number): void;
}

interface VirtualListProps extends Omit<ComponentProps<'div'>, 'children' | 'ref'> {
  readonly count: number;
  /** Pixels. Rows have one height unless `measured`. */
  readonly rowHeight: number;
  /** Narrower than that the rows are scrolled sideways, a CSS length; the head has to be as wide. */
  readonly minWidth?: string | undefined;
  /** Rows measure themselves; `rowHeight` is then an estimate. */
  readonly measured?: boolean;
  /** Rows rendered beyond each edge: fewer where each is tall. */
  readonly overscan?: number;
  /** Told the last row in view, so that more can be loaded. */
  readonly onReach?: (index: number) => void;
  readonly handle?: (handle: VirtualListHandle) => void;
  /** Above the rows, scrolled with them. In a list it stands outside of the list itself. */
  readonly head?: JSX.Element;
  readonly children: (index: number) => JSX.Element;
}

/** Rows rendered beyond each edge, where a list does not say otherwise. */
const usualOverscan = 10;

export function VirtualList(props: VirtualListProps) {
  const [own, rest] = splitProps(props, [
    'count',
    'rowHeight',
    'measured',
    'minWidth',
    'overscan',
    'onReach',
    'handle',
    'head',
    'children',
    'class',
    'role',
    'aria-label',
  ]);
  // A grid has its head inside; a list may hold nothing but its items.
  const named = () => ({ role: own.role, 'aria-label': own['aria-label'] });
  const onScroller = () => (own.role === 'list' ? {} : named());
  const onRows = () => (own.role === 'list' ? named() : { role: 'presentation' as const });
  let scroller: HTMLDivElement | undefined;
  // What is in view comes first: the rows beyond are made once those have been painted.
  const [isShown, setShown] = createSignal(false);
  createEffect(() => {
    if (own.count > 0) setTimeout(() => requestAnimationFrame(() => setShown(true)));
  });
  const virtualizer = createVirtualizer({
    get count() {
      return own.count;
    },
    getScrollElement: () => scroller ?? null,
    estimateSize: () => own.rowHeight,
    get overscan() {
      return isShown() ? (own.overscan ?? usualOverscan) : 0;
    },
    // A sticky head pushes the rows down by about one of them.
    get scrollPaddingEnd() {
      return own.rowHeight;
    },
  });
  createEffect(() => own.handle?.({ scrollTo: (index) => virtualizer.scrollToIndex(index) }));
  createEffect(() => {
    const last = virtualizer.getVirtualItems().at(-1);
    if (last) own.onReach?.(last.index);
  });
  return (
    <div
      {...rest}
      {...onScroller()}
      ref={(element) => {
        scroller = element;
      }}
      class={`${own.minWidth ? 'overflow-auto' : 'overflow-y-auto'} ${own.class ?? ''}`}
    >
      {own.head}
      <div
        {...onRows()}
        class="relative w-full"
        style={{ height: `${virtualizer.getTotalSize()}px`, 'min-width': own.minWidth }}
      >
        <For each={virtualizer.getVirtualItems()}>
          {(item) => (
            <div
              role="presentation"
              data-index={item.index}
              ref={(element) =>
                own.measured && queueMicrotask(() => virtualizer.measureElement(element))
              }
              class="absolute top-0 left-0 w-full"
              style={{
                transform: `translateY(${item.start}px)`,
                ...(own.measured ? {} : { height: `${item.size}px` }),
              }}
            >
              {own.children(item.index)}
            </div>
          )}
        </For>
      </div>
    </div>
  );
}
