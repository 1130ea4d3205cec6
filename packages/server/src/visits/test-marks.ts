import type { AgentId, SiteId, SiteSignals, Timestamp } from '@beckon/protocol'
import { newToken } from '../ids.ts'
import { type Clock, minutes } from '../time/clock.ts'

const PARAMETER = 'beckon-test'
/** A mark is good as long as its agent looks at the site's page, and a while after. */
const GOOD_MS = minutes(10)

type Test = NonNullable<SiteSignals['test']>
type Seen = NonNullable<Test['seen']>
type Kept = { siteId: SiteId; mark: string; until: Timestamp; seen?: Seen }

/**
 * Marks by which an agent finds their own visit among all others (W18): the address of the page
 * they open carries one. It opens nothing; whoever else uses it is taken for a test visitor.
 */
export function createTestMarks(clock: Clock) {
  const byAgent = new Map<string, Kept>()
  const byMark = new Map<string, Kept>()

  function forgetOld(): void {
    for (const [key, kept] of byAgent) {
      if (kept.until > clock.now()) continue
      byAgent.delete(key)
      byMark.delete(kept.mark)
    }
  }

  return {
    of(siteId: SiteId, agentId: AgentId): Test {
      forgetOld()
      const key = `${siteId} ${agentId}`
      const known = byAgent.get(key)
      const kept: Kept = known ?? { siteId, mark: newToken().slice(0, 16), until: 0 }
      kept.until = clock.now() + GOOD_MS
      byAgent.set(key, kept)
      byMark.set(kept.mark, kept)
      return { query: `${PARAMETER}=${kept.mark}`, seen: kept.seen }
    },

    /** Whether the address is marked for this site; then the page is what its agent waits for. */
    seen(siteId: SiteId, address: string, seen: Seen): boolean {
      if (byMark.size === 0 || !address.includes(`${PARAMETER}=`)) return false
      const mark = URL.canParse(address) ? new URL(address).searchParams.get(PARAMETER) : null
      const kept = mark === null ? undefined : byMark.get(mark)
      if (!kept || kept.siteId !== siteId || kept.until <= clock.now()) return false
      kept.seen = seen
      return true
    },
  }
}
