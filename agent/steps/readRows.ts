/** Reads many elements of a page in one round trip. */
import type { Locator } from 'playwright-core';

/** What of an element is taken. */
export const readable = ['text', 'html', 'attribute', 'value'] as const;

export interface Column {
  readonly name: string;
  /** CSS, inside of the row; the row itself when absent. */
  readonly selector?: string | undefined;
  readonly what: (typeof readable)[number];
  readonly attribute?: string | undefined;
}

export type Row = Record<string, string | null>;

/** @returns an object for each row, with null for what is not there. */
export function readRows(rows: Locator, columns: readonly Column[]): Promise<Row[]> {
  return rows.evaluateAll((found, wanted) => {
    const read = (element: Element | null, { what, attribute }: (typeof wanted)[number]) => {
      if (!element) return null;
      if (what === 'html') return element.innerHTML;
      if (what === 'attribute') return element.getAttribute(attribute ?? '');
      if (what === 'value') return String(Reflect.get(element, 'value') ?? '');
      // biome-ignore lint/performance/useDomNodeTextContent: hidden text is not what a person sees.
      return element instanceof HTMLElement ? element.innerText : element.textContent;
    };
    return found.map((row) =>
      Object.fromEntries(
        wanted.map((column) => [
          column.name,
          read(column.selector ? row.querySelector(column.selector) : row, column),
        ]),
      ),
    );
  }, columns);
}
