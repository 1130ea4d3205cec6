import type { AgentId, VisitorId } from '@beckon/protocol'
import { createBoardTopic } from '../board/board-topic.ts'
import { createAgentSide } from '../chats/agent-side.ts'
import { endChat } from '../chats/changes.ts'
import { createChatTags } from '../chats/chat-tags.ts'
import { createChatTopic } from '../chats/chat-topic.ts'
import { createChatTyping } from '../chats/chat-typing.ts'
import { createChatsTopic } from '../chats/chats-topic.ts'
import { createContact } from '../chats/contact.ts'
import { createChatFeed } from '../chats/feed.ts'
import { createJoining } from '../chats/joining.ts'
import { createChatNotes } from '../chats/notes.ts'
import { createReceivers } from '../chats/receivers.ts'
import { createQueues } from '../chats/routing/queues.ts'
import { createRouter } from '../chats/routing/router.ts'
import { createTransfer } from '../chats/transfer.ts'
import { createVisitorSide } from '../chats/visitor-side.ts'
import { createVisitorTabs } from '../chats/visitor-tabs.ts'
import { createColleagues } from '../colleagues/colleagues.ts'
import { createColleaguesTopic } from '../colleagues/colleagues-topic.ts'
import type { Directory } from '../directory/directory.ts'
import { createSurveys } from '../forms/surveys.ts'
import { newToken } from '../ids.ts'
import type { Terms } from '../invitations/invitation.ts'
import { createInvitations } from '../invitations/invitations.ts'
import type { Bus } from '../realtime/bus.ts'
import type { AgentDoors, TopicDoors, VisitorDoors } from '../realtime/doors.ts'
import { createSeals, type Seals } from '../sign-in/seals.ts'
import { type AgentLines, createAgentLines } from '../standing/agent-lines.ts'
import { createMeTopic } from '../standing/me-topic.ts'
import { createStanding } from '../standing/standing.ts'
import { createSwitches } from '../standing/switches.ts'
import { liveChatEntries, openChatOf } from '../store/chat-rows.ts'
import { forgetDoneCommands } from '../store/command-rows.ts'
import type { Store } from '../store/store.ts'
import { type Clock, days, minutes, seconds } from '../time/clock.ts'
import { recordIdentified } from '../visitors/identified.ts'
import { createMarks } from '../visitors/marks.ts'
import { createNotes } from '../visitors/notes.ts'
import { createTags } from '../visitors/tags.ts'
import { createVisitorTopic } from '../visitors/visitor-topic.ts'
import type { LiveVisit, Presence } from '../visits/presence.ts'
import { createBackground, type FaultLog } from './background.ts'
import { createCommit, type Work } from './commit.ts'
import { createLine } from './line.ts'
import { createTicks } from './ticks.ts'
import { createWelcome } from './welcome.ts'

export type ConversationSettings = {
  invitationSeconds: number
  expireMinutes: number
  courtesyHours: number
  graceSeconds: number
}

export type Conversations = {
  readonly visitorDoors: VisitorDoors
  readonly agentDoors: AgentDoors
  readonly topics: TopicDoors
  /** A ban ends what is open with the visitor, in the caller's work (I23). */
  endTalk(work: Work, visitorId: VisitorId, by: AgentId): Promise<void>
  /** Marks who is invited or in a chat, then sweeps deadlines until stopped. After presence is up. */
  start(): Promise<void>
  stop(): Promise<void>
  /** One sweep now. */
  sweep(): Promise<void>
  /** Resolves when nothing of ours is under way: what was announced has been told. */
  settled(): Promise<void>
}

/** Twice as often as the promise that an ended card is gone within a second. */
const SWEEP_EVERY = 500
const TIDY_EVERY = minutes(60)
const DONE_COMMANDS_KEPT = days(1)

/** Invitations, chats and the agents' standing: everything that is said between people. */
export function createConversations(deps: {
  store: Store
  directory: Directory
  bus: Bus
  clock: Clock
  presence: Presence
  settings: ConversationSettings
  log: FaultLog
  /** The installation's; one of its own is understood on this server alone. */
  seals?: Seals
  /** Whose consoles are connected: known from `came` and `left` unless somebody else knows it. */
  lines?: AgentLines
}): Conversations {
  const { store, directory, bus, clock, presence, settings, log } = deps
  const seals = deps.seals ?? createSeals(() => [newToken()])
  const terms: Terms = {
    answer: seconds(settings.invitationSeconds),
    unseen: minutes(settings.expireMinutes),
  }
  const background = createBackground({ log })
  const commit = createCommit({ store, bus })
  const line = createLine()
  const ticks = createTicks()
  const invitations = createInvitations({
    store,
    commit,
    bus,
    directory,
    clock,
    presence,
    line,
    ticks,
    background,
    terms,
  })
  const { moves, delivery, ends } = invitations
  const colleagues = createColleagues({ bus, clock, presence })
  const notes = createNotes({ commit, clock, presence })
  const tags = createTags({ commit, clock, presence })
  const marks = createMarks({ store, bus, presence, background })

  const feed = createChatFeed({ store, bus, line, background, seals })
  const lines =
    deps.lines ??
    createAgentLines({
      store,
      commit,
      clock,
      background,
      graceMs: seconds(settings.graceSeconds),
    })
  const queues = createQueues({ clock })
  const router = createRouter({
    store,
    commit,
    directory,
    clock,
    lines,
    queues,
    background,
  })
  const receivers = createReceivers({ directory, lines, clock })
  const chatTyping = createChatTyping({ bus, clock, seals, onAgent: router.atIt })
  const visitors = createVisitorSide({
    store,
    commit,
    directory,
    clock,
    presence,
    moves,
    typing: chatTyping,
    receivers,
  })
  const agents = createAgentSide({
    store,
    commit,
    directory,
    clock,
    typing: chatTyping,
    background,
  })
  const tabs = createVisitorTabs({
    store,
    commit,
    directory,
    clock,
    presence,
    line,
    feed,
    ticks,
    background,
  })
  const together = { commit, directory, clock }
  const chatNotes = createChatNotes(together)
  const chatTags = createChatTags(together)
  const joining = createJoining(together)
  const switches = createSwitches(together)
  const surveys = createSurveys({ commit, directory, clock })
  const standing = createStanding({ commit, directory, clock, handOn: router.handOnAll })
  presence.provideWelcome(createWelcome({ store, directory, clock, presence, delivery, tabs }))

  presence.provideFace?.(({ off, brandId }, departmentIds) =>
    off ? { online: false } : receivers.face({ brandId, ...(departmentIds && { departmentIds }) }),
  )
  const closers: (() => void)[] = [
    recordIdentified({ commit, clock, presence, background }),
    feed.listen((news) => {
      if (news.type === 'chats' && news.entries.some(({ state }) => state === 'queued')) {
        router.look()
      }
    }),
    bus.subscribe(({ type }) => {
      if (type !== 'standing') return
      router.look()
      lookAtFaces()
    }),
    presence.onChange(({ type, visit }) => {
      if (type === 'removed' || type === 'reset') left(visit)
    }),
    directory.onChange(() => {
      router.look()
      presence.lookChanged?.()
      background.run('sites off', sitesOff)
    }),
  ]

  function left(visit: LiveVisit) {
    if (visit.elsewhere) return
    const others = presence.ofVisitor(visit.visitorId)
    if (others.some((one) => one.id !== visit.id && one.row.status !== 'removed')) return
    background.run('visitor left', () => ends.left(visit.visitorId))
  }

  async function sitesOff() {
    const off = [...directory.now.sites.values()].filter((site) => site.off)
    await ends.sitesOff(off.map((site) => site.id))
  }

  let mark = ''
  /** Somebody came to receive chats or left, or hours began or ended: links show another face. */
  function lookAtFaces() {
    if (mark === receivers.mark) return
    mark = receivers.mark
    presence.lookChanged?.()
  }

  let sweeping = false
  async function sweep() {
    if (sweeping) return
    sweeping = true
    try {
      ticks.tick()
      colleagues.sweep()
      invitations.forgetVersions()
      router.look()
      router.tidy()
      lookAtFaces()
      await ends.sweep()
    } finally {
      sweeping = false
    }
  }

  async function markEverybody() {
    const chats = await store.read(async (db) => {
      await invitations.mark(db)
      return liveChatEntries(db, clock.now())
    })
    for (const chat of chats) presence.mark(chat.visitor_id, { chat: tabs.markOf(chat) })
  }

  async function settled() {
    await background.settled()
    await line.settled()
    await background.settled()
  }

  return {
    visitorDoors: {
      'consent.withdrawn': ({ visitorId }) => ends.consentWithdrawn(visitorId),
      ...invitations.visitorDoors,
      'chat.start': visitors.start,
      'chat.open': tabs.open,
      'chat.typing': visitors.type,
      'chat.typed': visitors.readAlong,
      'chat.seen': visitors.see,
      'chat.delivered': tabs.delivered,
      'chat.end': visitors.end,
      'message.send': visitors.send,
      'form.ask': visitors.askForm,
      'survey.answer': surveys.answer,
    },
    agentDoors: {
      ...invitations.agentDoors,
      'availability.set': standing.available,
      'group.setActive': standing.active,
      'chats.handOn': standing.leave,
      'chat.take': agents.take,
      'chat.end': agents.end,
      'chat.transfer': createTransfer({ ...together, lines }),
      'chat.note': chatNotes.add,
      'chat.whisper': chatNotes.whisper,
      'chat.join': joining.join,
      'chat.leave': joining.leave,
      'chat.takeOver': joining.takeOver,
      'chat.tag': chatTags.put,
      'chat.untag': chatTags.take,
      'chat.contact': createContact(together),
      'agent.setAvailable': switches.available,
      'agent.setActive': switches.active,
      'message.send': agents.send,
      'chat.typing': agents.type,
      'chat.seen': agents.see,
      'chat.delivered': agents.deliver,
      'visitor.note': notes.add,
      'note.edit': notes.edit,
      'note.delete': notes.remove,
      'visitor.tag': tags.put,
      'visitor.untag': tags.take,
      attend: colleagues.attend,
      came: (actor, connectionId) => lines.came(actor.agentId, connectionId),
      left(connectionId) {
        lines.left(connectionId)
        colleagues.left(connectionId)
      },
    },
    topics: {
      values: invitations.values,
      chats: createChatsTopic({ store, directory, clock, line, feed, ticks, background }),
      chat: createChatTopic({ store, directory, presence, line, feed, ticks, background }),
      board: createBoardTopic({ store, bus, directory, clock, line, ticks, background }),
      colleagues: createColleaguesTopic({ colleagues, directory, presence, ticks }),
      visitor: createVisitorTopic({ store, bus, directory, presence, background }),
      me: createMeTopic({
        store,
        bus,
        directory,
        clock,
        delivery,
        line,
        ticks,
        background,
        queues,
        settings,
      }),
    },
    async start() {
      lines.start()
      await lines.refresh()
      await markEverybody()
      marks.everybody()
      await sitesOff()
      closers.push(
        clock.every(SWEEP_EVERY, () => background.run('sweep', sweep)),
        clock.every(TIDY_EVERY, () =>
          background.run('tidy', () =>
            commit(({ tx }) => forgetDoneCommands(tx, clock.now() - DONE_COMMANDS_KEPT)),
          ),
        ),
      )
    },
    async stop() {
      for (const close of closers.splice(0)) close()
      invitations.hush()
      chatTyping.stop()
      marks.stop()
      await settled()
      delivery.stop()
      tabs.stop()
      colleagues.stop()
      lines.stop()
      feed.stop()
    },
    async endTalk(work, visitorId, by) {
      await ends.banned(work, visitorId, by)
      const chat = await openChatOf(work.tx, visitorId)
      if (chat)
        await endChat(work, chat, { by: { kind: 'agent', id: by }, clock, reason: 'banned' })
    },
    sweep,
    settled,
  }
}
