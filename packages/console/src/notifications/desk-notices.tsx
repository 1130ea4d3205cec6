import type { ChatId } from '@beckon/protocol'
import { useNavigate, useParams } from '@tanstack/react-router'
import { BellRing, Ear, MessagesSquare } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTopic } from '../live/use-topic.ts'
import { toast } from '../parts/toast-queue.ts'
import { type Desk, type DeskNews, deskNews } from './desk-news.ts'
import { showDesktop } from './desktop-notice.ts'
import { firstToTell } from './first-to-tell.ts'
import { useNotify } from './notify-choice.ts'
import { playTune } from './sound.ts'

/**
 * Tells an agent who is not looking, as they have chosen. Never of a chat that stands open in front
 * of them, which is where their own acts lead. Once, in the frame.
 */
export function DeskNotices() {
  const { state: me } = useTopic<'me'>({ topic: 'me' })
  const { state: chats } = useTopic<'chats'>({ topic: 'chats' })
  const notify = useNotify()
  const navigate = useNavigate()
  const shown = useParams({ strict: false }).chatId as ChatId | undefined
  const before = useRef<Desk>(undefined)
  const now = useRef({ notify, shown })
  now.current = { notify, shown }

  useEffect(() => {
    if (!me || !chats) return
    const desk = { me, chats }
    const news = deskNews(before.current, desk)
    before.current = desk
    for (const one of news) void tell(one)

    async function tell(one: DeskNews) {
      const { notify: chosen, shown: open } = now.current
      const looking = !document.hidden && document.hasFocus()
      const seen = looking && one.chatId !== undefined && one.chatId === open
      // Also what needs no telling: otherwise a tab behind this one would.
      if (!(await firstToTell(one.key)) || seen || chosen.off.includes(one.kind)) return
      const go = () =>
        void (one.chatId
          ? navigate({ to: '/chats/$chatId', params: { chatId: one.chatId } })
          : navigate({ to: '/chats' }))
      if (chosen.sound) playTune(one.kind)
      if (chosen.desktop && !looking) showDesktop(one, go)
      const icon = TOASTS[one.kind]
      if (icon) {
        const [text, second] =
          one.kind === 'assigned'
            ? [`${one.title}: the chat is yours.`, one.text]
            : [one.title, one.text]
        const action = { label: 'Open', onAct: go }
        toast.show({ text, ...(second && { second }), icon, action, about: one.chatId })
      }
    }
  }, [me, chats, navigate])
  useEffect(() => {
    if (shown) toast.closeAbout(shown)
  }, [shown])
  return null
}

/** The others stand in the list and in the badge, or have a toast already. */
const TOASTS: Partial<Record<DeskNews['kind'], React.ReactNode>> = {
  assigned: <MessagesSquare size={16} aria-hidden className="text-green" />,
  whisper: <Ear size={16} aria-hidden className="text-amber" />,
  alert: <BellRing size={16} aria-hidden className="text-amber" />,
}
