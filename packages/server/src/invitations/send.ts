import {
  type AgentCommand,
  type CommandResult,
  type InvitationView,
  LIMITS,
  renderTemplate,
  type ValuesState,
  type VisitId,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { mayInvite, mayWithdraw, seesVisitor } from '../agents/rights.ts'
import type { Commit, Work } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Directory, Site } from '../directory/directory.ts'
import { newId } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import { openChatOf } from '../store/chat-rows.ts'
import { insertEvent } from '../store/event-rows.ts'
import {
  type InvitationRow,
  insertInvitation,
  openInvitationOf,
  seenInvitationsOf,
} from '../store/invitation-rows.ts'
import type { Clock } from '../time/clock.ts'
import { storedIdentity } from '../visits/identity.ts'
import type { LiveVisit, Presence } from '../visits/presence.ts'
import { type Answered, asksFirst } from './courtesy.ts'
import { send, type Terms, withdraw } from './invitation.ts'
import type { Moves } from './moves.ts'
import type { Versions } from './versions.ts'
import { invitationView, pastInvitation } from './view.ts'

export type SendCommand = Extract<AgentCommand, { type: 'invitation.send' }>

type SendDeps = {
  commit: Commit
  directory: Directory
  clock: Clock
  presence: Presence
  versions: Versions
  moves: Moves
  terms: Terms
  /** For a preview that is gone: the values as they are now, under a new version. */
  freshValues(actor: AgentActor, visitId: VisitId): Promise<ValuesState | undefined>
}

/** Sends an invitation: all checks and the row in one work, so that of two senders one wins. */
export function createSend(deps: SendDeps) {
  const { commit, directory, clock, presence, versions, moves, terms } = deps

  return async (
    actor: AgentActor,
    command: SendCommand,
  ): Promise<CommandResult['invitation.send']> => {
    try {
      return await commit((work) =>
        once(work.tx, { actorId: actor.agentId, asked: command, at: clock.now() }, () =>
          sendOnce(work, actor, command),
        ),
      )
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'preview_stale') throw error
      const values = await deps.freshValues(actor, command.visitId)
      throw new Refusal(error.code, error.message, values && { values })
    }
  }

  async function sendOnce(work: Work, actor: AgentActor, command: SendCommand) {
    if (!mayInvite(actor)) {
      throw new Refusal(
        'not_allowed',
        'Only agents invite visitors. Ask an administrator for the role.',
      )
    }
    const { visit, site } = visitFor(actor, command.visitId)
    if (visit.row.bot) {
      throw new Refusal('not_allowed', 'This is a program, not a person: nobody would read it.')
    }
    await refuseInChat(work, visit)
    await makeRoom(work, actor, visit, command)
    if (!command.again) await askFirst(work, visit)
    const { group, department } = openGroup(visit, command)
    const text = rendered(actor, command, { group: group.name, department: department.name })

    const now = clock.now()
    const life = send(now, terms)
    await presence.upsert(work.tx, visit.id)
    const row = await insertInvitation(work.tx, {
      id: newId(),
      brand_id: visit.brandId,
      site_id: visit.siteId,
      visitor_id: visit.visitorId,
      visit_id: visit.id,
      agent_id: actor.agentId,
      group_id: group.id,
      recipient: storedIdentity(visit.row, site.ipMode).text,
      template: command.template,
      text,
      state: life.state,
      reason: null,
      ended_by: null,
      sent_at: life.sentAt,
      delivered_at: null,
      viewed_at: null,
      deadline: life.deadline,
      keeps: 0,
      typed_at: null,
      ended_at: null,
      chat_id: null,
    })
    await insertEvent(work.tx, {
      type: 'invitation.sent',
      at: now,
      brandId: row.brand_id,
      subjectId: row.id,
      by: { kind: 'agent', id: actor.agentId },
      data: {
        visitorId: row.visitor_id,
        agentId: row.agent_id,
        groupId: group.id,
        // The log remembers it for a group that is deleted before the visitor replies.
        departmentId: department.id,
        siteId: row.site_id,
      },
    })
    const invitation = invitationView(row, directory.now, false)
    work.announce({ type: 'invitation', brandId: row.brand_id, invitation })
    return { invitation }
  }

  /** A visit of another brand looks like one that has left (T3). */
  function visitFor(actor: AgentActor, visitId: VisitId): { visit: LiveVisit; site: Site } {
    const visit = presence.find(visitId)
    const site = visit && directory.now.sites.get(visit.siteId)
    if (
      !visit ||
      visit.row.status === 'removed' ||
      !site ||
      site.off ||
      !seesVisitor(actor, visit.brandId, ownersOf(visit))
    ) {
      throw new Refusal('visitor_gone', 'This visitor has left the site or has been removed.')
    }
    return { visit, site }
  }

  async function refuseInChat({ tx }: Work, visit: LiveVisit) {
    const chat = await openChatOf(tx, visit.visitorId)
    if (!chat) return
    throw new Refusal('visitor_in_chat', 'This visitor is in a chat already. Open that chat.', {
      chatId: chat.id,
    })
  }

  /** At most one open invitation per visitor: only a manager, or its inviter, replaces it. */
  async function makeRoom(work: Work, actor: AgentActor, visit: LiveVisit, command: SendCommand) {
    const row = await openInvitationOf(work.tx, visit.visitorId)
    if (!row) return
    const invited = { agentId: row.agent_id, groupId: row.group_id, brandId: row.brand_id }
    if (command.replace !== row.id || !mayWithdraw(actor, invited, directory.now)) {
      throw invitedAlready(invitationView(row, directory.now, false), clock.now())
    }
    await moves.move(work, row.id, (open) => ({
      steps: [withdraw(open, clock.now(), 'replaced')],
      by: { kind: 'agent', id: actor.agentId },
      endedBy: actor.agentId,
    }))
  }

  /** Whoever said no, or let it pass, is asked again only by somebody who knows that (W12). */
  async function askFirst({ tx }: Work, visit: LiveVisit) {
    const past = await seenInvitationsOf(tx, visit.visitorId, PAST_SHOWN)
    if (!asksFirst(past.map(answered))) return
    throw new Refusal(
      'invited_before',
      'The last invitation to this visitor was declined or ignored. Look at what was sent before you invite again.',
      { past: past.map((row) => pastInvitation(row, directory.now)) },
    )
  }

  function openGroup(visit: LiveVisit, command: SendCommand) {
    const group = directory.now.groups.get(command.groupId)
    const department = group && directory.now.departments.get(group.departmentId)
    if (!group || !department?.liveChat || group.brandId !== visit.brandId) {
      throw new Refusal('group_closed', 'This group takes no chats now. Choose another one.')
    }
    return { group, department }
  }

  /** Exactly the preview: the version that was shown, not the values as they are now (S29). */
  function rendered(
    actor: AgentActor,
    command: SendCommand,
    chosen: { group: string; department: string },
  ): string {
    const version = versions.find(actor.agentId, command.version)
    const choice = version?.groups.find((group) => group.id === command.groupId)
    if (!version || version.visitId !== command.visitId || !choice) {
      throw new Refusal(
        'preview_stale',
        'The preview is out of date. Look at the new one, then send.',
      )
    }
    const names = { group: choice.name || chosen.group, department: choice.department }
    const text = renderTemplate(command.template, { ...version.values, ...names })
    if (text.trim() === '') throw new Refusal('nothing_to_say', 'Nothing would be left to read.')
    if (text.length > LIMITS.messageCharacters) {
      const over = text.length - LIMITS.messageCharacters
      throw new Refusal(
        'too_long',
        `The message is ${over} characters too long once it is filled in.`,
      )
    }
    return text
  }
}

/** Enough to tell how a visitor has taken it so far. */
export const PAST_SHOWN = 10

export const answered = (row: InvitationRow): Answered => ({
  state: row.state,
  endedAt: row.ended_at,
})

/** Whose visitor it is besides everybody of the brand (W14). */
export const ownersOf = (visit: LiveVisit): string[] => {
  const { invitation, chat } = visit.row
  const open = invitation && invitation.endedAt === undefined ? [invitation.agentId] : []
  return chat?.agentId ? [...open, chat.agentId] : open
}

function invitedAlready(invitation: InvitationView, now: number): Refusal {
  const ago = Math.max(1, Math.round((now - invitation.sentAt) / 1_000))
  return new Refusal(
    'visitor_invited',
    `${invitation.agentName} invited this visitor ${ago} s before you. Your text is kept as a draft.`,
    { invitation },
  )
}
