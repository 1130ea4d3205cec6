import type { AgentId, Timestamp } from '@beckon/protocol'
import type { Background } from '../conversations/background.ts'
import type { Commit } from '../conversations/commit.ts'
import { newId } from '../ids.ts'
import {
  agentLines,
  closeDeadLines,
  forgetAgentLines,
  renewAgentLines,
  setAgentLine,
} from '../store/agent-line-rows.ts'
import type { Store } from '../store/store.ts'
import { type Clock, days, seconds } from '../time/clock.ts'

/**
 * Which agents have a console connected, on whichever node. Without one an agent receives no chat,
 * whatever their switch says. The lines of this node are known here at once; those of others, and
 * the time of the last word of each, are rows.
 */
export type AgentLines = {
  came(agentId: AgentId, connectionId: string): void
  left(connectionId: string): void
  /** Connected, or only reloading the console. */
  isHere(agentId: AgentId): boolean
  /** Since when there is no connection; undefined while there is one. Who never had one: since ever. */
  goneSince(agentId: AgentId): Timestamp | undefined
  /** Reads what other nodes know. */
  refresh(): Promise<void>
  start(): void
  stop(): void
}

const RENEW_EVERY = seconds(10)
/** Three times unrenewed: the node has died, and its lines with it. */
const DEAD_AFTER = seconds(30)
/** Older ones say nothing any more that “since ever” would not say. */
const KEPT = days(1)

export function createAgentLines(deps: {
  store: Store
  commit: Commit
  clock: Clock
  background: Background
  /** A change of page is no leaving. */
  graceMs: number
}): AgentLines {
  const { store, commit, clock, background, graceMs } = deps
  const nodeId = newId<string>()
  const whose = new Map<string, AgentId>()
  const lines = new Map<AgentId, number>()
  let known = new Map<AgentId, { open: boolean; seenAt: Timestamp }>()
  const closers: (() => void)[] = []

  const hasLine = (agentId: AgentId) => lines.has(agentId)
  const count = (agentId: AgentId, more: 1 | -1) => {
    const now = (lines.get(agentId) ?? 0) + more
    if (now > 0) lines.set(agentId, now)
    else lines.delete(agentId)
    if (now === (more === 1 ? 1 : 0)) note(agentId)
  }

  const note = (agentId: AgentId) => {
    const open = hasLine(agentId)
    const at = clock.now()
    known.set(agentId, { open, seenAt: at })
    background.run('agent line', () =>
      commit(async ({ tx, announce }) => {
        // As it is when it is written: lines that come and go in one breath are one.
        await setAgentLine(tx, { nodeId, agentId, open: hasLine(agentId), at })
        announce({ type: 'standing', agentId })
      }),
    )
  }

  const goneSince = (agentId: AgentId): Timestamp | undefined => {
    if (hasLine(agentId)) return undefined
    const line = known.get(agentId)
    if (!line) return 0
    return line.open && line.seenAt > clock.now() - DEAD_AFTER ? undefined : line.seenAt
  }

  return {
    came(agentId, connectionId) {
      whose.set(connectionId, agentId)
      count(agentId, 1)
    },
    left(connectionId) {
      const agentId = whose.get(connectionId)
      if (agentId && whose.delete(connectionId)) count(agentId, -1)
    },
    isHere(agentId) {
      const since = goneSince(agentId)
      return since === undefined || since > clock.now() - graceMs
    },
    goneSince,
    async refresh() {
      const next: typeof known = new Map()
      for (const { agent_id, open, seen_at } of await store.read(agentLines)) {
        const line = { open: open === 1, seenAt: seen_at }
        const other = next.get(agent_id)
        const isNews = !other || lastWord(line) > lastWord(other)
        if (isNews) next.set(agent_id, line)
      }
      known = next
    },
    start() {
      closers.push(
        clock.every(RENEW_EVERY, () =>
          background.run('agent lines', () =>
            commit(async ({ tx }) => {
              const now = clock.now()
              if (lines.size > 0) await renewAgentLines(tx, nodeId, now)
              await closeDeadLines(tx, now - DEAD_AFTER)
            }),
          ),
        ),
      )
      background.run('old agent lines', () =>
        commit(({ tx }) => forgetAgentLines(tx, clock.now() - KEPT)),
      )
    },
    stop() {
      for (const close of closers.splice(0)) close()
    },
  }
}

/** An open line that is renewed beats one that was closed since. */
const lastWord = ({ open, seenAt }: { open: boolean; seenAt: Timestamp }): number =>
  seenAt + (open ? DEAD_AFTER : 0)
