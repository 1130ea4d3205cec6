import { useTopic } from '../live/use-topic.ts'

/** What is open already: invitations that are answered come on top, whatever the limit. */
export function CapacityHint() {
  const { state } = useTopic<'me'>({ topic: 'me' })
  if (!state) return null
  const open = state.invitations.filter(({ endedAt }) => endedAt === undefined).length
  if (state.activeChats === 0 && open === 0) return null
  const chats = `${state.activeChats} of ${state.chatLimit} chats`
  const invitations = `${open} ${open === 1 ? 'invitation' : 'invitations'} open`
  return (
    <p className="tabular-nums">
      You have {chats} and {invitations}.
    </p>
  )
}
