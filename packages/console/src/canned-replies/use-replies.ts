import {
  BUILT_IN_VARIABLES,
  type CannedReplyView,
  type ChatRow,
  renderTemplate,
} from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { useLiveStatus } from '../live/use-freshness.ts'
import { useTopic } from '../live/use-topic.ts'
import { groupsQuery, sitesQuery } from '../queries.ts'
import { cannedRepliesQuery } from './canned-replies.ts'
import { foundReplies } from './found-replies.ts'

/** A reply with the visitor's values filled in: what a click puts into the message. */
export type FilledReply = { reply: CannedReplyView; filled: string }

const MOST_SHOWN = 40

/**
 * Replies for one chat and what was typed; nothing is asked for before something is (null). Values
 * come live while the visitor is known; of one who has left only what the chat itself says.
 */
export function useReplies(
  chat: ChatRow | undefined,
  query: string | null,
): FilledReply[] | undefined {
  const asked = chat !== undefined && query !== null
  const { connected } = useLiveStatus()
  const { data: replies } = useQuery({ ...cannedRepliesQuery, enabled: asked })
  const { data: groups } = useQuery({ ...groupsQuery, enabled: asked })
  const { data: sites } = useQuery({ ...sitesQuery, enabled: asked })
  const { state, refused } = useTopic<'values'>(
    asked ? { topic: 'values', visitId: chat.visitId } : null,
  )
  const { state: me } = useTopic<'me'>(asked ? { topic: 'me' } : null)
  const { state: visit } = useTopic<'visit'>(
    asked ? { topic: 'visit', visitId: chat.visitId } : null,
  )
  if (!asked || !replies || !groups || (connected && !state && !refused)) return undefined

  const values = {
    ...NO_VALUES,
    // A name the page gave; an address or a code is nothing to call somebody by.
    ...(chat.who.rung in NO_VALUES && chat.who.rung !== 'ip' && { [chat.who.rung]: chat.who.text }),
    site: sites?.find(({ id }) => id === chat.siteId)?.name ?? null,
    agentname: me?.chatName ?? null,
    ...state?.values,
    group: chat.groupName,
    department: chat.departmentName,
  }
  const departmentId = groups.find(({ id }) => id === chat.groupId)?.departmentId
  const language = visit?.row.language
  return foundReplies(replies, query, { departmentId, language })
    .slice(0, MOST_SHOWN)
    .map((reply) => ({ reply, filled: renderTemplate(reply.text, values) }))
}

const NO_VALUES: Readonly<Record<string, string | null>> = Object.fromEntries(
  BUILT_IN_VARIABLES.map(({ name }) => [name, null]),
)
