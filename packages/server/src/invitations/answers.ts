import type { ChatId, InvitationId, SiteId, VisitorFrame } from '@beckon/protocol'
import { say } from '../chats/messages.ts'
import type { Commit, Work } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Typing } from '../conversations/typing.ts'
import type { Directory } from '../directory/directory.ts'
import { notThere, Refusal } from '../refusal.ts'
import type { EventActor } from '../store/event-rows.ts'
import { type InvitationRow, invitationById } from '../store/invitation-rows.ts'
import type { Clock } from '../time/clock.ts'
import { storedIdentity } from '../visits/identity.ts'
import type { Presence, VisitorActor } from '../visits/presence.ts'
import { openInvitedChat } from './accept.ts'
import {
  accept,
  decline,
  deliver,
  isDue,
  keep,
  type Open,
  stepsToViewed,
  type Terms,
  type Viewed,
} from './invitation.ts'
import type { Moves } from './moves.ts'

type Frame<T extends VisitorFrame['type']> = Extract<VisitorFrame, { type: T }>

type AnswerDeps = {
  commit: Commit
  directory: Directory
  clock: Clock
  presence: Presence
  moves: Moves
  typing: Typing<InvitationId>
  terms: Terms
  /** Writes down that the visitor is writing, seldom (see keystrokes.ts). */
  keystroke(id: InvitationId): void
}

/** What the invited visitor's browser says about an invitation. Only theirs exist for it (I10). */
export function createAnswers(deps: AnswerDeps) {
  const { commit, directory, clock, presence, moves, typing, terms } = deps

  /** The tracker has it. Late for an ended one: that page is told to take the card away. */
  async function delivered(visitor: VisitorActor, frame: Frame<'invitation.delivered'>) {
    const now = clock.now()
    const row = await commit(async (work) => {
      await theirs(work, visitor, frame.invitationId)
      return moves.move(work, frame.invitationId, (open) =>
        open.state === 'sent' && !isDue(open, now)
          ? { steps: [deliver(open, now)], by: by(visitor) }
          : undefined,
      )
    })
    tellIfEnded(visitor, row)
  }

  /** First painted in a visible tab; the site it is painted on is the invitation's from now on. */
  async function viewed(visitor: VisitorActor, frame: Frame<'invitation.viewed'>) {
    const now = clock.now()
    const row = await commit(async (work) => {
      await theirs(work, visitor, frame.invitationId)
      return moves.move(work, frame.invitationId, (open) =>
        isDue(open, now)
          ? undefined
          : { steps: stepsToViewed(open, now, terms), by: by(visitor), siteId: visitor.siteId },
      )
    })
    tellIfEnded(visitor, row)
  }

  async function typed(visitor: VisitorActor, frame: Frame<'invitation.typing'>) {
    const row = await commit((work) => theirs(work, visitor, frame.invitationId))
    if (row.state !== 'viewed') return tellIfEnded(visitor, row)
    typing.set(row.id, true)
    deps.keystroke(row.id)
  }

  async function kept(visitor: VisitorActor, frame: Frame<'invitation.keep'>) {
    const now = clock.now()
    await answerOnce(visitor, frame, (work) =>
      change(work, visitor, frame.invitationId, (open) => {
        const viewed = seenBy(open, now)
        const next = keep(viewed, now, terms)
        if (!next) throw new Refusal('not_allowed', 'It cannot be kept open any longer.')
        return { steps: [...stepsToViewed(open, now, terms), next], by: by(visitor) }
      }),
    )
  }

  async function declined(visitor: VisitorActor, frame: Frame<'invitation.decline'>) {
    const now = clock.now()
    await answerOnce(visitor, frame, (work) =>
      change(work, visitor, frame.invitationId, (open) => ({
        steps: [...stepsToViewed(open, now, terms), decline(seenBy(open, now), now)],
        by: by(visitor),
      })),
    )
  }

  /**
   * The first reply is the acceptance: state, chat, both messages and events in one work (S38). A
   * reply to an invitation that has become a chat (another tab was first) is a message in it (I12).
   */
  async function reply(
    visitor: VisitorActor,
    frame: Frame<'invitation.reply'>,
  ): Promise<{ seq: number; chatId: ChatId }> {
    const now = clock.now()
    const answer = await commit(async (work) => {
      const row = await theirs(work, visitor, frame.invitationId)
      if (row.chat_id) {
        const said = {
          sender: { from: 'visitor' },
          clientId: frame.id,
          text: frame.text,
          at: now,
        } as const
        const chat = { id: row.chat_id, brand_id: row.brand_id, visitor_id: row.visitor_id }
        const { seq } = await say(work, chat, said)
        return { seq, chatId: row.chat_id }
      }
      return acceptWith(work, visitor, row, frame)
    })
    // Now the visitor has asked for a service that needs storage.
    presence.raise(visitor.visitorId)
    return answer
  }

  async function acceptWith(
    work: Work,
    visitor: VisitorActor,
    row: InvitationRow,
    frame: Frame<'invitation.reply'>,
  ) {
    const now = clock.now()
    if (row.deadline === null || row.deadline <= now) throw ended()
    const visit = presence.find(visitor.visitId)
    if (visit) await presence.upsert(work.tx, visit.id)
    const site = row.state === 'viewed' ? row : { ...row, site_id: visitor.siteId }
    const { chat, seq } = await openInvitedChat(work, {
      row: site,
      visitor,
      who: (visit && storedIdentity(visit.row, ipModeOf(visit.siteId))) ?? {
        rung: 'code',
        text: row.recipient,
        verified: false,
      },
      reply: frame,
      picture: directory.now,
      at: now,
    })
    const moved = await change(work, visitor, row.id, (open) => ({
      steps: [...stepsToViewed(open, now, terms), accept(seenBy(open, now), now)],
      by: by(visitor),
      siteId: chat.site_id,
      chatId: chat.id,
    }))
    if (moved.chat_id !== chat.id) throw ended()
    return { seq, chatId: chat.id }
  }

  const ipModeOf = (siteId: SiteId) => directory.now.sites.get(siteId)?.ipMode ?? 'none'

  /** As the one who answers it sees it: what comes at or after the deadline is too late. */
  function seenBy(open: Open, now: number): Viewed {
    if (isDue(open, now)) throw ended()
    const last = stepsToViewed(open, now, terms).at(-1) ?? open
    if (last.state !== 'viewed') throw ended()
    return last
  }

  async function change(
    work: Work,
    visitor: VisitorActor,
    id: InvitationId,
    decide: Parameters<Moves['move']>[2],
  ) {
    const row = await theirs(work, visitor, id)
    if (row.deadline === null) throw ended()
    return moves.move(work, id, decide)
  }

  const answerOnce = (
    visitor: VisitorActor,
    asked: { id: string },
    work: (work: Work) => Promise<unknown>,
  ) =>
    commit((own) =>
      once(own.tx, { actorId: visitor.visitorId, asked, at: clock.now() }, async () => {
        await work(own)
        return {}
      }),
    )

  return { delivered, viewed, typed, kept, declined, reply }
}

async function theirs({ tx }: Work, visitor: VisitorActor, id: InvitationId) {
  const row = await invitationById(tx, id)
  if (!row || row.visitor_id !== visitor.visitorId) throw notThere('invitation')
  return row
}

function tellIfEnded(visitor: VisitorActor, row: InvitationRow) {
  const { state, reason } = row
  if (row.deadline !== null) return
  visitor.say({ type: 'invitation.ended', invitationId: row.id, state, ...(reason && { reason }) })
}

const by = (visitor: VisitorActor): EventActor => ({ kind: 'visitor', id: visitor.visitorId })

const ended = () =>
  new Refusal('invitation_ended', 'This invitation has ended. Start a chat with what you wrote?')
