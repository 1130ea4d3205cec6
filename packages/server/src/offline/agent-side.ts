import type { AgentCommand, OfflineMessageId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { cleanText } from '../chats/messages.ts'
import type { Commit, Work } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Directory } from '../directory/directory.ts'
import { newId } from '../ids.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { Refusal } from '../refusal.ts'
import { insertEvent } from '../store/event-rows.ts'
import {
  insertOfflineAnswer,
  markOfflineRead,
  type OfflineRecord,
  setOfflineDone,
  takeOffline,
} from '../store/offline-rows.ts'
import type { Clock } from '../time/clock.ts'
import { offlineVisibleTo } from './access.ts'
import { answerMail, mailingOf } from './mailing.ts'

type Command<T extends AgentCommand['type']> = Extract<AgentCommand, { type: T }>
type About = { id: string; messageId: OfflineMessageId }
type Done = Record<never, never>

/** What agents do with what was left. */
export function createOfflineSide(deps: { commit: Commit; directory: Directory; clock: Clock }) {
  const { commit, directory, clock } = deps

  /** A command about a message the agent may open, once. */
  const about = (
    actor: AgentActor,
    asked: About,
    act: (work: Work, message: OfflineRecord) => Promise<unknown>,
  ): Promise<Done> =>
    commit((work) =>
      once(work.tx, { actorId: actor.agentId, asked, at: clock.now() }, async () => {
        const who = { actor, picture: directory.now }
        await act(work, await offlineVisibleTo(work.tx, who, asked.messageId))
        work.announce({ type: 'offline' })
        return {}
      }),
    )

  const told = (
    { tx }: Work,
    type: `offline.${'taken' | 'answered' | 'done' | 'reopened'}`,
    { id, brand_id }: OfflineRecord,
    { agentId }: AgentActor,
  ) =>
    insertEvent(tx, {
      type,
      at: clock.now(),
      brandId: brand_id,
      subjectId: id,
      by: { kind: 'agent', id: agentId },
    })

  async function answer(
    work: Work,
    message: OfflineRecord,
    { actor, said }: { actor: AgentActor; said: string },
  ) {
    const { tx } = work
    const at = clock.now()
    const text = cleanText(said).trim()
    if (text === '') throw new Refusal('nothing_to_say', 'Write something first.')
    const from = message.agent_id
    if (from !== null && from !== actor.agentId) throw taken()
    if (!(await takeOffline(tx, message.id, { from, to: actor.agentId, at }))) throw taken()
    const site = directory.now.sites.get(message.site_id)
    const siteName = site?.name ?? ''
    const mailing = message.department_id && (await mailingOf(tx, message.department_id))
    const mailId = await queueMail(tx, {
      kind: 'offline_answer',
      to: message.email,
      ...answerMail({
        text,
        agentName: actor.chatName,
        siteName,
        language: message.language ?? site?.language ?? 'en',
        asked: message.text,
      }),
      replyTo: mailing ? mailing.address : undefined,
      brandId: message.brand_id,
      ...(message.visitor_id && { visitorId: message.visitor_id }),
      subjectId: message.id,
      at,
    })
    await insertOfflineAnswer(tx, {
      id: newId(),
      message_id: message.id,
      agent_id: actor.agentId,
      text,
      at,
      mail_id: mailId,
    })
    await setOfflineDone(tx, message.id, { at, by: actor.agentId })
    await told(work, 'offline.answered', message, actor)
  }

  return {
    'offline.read': (actor: AgentActor, command: Command<'offline.read'>) =>
      about(actor, command, ({ tx }, { id }) => markOfflineRead(tx, id, clock.now())),

    'offline.take': (actor: AgentActor, command: Command<'offline.take'>) =>
      about(actor, command, async (work, message) => {
        const take = { from: command.from, to: actor.agentId, at: clock.now() }
        if (!(await takeOffline(work.tx, message.id, take))) throw taken()
        await told(work, 'offline.taken', message, actor)
      }),

    'offline.answer': (actor: AgentActor, command: Command<'offline.answer'>) =>
      about(actor, command, (work, message) =>
        answer(work, message, { actor, said: command.text }),
      ),

    'offline.done': (actor: AgentActor, command: Command<'offline.done'>) =>
      about(actor, command, async (work, message) => {
        const done = command.done ? { at: clock.now(), by: actor.agentId } : null
        if (!(await setOfflineDone(work.tx, message.id, done))) return
        await told(work, done ? 'offline.done' : 'offline.reopened', message, actor)
      }),
  }
}

const taken = () =>
  new Refusal('already_taken', 'A colleague has taken this message. Look at the list again.')
