import type { VisitRow } from '@beckon/protocol'
import { MessageCirclePlus, MessagesSquare, Undo2 } from 'lucide-react'
import { useId } from 'react'
import { Button } from '../parts/button.tsx'
import type { VisitorDoing } from './actions-menu.tsx'
import { hasOpenInvitation, visitorActs } from './visitor-acts.ts'

type MainActProps = { row: VisitRow; doing: VisitorDoing; children?: React.ReactNode }

/** The next sensible step with a visitor as the one blue button; `children` stand beside it. */
export function MainAct({ row, doing, children }: MainActProps) {
  const id = useId()
  const rows = [row]
  const off = visitorActs(rows)
  const open = hasOpenInvitation(row)
  const main = row.chat
    ? { label: 'Open chat', kbd: 'O', Icon: MessagesSquare, off: off.openChat, act: doing.openChat }
    : open
      ? { label: 'Withdraw Invitation', Icon: Undo2, off: off.withdraw, act: doing.withdraw }
      : {
          label: 'Invite to Live Chat',
          kbd: 'I',
          Icon: MessageCirclePlus,
          off: off.invite,
          act: doing.invite,
        }
  return (
    <div>
      <div className="flex gap-2">
        <Button
          variant={open && !row.chat ? 'secondary' : 'primary'}
          icon={<main.Icon size={16} aria-hidden />}
          {...(main.kbd && { kbd: main.kbd })}
          className="min-w-0 flex-1!"
          disabled={main.off !== undefined}
          aria-describedby={main.off ? id : undefined}
          onClick={() => main.act(rows)}
        >
          {main.label}
        </Button>
        {children}
      </div>
      {main.off && (
        <p id={id} className="mt-1.5 text-small text-text-3">
          {main.off}
        </p>
      )}
    </div>
  )
}
