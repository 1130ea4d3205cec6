import type { ChatId, Identity, VisitorFrame } from '@beckon/protocol'
import type { Commit, Work } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Directory } from '../directory/directory.ts'
import { formOf, takeAnswers } from '../forms/form.ts'
import { departmentsFor, offered } from '../forms/offered.ts'
import type { Moves } from '../invitations/moves.ts'
import { Refusal } from '../refusal.ts'
import { openChatOf, raiseMark } from '../store/chat-rows.ts'
import { contactGiven } from '../store/contact-rows.ts'
import { insertAnswers } from '../store/form-rows.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { legible, storedIdentity } from '../visits/identity.ts'
import type { Presence, VisitorActor } from '../visits/presence.ts'
import { chatOfVisitor } from './access.ts'
import { announceChat, endChat } from './changes.ts'
import type { ChatTyping } from './chat-typing.ts'
import { say, sayIn } from './messages.ts'
import { openChat } from './open-chat.ts'
import type { Receivers } from './receivers.ts'

type Frame<T extends VisitorFrame['type']> = Extract<VisitorFrame, { type: T }>

/** What visitors do with their chat. */
export function createVisitorSide(deps: {
  store: Store
  commit: Commit
  directory: Directory
  clock: Clock
  presence: Presence
  moves: Moves
  typing: ChatTyping
  receivers: Pick<Receivers, 'groups' | 'face'>
}) {
  const { store, commit, directory, clock, presence, moves, typing, receivers } = deps

  /** A chat the visitor asks for waits in the queue; an open invitation is superseded by it. */
  async function start(
    visitor: VisitorActor,
    frame: Frame<'chat.start'>,
  ): Promise<{ seq: number; chatId: ChatId }> {
    let attributes: Record<string, string> = {}
    const started = await commit((work) =>
      once(work.tx, { actorId: visitor.visitorId, asked: frame, at: clock.now() }, async () => {
        const { attributes: said, ...answer } = await startOnce(work, visitor, frame)
        attributes = said
        return answer
      }),
    )
    presence.raise(visitor.visitorId)
    if (Object.keys(attributes).length > 0) presence.describe?.(visitor.visitorId, attributes)
    return started
  }

  async function askForm(visitor: VisitorActor, { linkId }: Frame<'form.ask'>): Promise<void> {
    const { siteId, language } = visitor
    const departments = offered(directory.now, { siteId, linkId, language }, receivers.face)
    visitor.say({ type: 'form', departments })
  }

  async function startOnce(work: Work, visitor: VisitorActor, frame: Frame<'chat.start'>) {
    // Banned since the frame came in: nothing may begin after what the ban has ended (I23).
    if (visitor.banned) throw new Refusal('not_allowed', 'Nothing more is taken from this browser.')
    if (await openChatOf(work.tx, visitor.visitorId)) {
      throw new Refusal('chat_open', 'You have an open chat already. Go on in that one.')
    }
    const { siteId, brandId } = visitor
    const departmentIds = departmentsFor(directory.now, { siteId, linkId: frame.linkId })
      .map(({ id }) => id)
      .filter((id) => !frame.departmentId || id === frame.departmentId)
    const group = departmentIds.length > 0 && receivers.groups({ brandId, departmentIds })[0]
    const site = directory.now.sites.get(visitor.siteId)
    if (!group || !site || site.off) {
      throw new Refusal('no_agents', 'Nobody can answer right now. Your text is still here.')
    }
    const said = takeAnswers(formOf(directory.now.forms, group.departmentId), {
      name: frame.name,
      email: frame.email,
      answers: frame.answers,
    })
    if (!said.ok) {
      const { problems } = said
      throw new Refusal('form_incomplete', 'Some fields are still to be filled in.', { problems })
    }
    const { name, email, answers, attributes } = said.taken
    const at = clock.now()
    await moves.supersede(work, visitor.visitorId)
    const visit = presence.find(visitor.visitId)
    if (visit) await presence.upsert(work.tx, visit.id)
    if (await contactGiven(work.tx, visitor.visitorId, { name, email })) {
      const { visitorId, brandId } = visitor
      work.announce({ type: 'visitor', visitorId, brandId, named: true })
    }
    const chat = await openChat(work, {
      brandId: visitor.brandId,
      siteId: visitor.siteId,
      visitorId: visitor.visitorId,
      visitId: visitor.visitId,
      groupId: group.id,
      who: whoIs(visit && storedIdentity(visit.row, site.ipMode), { name, email }),
      by: { kind: 'visitor', id: visitor.visitorId },
      at,
    })
    await insertAnswers(work.tx, chat.id, answers)
    const sender = { from: 'visitor' } as const
    const { seq } = await say(work, chat, { sender, clientId: frame.id, text: frame.text, at })
    return { seq, chatId: chat.id, attributes }
  }

  async function send(
    visitor: VisitorActor,
    frame: Frame<'message.send'>,
  ): Promise<{ seq: number }> {
    const { chatId, id: clientId, text } = frame
    const said = (work: Work) => {
      const chat = chatOfVisitor(work.tx, visitor, chatId)
      const words = { sender: { from: 'visitor' }, clientId, text, at: clock.now() } as const
      return sayIn(work, { id: chatId, chat }, words)
    }
    const { seq } = await commit(said, { inOneBreath: true })
    typing.set({ chatId: frame.chatId, visitorId: visitor.visitorId, who: 'visitor' }, false)
    return { seq }
  }

  async function type(visitor: VisitorActor, frame: Frame<'chat.typing'>): Promise<void> {
    const chat = await store.read((db) => chatOfVisitor(db, visitor, frame.chatId))
    if (chat.state === 'ended') return
    typing.set({ chatId: chat.id, visitorId: chat.visitor_id, who: 'visitor' }, frame.on)
  }

  /** Only where the page's site has it, which its panel says; kept nowhere. */
  async function readAlong(visitor: VisitorActor, frame: Frame<'chat.typed'>): Promise<void> {
    if (!directory.now.sites.get(visitor.siteId)?.showTyping) return
    const chat = await store.read((db) => chatOfVisitor(db, visitor, frame.chatId))
    if (chat.state === 'active') typing.read(chat.id, chat.visitor_id, frame.text)
  }

  /** Seen implies delivered. */
  const see = (visitor: VisitorActor, frame: Frame<'chat.seen'>): Promise<void> =>
    commit(
      async (work) => {
        const { chatId, seq } = frame
        const [chat, seen, delivered] = await Promise.all([
          chatOfVisitor(work.tx, visitor, chatId),
          raiseMark(work.tx, chatId, 'visitor_seen', seq),
          raiseMark(work.tx, chatId, 'visitor_delivered', seq),
        ])
        if (seen || delivered) announceChat(work.announce, chat)
      },
      { inOneBreath: true },
    )

  const end = (visitor: VisitorActor, frame: Frame<'chat.end'>): Promise<Record<never, never>> =>
    commit((work) =>
      once(work.tx, { actorId: visitor.visitorId, asked: frame, at: clock.now() }, async () => {
        const chat = await chatOfVisitor(work.tx, visitor, frame.chatId)
        await endChat(work, chat, { by: { kind: 'visitor', id: visitor.visitorId }, clock })
        return {}
      }),
    )

  return { start, askForm, send, type, readAlong, see, end }
}

/** Who is in this chat, for lists and search when the visit is gone: what was typed in beats a guess. */
function whoIs(
  known: Identity | undefined,
  { name, email }: { name: string | undefined; email: string | undefined },
): Identity {
  const verified = known?.verified ?? false
  if (verified && known) return known
  const called = legible(name)
  if (called !== '')
    return {
      rung: 'displayname',
      text: called,
      verified: false,
      ...(email && { next: email }),
    }
  if (email?.trim()) return { rung: 'email', text: email.trim(), verified: false }
  return known ?? { rung: 'code', text: 'Visitor', verified: false }
}
