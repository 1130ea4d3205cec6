import { type AgentCommand, LIMITS, type Tag } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Commit } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Directory } from '../directory/directory.ts'
import { Refusal } from '../refusal.ts'
import { putChatTag, tagsOfChat, takeChatTag } from '../store/chat-note-rows.ts'
import { type EventRecord, insertEvent } from '../store/event-rows.ts'
import type { Tx } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { folded, tagName } from '../visitors/tag.ts'
import { tagNamed } from '../visitors/tags.ts'
import { chatVisibleTo, type VisibleChat } from './access.ts'
import { announceChat } from './changes.ts'

type Command<T extends AgentCommand['type']> = Extract<AgentCommand, { type: T }>

/** Tags on chats, also on those that have ended: the brand's one list, as for visitors. */
export function createChatTags(deps: { commit: Commit; directory: Directory; clock: Clock }) {
  const { commit, directory, clock } = deps
  const seenBy = (actor: AgentActor) => ({ actor, picture: directory.now })

  async function put(actor: AgentActor, command: Command<'chat.tag'>): Promise<{ tag: Tag }> {
    const at = clock.now()
    const name = tagName(command.name)
    return commit(({ tx, announce }) =>
      once(tx, { actorId: actor.agentId, asked: command, at }, async () => {
        const chat = await chatVisibleTo(tx, seenBy(actor), command.chatId)
        const on = await tagsOfChat(tx, chat.id)
        const there = on.find((tag) => folded(tag.name) === folded(name))
        if (there) return { tag: there }
        if (on.length >= LIMITS.chatTags) {
          throw new Refusal(
            'limit_reached',
            `This chat has ${on.length} tags, the most there may be. Remove one first.`,
          )
        }
        const tag = await tagNamed(tx, { brandId: chat.brand_id, name, at })
        await putChatTag(tx, { chat_id: chat.id, tag_id: tag.id, agent_id: actor.agentId, at })
        await log(tx, { type: 'chat.tagged', chat, actor, text: tag.name })
        announceChat(announce, chat)
        return { tag }
      }),
    )
  }

  function take(actor: AgentActor, command: Command<'chat.untag'>): Promise<Record<never, never>> {
    const at = clock.now()
    return commit(({ tx, announce }) =>
      once(tx, { actorId: actor.agentId, asked: command, at }, async () => {
        const chat = await chatVisibleTo(tx, seenBy(actor), command.chatId)
        const tag = (await tagsOfChat(tx, chat.id)).find(({ id }) => id === command.tagId)
        // Somebody else was faster: it is off, as was asked.
        if (!tag || !(await takeChatTag(tx, chat.id, tag.id))) return {}
        await log(tx, { type: 'chat.untagged', chat, actor, text: tag.name })
        announceChat(announce, chat)
        return {}
      }),
    )
  }

  const log = (
    tx: Tx,
    {
      type,
      chat,
      actor,
      text,
    }: { type: EventRecord['type']; chat: VisibleChat; actor: AgentActor; text: string },
  ) =>
    insertEvent(tx, {
      type,
      at: clock.now(),
      brandId: chat.brand_id,
      subjectId: chat.id,
      by: { kind: 'agent', id: actor.agentId },
      data: { text },
    })

  return { put, take }
}
