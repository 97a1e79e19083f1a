/** What is done with one profile of the list, in its row or on its card. */
import { AppWindow, FileUp, Pencil, Play, Plug, Trash2 } from 'lucide-solid';
import type { ProfileRow } from '../../../../../workspace/model/profile.ts';
import { IconButton } from '../../../parts/Button.tsx';
import { Menu, type MenuAction } from '../../../parts/Menu.tsx';
import { useOpened } from '../../../shell/opened.ts';
import { t } from '../../../shell/text.ts';
import { OpenButton } from './OpenButton.tsx';

/** What the screen does, whichever profile it is asked of. */
export interface ProfileWork {
  readonly onAttach: (row: ProfileRow) => void;
  readonly onRun: (ids: readonly string[]) => void;
  readonly onExport: (ids: readonly string[]) => void;
  readonly onRemove: (ids: readonly string[], name: string | null) => void;
}

interface ProfileActionsProps {
  readonly row: ProfileRow;
  readonly work: ProfileWork;
  readonly onEdit: () => void;
}

export function ProfileActions(props: ProfileActionsProps) {
  const opened = useOpened();
  /** What there is to do with one that a person has open. */
  const openActions = (): readonly MenuAction[] => {
    const one = opened.of(props.row.id);
    if (!one) return [];
    return [
      {
        id: 'show',
        label: t('opening.show'),
        icon: <AppWindow aria-hidden="true" />,
        disabled: one.headless,
        run: () => void opened.show(props.row.id),
      },
      {
        id: 'attach',
        label: t('attach.open'),
        icon: <Plug aria-hidden="true" />,
        run: () => props.work.onAttach(props.row),
      },
    ];
  };
  return (
    <>
      <OpenButton row={props.row} tabIndex={-1} />
      <IconButton
        label={t('profiles.runNamed', { name: props.row.name })}
        tabIndex={-1}
        onClick={() => props.work.onRun([props.row.id])}
      >
        <Play aria-hidden="true" />
      </IconButton>
      <Menu
        label={t('profiles.actionsFor', { name: props.row.name })}
        tabIndex={-1}
        actions={[
          ...openActions(),
          {
            id: 'edit',
            label: t('common.edit'),
            icon: <Pencil aria-hidden="true" />,
            run: props.onEdit,
          },
          {
            id: 'export',
            label: t('common.export'),
            icon: <FileUp aria-hidden="true" />,
            run: () => props.work.onExport([props.row.id]),
          },
          {
            id: 'remove',
            label: t('common.remove'),
            icon: <Trash2 aria-hidden="true" />,
            danger: true,
            run: () => props.work.onRemove([props.row.id], props.row.name),
          },
        ]}
      />
    </>
  );
}
