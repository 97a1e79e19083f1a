/**
 * Rows and cells of virtual lists. They can not be table elements, since only the rows in view exist, each
 * placed by itself; the roles tell the same to a screen reader.
 */
import { type ComponentProps, splitProps } from 'solid-js';

type CellRole = 'row' | 'gridcell' | 'cell' | 'columnheader' | 'listitem' | 'presentation';

interface CellsProps extends ComponentProps<'div'> {
  readonly role: CellRole;
}

export function Cells(props: CellsProps) {
  const [own, rest] = splitProps(props, ['role']);
  return <div role={own.role} {...rest} />;
}
