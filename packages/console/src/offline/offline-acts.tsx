import type { AgentId, OfflineRow } from '@beckon/protocol'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Ban, CircleCheck, Ellipsis, RotateCcw, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { sentenceOf } from '../api.ts'
import { BanDialog } from '../bans/ban-dialog.tsx'
import { sendCommand } from '../live/live.ts'
import { Button } from '../parts/button.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Menu, type MenuItem } from '../parts/menu.tsx'
import { toast } from '../parts/toast-queue.ts'
import { meQuery } from '../queries.ts'
import { useVisitorHere } from './use-visitor-here.ts'

type OfflineActsProps = { row: OfflineRow; here: boolean; agentId: AgentId }

/** Take it, put it aside, and what else can be done with whoever wrote. */
export function OfflineActs({ row, here, agentId }: OfflineActsProps) {
  const [busy, setBusy] = useState<'take' | 'done'>()
  const { id: messageId } = row
  const done = row.doneAt !== undefined

  async function act(what: 'take' | 'done') {
    setBusy(what)
    try {
      if (what === 'take') {
        await sendCommand({ type: 'offline.take', messageId, from: row.agentId ?? null })
      } else {
        await sendCommand({ type: 'offline.done', messageId, done: !done })
        toast.show({ text: done ? `Waiting again: ${row.name}` : `Done: ${row.name}` })
      }
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
    }
    setBusy(undefined)
  }

  return (
    <div className="flex flex-none items-center gap-2">
      {row.agentId && (
        <span className="text-small text-text-2 max-md:hidden">
          {row.agentId === agentId ? 'Yours' : `${row.agentName} has it`}
        </span>
      )}
      {!done && row.agentId !== agentId && (
        <Button busy={busy === 'take' && 'Taking…'} onClick={() => void act('take')}>
          {row.agentId ? 'Take over' : 'Take'}
        </Button>
      )}
      <Button
        icon={done ? <RotateCcw size={15} aria-hidden /> : <CircleCheck size={15} aria-hidden />}
        busy={busy === 'done' && 'Saving…'}
        onClick={() => void act('done')}
      >
        {done ? 'Reopen' : 'Done'}
      </Button>
      <More row={row} here={here} />
    </div>
  )
}

function More({ row, here }: { row: OfflineRow; here: boolean }) {
  const { data: me } = useSuspenseQuery(meQuery)
  const navigate = useNavigate()
  const [banning, setBanning] = useState(false)
  const visit = useVisitorHere(row.visitorId)
  const { visitorId, name } = row
  const items: MenuItem[] = []
  if (visit && me.agent.roles.includes('agent')) {
    items.push({
      label: 'Invite in Who’s On',
      icon: <UserPlus size={16} aria-hidden />,
      off: here ? undefined : 'The visitor has left.',
      onSelect: () => void navigate({ to: '/whos-on', search: { visit: visit.visitId } }),
    })
  }
  if (visitorId && me.agent.roles.includes('manager')) {
    items.push({
      label: 'Ban…',
      danger: true,
      icon: <Ban size={16} aria-hidden />,
      onSelect: () => setBanning(true),
    })
  }
  if (items.length === 0) return null
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label="More about this message" icon={<Ellipsis size={16} aria-hidden />} />
        }
        groups={[{ items }]}
      />
      {banning && visitorId && (
        <BanDialog people={[{ visitorId, name }]} onClose={() => setBanning(false)} />
      )}
    </>
  )
}
