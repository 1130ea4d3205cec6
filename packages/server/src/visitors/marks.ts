import type { VisitorId } from '@beckon/protocol'
import type { Background } from '../conversations/background.ts'
import type { Bus } from '../realtime/bus.ts'
import { contactOf } from '../store/contact-rows.ts'
import type { Store } from '../store/store.ts'
import { endedChatCounts, tagsOf } from '../store/visitor-rows.ts'
import type { Presence } from '../visits/presence.ts'

/** Of one read: as many as a storm of arrivals may bring. */
const TOGETHER = 500

/** Brings what is stored about visitors into their rows: tags, and how many chats there were. */
export function createMarks(deps: {
  store: Store
  bus: Bus
  presence: Presence
  background: Background
}) {
  const { store, bus, presence, background } = deps
  const wanted = new Set<VisitorId>()
  let reading = false

  function want(visitorId: VisitorId): void {
    wanted.add(visitorId)
    if (reading) return
    reading = true
    background.run('marks of visitors', readAll)
  }

  async function readAll(): Promise<void> {
    try {
      while (wanted.size > 0) {
        const ids = [...wanted].slice(0, TOGETHER)
        for (const id of ids) wanted.delete(id)
        await mark(ids)
      }
    } finally {
      reading = false
    }
  }

  async function mark(ids: readonly VisitorId[]): Promise<void> {
    const { tags, chats } = await store.read(async (db) => ({
      tags: await tagsOf(db, ids),
      chats: await endedChatCounts(db, ids),
    }))
    const counts = new Map(chats.map((one) => [one.visitor_id, Number(one.n)]))
    for (const id of ids) {
      const own = tags.filter((tag) => tag.visitor_id === id)
      presence.mark(id, {
        tags: own.length > 0 ? own.map(({ name, tint }) => ({ name, tint })) : null,
        previousChats: counts.get(id) ?? 0,
      })
    }
  }

  /** What was told of who they are stands in the database first. */
  const learn = (visitorId: VisitorId) =>
    background.run('name of a visitor', async () => {
      const known = await store.read((db) => contactOf(db, visitorId))
      const { display_name: name, email } = known ?? {}
      presence.learn?.(visitorId, { ...(name && { name }), ...(email && { email }) })
    })

  const closers = [
    presence.onChange(({ type, visit }) => {
      // Nobody has been here before a first visit.
      if (type === 'arrived' && !visit.elsewhere && visit.row.visitNumber > 1) want(visit.visitorId)
    }),
    bus.subscribe((word) => {
      if (word.type !== 'visitor') return
      const visits = presence.ofVisitor(word.visitorId)
      if (visits.length > 0) want(word.visitorId)
      // Other nodes are told by the one it is at home on.
      if (word.named && visits.some((visit) => !visit.elsewhere)) learn(word.visitorId)
    }),
  ]

  return {
    /** Who was in the list when the server started. */
    everybody(): void {
      for (const id of presence.everybody?.() ?? []) want(id)
    },
    stop(): void {
      for (const close of closers) close()
    },
  }
}
