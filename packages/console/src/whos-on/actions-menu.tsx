import type { VisitRow } from '@beckon/protocol'
import {
  Ban,
  ChevronDown,
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
import { visitorActs } from './visitor-acts.ts'

export type VisitorDoing = {
  invite: (rows: readonly VisitRow[]) => void
  withdraw: (rows: readonly VisitRow[]) => void
  openChat: (rows: readonly VisitRow[]) => void
  view: (rows: readonly VisitRow[]) => void
  copyLink: (rows: readonly VisitRow[]) => void
  stop: (rows: readonly VisitRow[]) => void
  remove: (rows: readonly VisitRow[]) => void
  /** Absent for whoever may not: only managers ban. */
  ban?: ((rows: readonly VisitRow[]) => void) | undefined
}

type ActionsMenuProps = { rows: readonly VisitRow[]; doing: VisitorDoing; align?: 'start' | 'end' }

/** **Actions** on the selected visitors. What cannot be done stays listed, with its reason below. */
export function ActionsMenu({ rows, doing, align = 'end' }: ActionsMenuProps) {
  const off = visitorActs(rows)
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
              onSelect: () => doing.invite(rows),
            },
            {
              label: 'Withdraw Invitation',
              kbd: 'W',
              icon: <Undo2 size={16} aria-hidden />,
              off: off.withdraw,
              onSelect: () => doing.withdraw(rows),
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
              off: off.copyLink,
              onSelect: () => doing.copyLink(rows),
            },
          ],
        },
        {
          items: [
            {
              label: 'Stop tracking',
              icon: <EyeOff size={16} aria-hidden />,
              off: off.stop,
              onSelect: () => doing.stop(rows),
            },
            {
              label: 'Remove',
              danger: true,
              icon: <Trash2 size={16} aria-hidden />,
              off: off.remove,
              onSelect: () => doing.remove(rows),
            },
            ...(doing.ban
              ? [
                  {
                    label: 'Ban…',
                    danger: true,
                    icon: <Ban size={16} aria-hidden />,
                    off: off.ban,
                    onSelect: () => doing.ban?.(rows),
                  },
                ]
              : []),
          ],
        },
      ]}
    />
  )
}
