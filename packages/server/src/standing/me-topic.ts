import type { MeEvent, MeState } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Queues } from '../chats/routing/queues.ts'
import type { Background } from '../conversations/background.ts'
import type { Line } from '../conversations/line.ts'
import type { Ticks } from '../conversations/ticks.ts'
import type { Directory, Group } from '../directory/directory.ts'
import type { Delivery } from '../invitations/delivery.ts'
import { invitationView } from '../invitations/view.ts'
import type { Bus } from '../realtime/bus.ts'
import type { OpenTopic, TopicDoor } from '../realtime/doors.ts'
import { notThere } from '../refusal.ts'
import { countActiveChats } from '../store/chat-rows.ts'
import { recentInvitationsOf } from '../store/invitation-rows.ts'
import { repliesIn } from '../store/message-rows.ts'
import type { Store } from '../store/store.ts'
import { type Clock, minutes, seconds } from '../time/clock.ts'

/** An ended invitation is told of this long: its toast is over by then. */
const ENDED_SHOWN = minutes(1)
/** Of a reply a toast shows one line. */
const REPLY_BEGINS = 120

/** The agent's own standing, and their invitations with their live states. */
export function createMeTopic(deps: {
  store: Store
  bus: Bus
  directory: Directory
  clock: Clock
  delivery: Pick<Delivery, 'isWriting'>
  line: Line
  ticks: Ticks
  background: Background
  queues: Pick<Queues, 'of' | 'alerts' | 'onChange'>
  settings: { courtesyHours: number }
}): TopicDoor<'me'> {
  const { store, bus, directory, clock, delivery, line, ticks, background, queues, settings } = deps

  async function read({ agentId }: AgentActor): Promise<MeState> {
    const since = clock.now() - ENDED_SHOWN
    const { rows, replies, activeChats } = await store.read(async (db) => {
      const rows = await recentInvitationsOf(db, agentId, since)
      const chatIds = rows.flatMap(({ state, chat_id }) =>
        state === 'accepted' && chat_id ? [chat_id] : [],
      )
      return {
        rows,
        replies: await repliesIn(db, chatIds),
        activeChats: await countActiveChats(db, agentId),
      }
    })
    const picture = directory.now
    const agent = picture.agents.get(agentId)
    if (!agent) throw notThere('agent')
    return {
      agentId,
      name: agent.name,
      chatName: agent.chatName,
      roles: [...agent.roles],
      available: agent.available,
      activeChats,
      chatLimit: agent.chatLimit,
      groups: groupsOf(agentId),
      invitations: rows.map((row) => {
        const reply = row.chat_id && replies.get(row.chat_id)
        return {
          ...invitationView(row, picture, delivery.isWriting(row.id)),
          ...(reply && { reply: reply.slice(0, REPLY_BEGINS) }),
        }
      }),
      courtesyHours: settings.courtesyHours,
    }
  }

  function groupsOf(agentId: AgentActor['agentId']): MeState['groups'] {
    const { groups, departments } = directory.now
    return [...groups.values()].flatMap((group) => {
      const member = group.members.get(agentId)
      const department = departments.get(group.departmentId)
      if (!member || !department) return []
      return {
        id: group.id,
        name: group.name,
        department: department.name,
        active: member.active,
        liveChat: department.liveChat,
        distribution: group.distribution,
        ...queueOf(group),
      }
    })
  }

  function queueOf(group: Group) {
    const { waiting, since } = queues.of(group.id)
    return {
      waiting,
      ...(since !== undefined && { waitingSince: since }),
      ...(group.alert.seconds !== null && { alertAfterMs: seconds(group.alert.seconds) }),
      alert: queues.alerts(group),
    }
  }

  return {
    open: (actor, _params, out) =>
      line.add(async (): Promise<OpenTopic<'me'>> => {
        let held = await read(actor)
        const state = held
        let closed = false
        const tell = (next: MeState) => {
          const event = difference(held, next)
          held = next
          if (event) out.emit(event)
        }
        const reread = () =>
          background.run('standing', () =>
            line.add(async () => {
              if (closed || !directory.now.agents.has(actor.agentId)) return
              const next = await read(actor)
              if (!closed) tell({ ...next, groups: groupsOf(actor.agentId) })
            }),
          )
        const dropOld = () => {
          const before = clock.now() - ENDED_SHOWN
          const invitations = held.invitations.filter(
            ({ endedAt }) => endedAt === undefined || endedAt > before,
          )
          if (invitations.length < held.invitations.length) tell({ ...held, invitations })
        }
        const lookAtQueues = () => tell({ ...held, groups: groupsOf(actor.agentId) })
        const closers = [
          queues.onChange(lookAtQueues),
          ticks.each(lookAtQueues),
          bus.subscribe((announcement) => {
            if (announcement.type === 'invitation') {
              if (announcement.invitation.agentId === actor.agentId) reread()
            } else if (announcement.type === 'standing' && announcement.agentId === actor.agentId) {
              reread()
            }
          }),
          directory.onChange(reread),
          ticks.each(dropOld),
        ]
        return {
          state,
          flush() {
            dropOld()
            lookAtQueues()
          },
          close() {
            closed = true
            for (const close of closers) close()
          },
        }
      }),
  }
}

/** The fields that changed, whole. */
function difference(before: MeState, after: MeState): MeEvent | undefined {
  const event: MeEvent = {}
  for (const key of Object.keys(after) as (keyof MeState)[]) {
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) {
      Object.assign(event, { [key]: after[key] })
    }
  }
  return Object.keys(event).length > 0 ? event : undefined
}
