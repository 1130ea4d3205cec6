import type { AgentId, Timestamp, ValuesState } from '@beckon/protocol'
import { type Clock, seconds } from '../time/clock.ts'

/** Long enough for a Send that was on its way while the visitor went to another page. */
const KEPT_AFTER_REPLACED = seconds(60)

type Version = { agentId: AgentId; state: ValuesState; until: Timestamp | undefined }

export type Versions = ReturnType<typeof createVersions>

/**
 * The values every open dialog has shown lately. What is sent is rendered with exactly the version
 * that was previewed (S29), so a version outlives its replacement by a minute.
 */
export function createVersions({ clock }: { clock: Clock }) {
  const versions = new Map<string, Version>()

  const forget = () => {
    const now = clock.now()
    for (const [version, { until }] of versions) {
      if (until !== undefined && until < now) versions.delete(version)
    }
  }

  return {
    add(agentId: AgentId, state: ValuesState): void {
      versions.set(state.version, { agentId, state, until: undefined })
    },
    /** Another version took its place, or its dialog closed. */
    replace(version: string): void {
      const held = versions.get(version)
      if (held) held.until ??= clock.now() + KEPT_AFTER_REPLACED
    },
    /** Only for the agent who saw it. */
    find(agentId: AgentId, version: string): ValuesState | undefined {
      forget()
      const held = versions.get(version)
      return held?.agentId === agentId ? held.state : undefined
    },
    forget,
  }
}
