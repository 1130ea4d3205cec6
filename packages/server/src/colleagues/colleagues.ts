import type { AgentFrame, VisitId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { mayInvite, seesVisitor } from '../agents/rights.ts'
import { ownersOf } from '../invitations/send.ts'
import type { Bus } from '../realtime/bus.ts'
import type { Clock } from '../time/clock.ts'
import type { Presence } from '../visits/presence.ts'
import { type Attention, attend, isOver, type Wish } from './attention.ts'

type AttendFrame = Extract<AgentFrame, { type: 'attend' }>

export type Colleagues = ReturnType<typeof createColleagues>

/** Hears what every console attends to and forgets it in time. */
export function createColleagues(deps: { bus: Bus; clock: Clock; presence: Presence }) {
  const { bus, clock, presence } = deps
  const attentions = new Map<string, Attention>()
  const watchers = new Set<() => void>()
  const tell = () => {
    for (const watcher of [...watchers]) watcher()
  }

  const stop = bus.subscribe((word) => {
    if (word.type !== 'attention') return
    const { attention } = word
    if (attention.claims.length > 0) attentions.set(attention.connectionId, attention)
    else if (!attentions.delete(attention.connectionId)) return
    tell()
  })

  /** What the agent does not see, or may not do, is no claim; nobody is told. */
  function wishesOf(actor: AgentActor, ids: readonly VisitId[], doing: Wish['doing']): Wish[] {
    return [...new Set(ids)].flatMap((visitId) => {
      const visit = presence.find(visitId)
      if (!visit || visit.row.status === 'removed') return []
      if (!seesVisitor(actor, visit.brandId, ownersOf(visit))) return []
      return [{ visitId, visitorId: visit.visitorId, brandId: visit.brandId, doing }]
    })
  }

  function say(actor: AgentActor, frame: AttendFrame, connectionId: string): void {
    const wishes = [
      ...wishesOf(actor, frame.looking, 'looking'),
      ...(mayInvite(actor) ? wishesOf(actor, frame.writing, 'writing') : []),
    ]
    const before = attentions.get(connectionId)
    const who = { connectionId, agentId: actor.agentId }
    const attention = attend(who, wishes, { before, now: clock.now() })
    bus.publish({ type: 'attention', attention })
  }

  function left(connectionId: string): void {
    const before = attentions.get(connectionId)
    if (before) bus.publish({ type: 'attention', attention: { ...before, claims: [] } })
  }

  /** Drops what was not said again. Time alone does this, so every node does it for itself. */
  function sweep(): void {
    const now = clock.now()
    const over = [...attentions.values()].filter((attention) => isOver(attention, now))
    for (const { connectionId } of over) attentions.delete(connectionId)
    if (over.length > 0) tell()
  }

  return {
    attend: say,
    left,
    sweep,
    all: (): Iterable<Attention> => attentions.values(),
    watch(watcher: () => void): () => void {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    stop,
  }
}
