import type { GroupId, InvitationView, ValuesState, VisitId } from '@beckon/protocol'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { sentenceOf } from '../api.ts'
import { CommandRefused } from '../live/commands.ts'
import { sendCommand } from '../live/live.ts'
import { serverClock } from '../server-clock.ts'
import type { Notice } from './invitation-notice.tsx'
import type { Outcome } from './recipients.ts'
import { tellRefused } from './refused-invitation.tsx'
import { tellSent } from './sent-invitation.ts'

type What = {
  template: string
  groupId: GroupId
  to: readonly {
    values: ValuesState
    /** Takes back the open invitation for this one. */
    replace: boolean
    /** The agent knows that the last one was declined or ignored. */
    again: boolean
  }[]
}

export type Sending = {
  busy: boolean
  /** What the last try came to with each; nothing before it and after the text was changed. */
  outcomes: ReadonlyMap<VisitId, Outcome>
  send(what: What): Promise<ReadonlyMap<VisitId, Outcome>>
  /** The text changed: refusals were about the old one. */
  forget(): void
}

/**
 * One for as long as the dialog is open. Sends what is previewed: the version of the values on the screen goes along (S29). Several are
 * several commands, each decided by itself: one that is refused takes nothing from the others (W9).
 */
export function useSending(): Sending {
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [outcomes, setOutcomes] = useState<ReadonlyMap<VisitId, Outcome>>(new Map())
  // Closing the dialog takes back what has not left this computer yet.
  const leaving = useRef<AbortController>(undefined)
  useEffect(() => {
    const here = new AbortController()
    leaving.current = here
    return () => here.abort()
  }, [])

  async function send(what: What): Promise<ReadonlyMap<VisitId, Outcome>> {
    if (busy) return outcomes
    setBusy(true)
    const results = new Map([...outcomes].filter(([, { kind }]) => kind === 'sent'))
    setOutcomes(new Map(results))
    const sent: InvitationView[] = []
    const { signal } = leaving.current ?? {}
    await Promise.all(
      what.to.map(async (one) => {
        const outcome = await sendOne(what, one, signal)
        if ('invitation' in outcome) sent.push(outcome.invitation)
        if (outcome.kind) results.set(one.values.visitId, outcome as Outcome)
      }),
    )
    if (sent.length > 0) tellSent(sent)
    if (signal?.aborted) {
      const refused = what.to.flatMap(({ values }) => {
        const outcome = results.get(values.visitId)
        return outcome?.kind === 'not_sent' ? [{ values, notice: outcome.notice }] : []
      })
      tellRefused(refused, (visit) => void navigate({ to: '/whos-on', search: { visit } }))
    }
    setOutcomes(results)
    setBusy(false)
    return results
  }

  function forget() {
    const kept = [...outcomes].filter(([, { kind }]) => kind === 'sent')
    if (kept.length < outcomes.size) setOutcomes(new Map(kept))
  }

  return { busy, outcomes, send, forget }
}

type Answer =
  | { kind: 'sent'; invitation: InvitationView }
  | { kind: 'not_sent'; notice: Notice }
  /** Taken back before it left. */
  | { kind: undefined }

async function sendOne(
  { template, groupId }: What,
  { values, replace, again }: What['to'][number],
  signal: AbortSignal | undefined,
): Promise<Answer> {
  try {
    const { invitation } = await sendCommand(
      {
        type: 'invitation.send',
        visitId: values.visitId,
        groupId,
        template,
        version: values.version,
        ...(replace && values.open && { replace: values.open.id }),
        ...(again && { again }),
      },
      signal && { signal },
    )
    return { kind: 'sent', invitation }
  } catch (thrown) {
    if (thrown instanceof CommandRefused && thrown.code === 'given_up') return { kind: undefined }
    return { kind: 'not_sent', notice: noticeOf(thrown) }
  }
}

function noticeOf(thrown: unknown): Notice {
  if (thrown instanceof CommandRefused) {
    const { code, details } = thrown
    if (code === 'preview_stale') return { kind: 'stale' }
    if (code === 'visitor_invited' && details.invitation) {
      return { kind: 'invited', invitation: details.invitation, triedAt: serverClock.now() }
    }
    if (code === 'visitor_in_chat' && details.chatId) {
      return { kind: 'in_chat', chatId: details.chatId }
    }
    if (code === 'visitor_gone') return { kind: 'gone' }
    if (code === 'invited_before') return { kind: 'before', past: details.past ?? [] }
  }
  return { kind: 'refused', message: sentenceOf(thrown) }
}
