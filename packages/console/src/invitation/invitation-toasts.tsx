import type { InvitationView } from '@beckon/protocol'
import { useNavigate } from '@tanstack/react-router'
import { CircleSlash, Eye, Info, MessageCircleReply } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTopic } from '../live/use-topic.ts'
import { toast } from '../parts/toast-queue.ts'
import { undoLast } from '../parts/undoable.ts'
import { serverClock } from '../server-clock.ts'
import { useKeys } from '../whos-on/use-keys.ts'
import { changedIn, type News, newsOf } from './invitation-news.ts'

const ICONS = {
  viewed: <Eye size={16} aria-hidden />,
  accepted: <MessageCircleReply size={16} aria-hidden className="text-green" />,
  declined: <CircleSlash size={16} aria-hidden className="text-red" />,
  ended: <Info size={16} aria-hidden />,
}

/** Tells what becomes of the agent's invitations, on every screen. Once, in the frame. */
export function InvitationToasts() {
  const { state } = useTopic<'me'>({ topic: 'me' })
  const before = useRef<readonly InvitationView[]>(undefined)
  const shown = useRef(new Map<string, () => void>())
  const navigate = useNavigate()

  useEffect(() => {
    if (!state) return
    const { agentId, invitations, courtesyHours } = state
    const act = ({ kind, invitation }: News) => {
      if (kind === 'accepted' && invitation.chatId) {
        const { chatId } = invitation
        return {
          label: 'Open',
          onAct: () => void navigate({ to: '/chats/$chatId', params: { chatId } }),
        }
      }
      if (kind === 'accepted') return undefined
      return {
        label: 'Show',
        onAct: () => void navigate({ to: '/whos-on', search: { visit: invitation.visitId } }),
      }
    }
    // What was true a moment ago must not be told after what is true now.
    for (const id of changedIn(before.current, invitations)) shown.current.get(id)?.()
    for (const news of newsOf(before.current, invitations, {
      agentId,
      now: serverClock.now(),
      courtesyHours,
    })) {
      const action = act(news)
      const { close } = toast.show({
        text: news.text,
        icon: ICONS[news.kind],
        ...(news.second && { second: news.second }),
        ...(action && { action }),
        about: news.invitation.chatId,
      })
      shown.current.set(news.invitation.id, close)
    }
    before.current = invitations
  }, [state, navigate])

  useKeys({ u: undoLast })
  return null
}
