import { LIMITS, type VisitorEvent, type VisitorId, type VisitorState } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { mayChangeNote, mayOpenChat } from '../agents/rights.ts'
import type { Background } from '../conversations/background.ts'
import type { Directory, Picture } from '../directory/directory.ts'
import { agentName } from '../invitations/view.ts'
import type { Bus } from '../realtime/bus.ts'
import type { TopicDoor } from '../realtime/doors.ts'
import { Refusal } from '../refusal.ts'
import { actorFrom } from '../sign-in/actor.ts'
import type { Db, Store } from '../store/store.ts'
import {
  chatsOf,
  identifiedOf,
  notesOf,
  participantsOfChats,
  tagsOf,
  visitorsOfSamePerson,
} from '../store/visitor-rows.ts'
import type { Presence } from '../visits/presence.ts'
import { visitorSeenBy } from './access.ts'

/** Of them those this agent may open are told; the oldest of a visitor with more are left out. */
const CHATS_READ = 4 * LIMITS.chatsShown

/** What is stored about one visitor, live for everybody who looks (W4). */
export function createVisitorTopic(deps: {
  store: Store
  bus: Bus
  directory: Directory
  presence: Presence
  background: Background
}): TopicDoor<'visitor'> {
  const { store, bus, directory, presence, background } = deps

  const read = (actor: AgentActor, visitorId: VisitorId) =>
    store.read(async (db) => {
      await visitorSeenBy(db, actor, { id: visitorId, presence })
      const ids = await visitorsOfSamePerson(db, visitorId)
      return { ids, stored: await readStored(db, { actor, ids, picture: directory.now }) }
    })

  /** The visit that goes on, the newest of several; all of one visitor belong to one brand. */
  function hereOf(ids: readonly VisitorId[]): VisitorState['here'] {
    const [visit] = ids
      .flatMap((id) => presence.ofVisitor(id))
      .filter(({ row }) => row.status !== 'removed')
      .sort((a, b) => b.row.startedAt - a.row.startedAt || (a.id < b.id ? 1 : -1))
    return visit ? { visitId: visit.id, siteId: visit.siteId } : null
  }

  return {
    async open(actor, { visitorId }, out) {
      let held: VisitorState | undefined
      let ids: readonly VisitorId[] = [visitorId]
      let rung = false
      let reading = false
      let closed = false

      const tell = (next: VisitorState) => {
        const event = held && difference(held, next)
        held = next
        if (event) out.emit(event)
      }
      const ring = () => {
        rung = true
        if (held && !reading) background.run('visitor', reread)
      }
      const reread = async () => {
        reading = true
        try {
          while (rung && !closed) {
            rung = false
            const fresh = await read(actorFrom(directory.now, actor) ?? actor, visitorId)
            if (closed) return
            ids = fresh.ids
            tell({ visitorId, ...fresh.stored, here: hereOf(ids) })
          }
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          if (!closed) out.lost(error.message)
        } finally {
          reading = false
        }
      }
      const closers = [
        bus.subscribe((word) => {
          if ((word.type === 'visitor' || word.type === 'chat') && ids.includes(word.visitorId)) {
            ring()
          }
        }),
        directory.onChange(ring),
        presence.onChange(({ visit }) => {
          if (held && ids.includes(visit.visitorId)) tell({ ...held, here: hereOf(ids) })
        }),
      ]
      const close = () => {
        closed = true
        for (const one of closers) one()
      }
      try {
        const first = await read(actor, visitorId)
        ids = first.ids
        held = { visitorId, ...first.stored, here: hereOf(ids) }
      } catch (error) {
        close()
        throw error
      }
      const state = held
      // What rang while the rows were read is newer than they are.
      if (rung) ring()
      return { state, close }
    },
  }
}

type Stored = Omit<VisitorState, 'visitorId' | 'here'>

async function readStored(
  db: Db,
  of: { actor: AgentActor; ids: readonly VisitorId[]; picture: Picture },
): Promise<Stored> {
  const { actor, ids, picture } = of
  const tags = await tagsOf(db, ids)
  const notes = await notesOf(db, ids, LIMITS.notes + 1)
  const identified = await identifiedOf(db, ids, LIMITS.identifiedShown + 1)
  const chats = await chatsOf(db, ids, CHATS_READ + 1)
  const taking = chats.length > 0 ? await participantsOfChats(db, ids) : []
  const openable = chats.slice(0, CHATS_READ).filter((chat) =>
    mayOpenChat(
      actor,
      {
        agentId: chat.agent_id,
        groupId: chat.group_id,
        participantIds: taking
          .filter(({ chat_id }) => chat_id === chat.id)
          .map(({ agent_id }) => agent_id),
      },
      picture,
    ),
  )
  const more: VisitorState['more'] = []
  if (notes.length > LIMITS.notes) more.push('notes')
  if (identified.length > LIMITS.identifiedShown) more.push('identified')
  if (openable.length > LIMITS.chatsShown || chats.length > CHATS_READ) more.push('chats')
  return {
    tags: uniqueTags(tags),
    notes: notes.slice(0, LIMITS.notes).map((note) => ({
      id: note.id,
      agentId: note.agent_id,
      agentName: agentName(picture, note.agent_id),
      text: note.text,
      at: Number(note.at),
      ...(note.edited_at !== null && { editedAt: Number(note.edited_at) }),
      mayChange: mayChangeNote(actor, { agentId: note.agent_id, brandId: note.brand_id }),
    })),
    identified: identified.slice(0, LIMITS.identifiedShown).map((one) => ({
      visitId: one.visit_id,
      at: Number(one.at),
      ...(one.display_name && { displayName: one.display_name }),
      ...(one.username && { username: one.username }),
      ...(one.email && { email: one.email }),
    })),
    chats: openable.slice(0, LIMITS.chatsShown).map((chat) => ({
      id: chat.id,
      number: Number(chat.number),
      state: chat.state,
      siteId: chat.site_id,
      visitId: chat.visit_id,
      groupName: picture.groups.get(chat.group_id)?.name ?? 'A former group',
      ...(chat.agent_id && { agentName: agentName(picture, chat.agent_id) }),
      queuedAt: Number(chat.queued_at),
      ...(chat.ended_at !== null && { endedAt: Number(chat.ended_at) }),
    })),
    more,
  }
}

/** One person's browsers may carry the same tag. */
function uniqueTags(tags: Awaited<ReturnType<typeof tagsOf>>): VisitorState['tags'] {
  const byId = new Map(tags.map(({ id, name, tint }) => [id, { id, name, tint }]))
  return [...byId.values()]
}

/** The fields that changed, whole. */
function difference(before: VisitorState, after: VisitorState): VisitorEvent | undefined {
  const event: VisitorEvent = {}
  for (const key of Object.keys(after) as (keyof VisitorState)[]) {
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) {
      Object.assign(event, { [key]: after[key] })
    }
  }
  return Object.keys(event).length > 0 ? event : undefined
}
