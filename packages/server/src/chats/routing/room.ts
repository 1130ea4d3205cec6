import type { AgentId, GroupId } from '@beckon/protocol'
import type { Picture } from '../../directory/directory.ts'
import { Refusal } from '../../refusal.ts'
import { chatLoads } from '../../store/routing-rows.ts'
import type { Tx } from '../../store/store.ts'
import { takeTurn } from '../../store/turn.ts'
import { hasRoom } from './routing.ts'
import { loadOf } from './seats.ts'

/**
 * C8: whoever takes a chat by hand keeps to the limits as well. An invited one comes past them,
 * also when it is taken back from a queue.
 */
export async function mustHaveRoom(
  tx: Tx,
  chat: { group_id: GroupId; invitation_id: string | null },
  { agentId, picture }: { agentId: AgentId; picture: Picture },
): Promise<void> {
  const limit = picture.agents.get(agentId)?.chatLimit
  const group = picture.groups.get(chat.group_id)
  if (chat.invitation_id !== null || limit === undefined || !group) return
  await takeTurn(tx, 'routing')
  const load = loadOf(await chatLoads(tx, agentId), agentId)
  if (hasRoom({ ...load, limit }, group)) return
  const own = load.load >= limit
  throw new Refusal(
    'limit_reached',
    own
      ? `You have ${load.load} of ${limit} chats. End one or pass it on first.`
      : `You have ${load.loadIn.get(group.id)} of ${group.chatLimit} chats of ${group.name}. End one or pass it on first.`,
  )
}
