import type { GroupId, ValuesState } from '@beckon/protocol'
import { Send } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { sentenceOf } from '../api.ts'
import { CommandRefused } from '../live/commands.ts'
import { sendCommand } from '../live/live.ts'
import type { Notice } from './invitation-notice.tsx'
import { tellSent } from './sent-invitation.ts'

type What = { template: string; groupId: GroupId; replace: boolean }

type Sending = {
  busy: boolean
  /** What the last try came to; undefined before it and after the text was changed. */
  notice: Notice | undefined
  send(what: What): Promise<void>
  forget(): void
}

/** Sends what is previewed: the version of the values on the screen goes along (S29). */
export function useSending(deps: {
  values: ValuesState
  onSent: (sent: { template: string; groupId: GroupId }) => void
}): Sending {
  const [busy, setBusy] = useState(false)
  const [notice, setNotice] = useState<Notice>()
  const latest = useRef(deps)
  latest.current = deps
  // Closing the dialog takes back what has not left this computer yet.
  const leaving = useRef<AbortController>(undefined)
  useEffect(() => {
    const here = new AbortController()
    leaving.current = here
    return () => here.abort()
  }, [])

  async function send({ template, groupId, replace }: What): Promise<void> {
    if (busy) return
    setBusy(true)
    setNotice(undefined)
    const { values } = latest.current
    const { open } = values
    const signal = leaving.current?.signal
    try {
      const { invitation } = await sendCommand(
        {
          type: 'invitation.send',
          visitId: values.visitId,
          groupId,
          template,
          version: values.version,
          ...(replace && open && { replace: open.id }),
        },
        signal && { signal },
      )
      tellSent(invitation, <Send size={16} aria-hidden />)
      latest.current.onSent({ template, groupId })
    } catch (thrown) {
      if (!(thrown instanceof CommandRefused && thrown.code === 'given_up')) {
        setNotice(noticeOf(thrown))
      }
    } finally {
      setBusy(false)
    }
  }

  return { busy, notice, send, forget: () => notice && setNotice(undefined) }
}

function noticeOf(thrown: unknown): Notice {
  if (thrown instanceof CommandRefused) {
    const { code, details } = thrown
    if (code === 'preview_stale') return { kind: 'stale' }
    if (code === 'visitor_invited' && details.invitation) {
      return { kind: 'invited', invitation: details.invitation }
    }
    if (code === 'visitor_in_chat' && details.chatId) {
      return { kind: 'in_chat', chatId: details.chatId }
    }
    if (code === 'visitor_gone') return { kind: 'gone' }
  }
  return { kind: 'refused', message: sentenceOf(thrown) }
}
