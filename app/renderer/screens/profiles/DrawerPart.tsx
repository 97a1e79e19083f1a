/** A part of a profile's drawer under a heading of its own. */
import type { JSX } from 'solid-js';

interface DrawerPartProps {
  readonly title: string;
  readonly text: string;
  readonly children: JSX.Element;
}

export function DrawerPart(props: DrawerPartProps) {
  return (
    <section class="flex flex-col gap-3">
      <div>
        <h3 class="text-base font-semibold">{props.title}</h3>
        <p class="text-ink-3">{props.text}</p>
      </div>
      {props.children}
    </section>
  );
}
