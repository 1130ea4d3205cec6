import type { AgentId, ChatLogLine, ChatLogWhat, GroupId, HandOffReason } from '@beckon/protocol'
import type { Picture } from '../directory/directory.ts'
import { agentName } from '../invitations/view.ts'
import type { EventRecord } from '../store/event-rows.ts'

/* The log of a chat is its rows in the event log, in words of names as they are now (C11). */

/** What is told of each kind of event; others about a chat are nobody's reading. */
const TOLD: Readonly<Record<string, ChatLogWhat>> = {
  'chat.queued': 'queued',
  'chat.started': 'started',
  'chat.transferred': 'transferred',
  'chat.handed_off': 'handed_off',
  'chat.joined': 'joined',
  'chat.left': 'left',
  'chat.taken_over': 'taken_over',
  'chat.noted': 'noted',
  'chat.whispered': 'whispered',
  'chat.tagged': 'tagged',
  'chat.untagged': 'untagged',
  'chat.named': 'named',
  'chat.ended': 'ended',
  'survey.answered': 'rated',
  'survey.changed': 'rated',
}

type Told = { agentId?: AgentId; groupId?: GroupId; text?: string; reason?: HandOffReason }

export const chatLog = (events: readonly EventRecord[], picture: Picture): ChatLogLine[] =>
  events.flatMap((event) => {
    const what = TOLD[event.type]
    if (!what) return []
    const { agentId, groupId, text, reason } = JSON.parse(event.data) as Told
    const { actor_kind: kind, actor_id: actorId } = event
    return {
      id: event.id,
      at: event.at,
      what,
      ...(kind === 'visitor' && { by: 'visitor' }),
      ...(kind === 'agent' &&
        actorId && { by: agentName(picture, actorId), byId: actorId as AgentId }),
      ...(agentId && { agentId, agentName: agentName(picture, agentId) }),
      ...(groupId && { groupName: picture.groups.get(groupId)?.name ?? 'A former group' }),
      ...(what === 'handed_off' && reason && { reason }),
      ...(text && { text }),
    }
  })
