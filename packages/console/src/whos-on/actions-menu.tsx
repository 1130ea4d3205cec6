import type { VisitRow } from '@beckon/protocol'
import {
  Ban,
  ChevronDown,
  Download,
  EyeOff,
  Link2,
  MessageCirclePlus,
  MessagesSquare,
  PanelRight,
  Trash2,
  Undo2,
} from 'lucide-react'
import { Button } from '../parts/button.tsx'
import { Menu } from '../parts/menu.tsx'
import { everyoneActs, visitorActs } from './visitor-acts.ts'

export type VisitorDoing = {
  invite: (rows: readonly VisitRow[]) => void
  withdraw: (rows: readonly VisitRow[]) => void
  openChat: (rows: readonly VisitRow[]) => void
  view: (rows: readonly VisitRow[]) => void
  /** To the one visitor, or to the list as it is. */
  copyLink: (rows: readonly VisitRow[]) => void
  stop: (rows: readonly VisitRow[]) => void
  remove: (rows: readonly VisitRow[]) => void
  /** Absent for whoever may not: only managers ban. */
  ban?: ((rows: readonly VisitRow[]) => void) | undefined
}

/** Everyone a filter selects, instead of single visitors. */
export type Everyone = { total: number; rows: () => Promise<readonly VisitRow[]> }

type ActionsMenuProps = {
  rows: readonly VisitRow[]
  everyone?: Everyone | undefined
  doing: VisitorDoing
  /** The selected, or the whole view when nobody is; absent where there is no list to export. */
  onExport?: ((format: 'csv' | 'json') => void) | undefined
  align?: 'start' | 'end'
}

/** **Actions** on the selected visitors. What cannot be done stays listed, with its reason below. */
export function ActionsMenu({ rows, everyone, doing, onExport, align = 'end' }: ActionsMenuProps) {
  const off = everyone ? everyoneActs(everyone.total) : visitorActs(rows)
  const on = (act: (rows: readonly VisitRow[]) => void) => {
    if (everyone) void everyone.rows().then((found) => found.length > 0 && act(found))
    else act(rows)
  }
  const what = rows.length > 0 || everyone ? 'the selected' : 'this list'
  return (
    <Menu
      align={align}
      trigger={
        <Button>
          <span className="flex items-center gap-1.5">
            Actions <ChevronDown size={14} aria-hidden />
          </span>
        </Button>
      }
      groups={[
        {
          items: [
            {
              label: 'Invite to Live Chat',
              kbd: 'I',
              icon: <MessageCirclePlus size={16} aria-hidden />,
              off: off.invite,
              onSelect: () => on(doing.invite),
            },
            {
              label: 'Withdraw Invitation',
              kbd: 'W',
              icon: <Undo2 size={16} aria-hidden />,
              off: off.withdraw,
              onSelect: () => on(doing.withdraw),
            },
            {
              label: 'Open chat',
              kbd: 'O',
              icon: <MessagesSquare size={16} aria-hidden />,
              off: off.openChat,
              onSelect: () => doing.openChat(rows),
            },
          ],
        },
        {
          items: [
            {
              label: 'View visitor',
              kbd: '↵',
              icon: <PanelRight size={16} aria-hidden />,
              off: off.view,
              onSelect: () => doing.view(rows),
            },
            {
              label: 'Copy link',
              kbd: 'C',
              icon: <Link2 size={16} aria-hidden />,
              onSelect: () => doing.copyLink(rows),
            },
            ...(onExport
              ? (['csv', 'json'] as const).map((format) => ({
                  label: `Export ${what} as ${format.toUpperCase()}`,
                  icon: <Download size={16} aria-hidden />,
                  onSelect: () => onExport(format),
                }))
              : []),
          ],
        },
        {
          items: [
            {
              label: 'Stop tracking',
              icon: <EyeOff size={16} aria-hidden />,
              off: off.stop,
              onSelect: () => on(doing.stop),
            },
            {
              label: 'Remove',
              danger: true,
              icon: <Trash2 size={16} aria-hidden />,
              off: off.remove,
              onSelect: () => on(doing.remove),
            },
            ...(doing.ban
              ? [
                  {
                    label: 'Ban…',
                    danger: true,
                    icon: <Ban size={16} aria-hidden />,
                    off: off.ban,
                    onSelect: () => doing.ban && on(doing.ban),
                  },
                ]
              : []),
          ],
        },
      ]}
    />
  )
}
