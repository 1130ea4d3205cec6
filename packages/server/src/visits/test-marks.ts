import type { AgentId, SiteId, SiteSignals, Timestamp } from '@beckon/protocol'
import { newToken } from '../ids.ts'
import { type Clock, minutes } from '../time/clock.ts'

const PARAMETER = 'beckon-test'
/** A mark is good as long as its agent looks at the site's page, and a while after. */
const GOOD_MS = minutes(10)

/** Others need not hear of every look at the page. */
const TOLD_AGAIN_MS = minutes(1)

type Test = NonNullable<SiteSignals['test']>
type Seen = NonNullable<Test['seen']>
export type TestMark = {
  siteId: SiteId
  agentId: AgentId
  mark: string
  until: Timestamp
  seen?: Seen
}

/**
 * Marks by which an agent finds their own visit among all others (W18): the address of the page
 * they open carries one. It opens nothing; whoever else uses it is taken for a test visitor.
 */
export function createTestMarks(clock: Clock) {
  const byAgent = new Map<string, TestMark>()
  const byMark = new Map<string, TestMark>()
  let onNews: (kept: Readonly<TestMark>) => void = () => {}

  function forgetOld(): void {
    for (const [key, kept] of byAgent) {
      if (kept.until > clock.now()) continue
      byAgent.delete(key)
    }
    for (const [mark, kept] of byMark) if (kept.until <= clock.now()) byMark.delete(mark)
  }

  return {
    of(siteId: SiteId, agentId: AgentId): Test {
      forgetOld()
      const key = `${siteId} ${agentId}`
      const known = byAgent.get(key)
      const kept: TestMark = known ?? { siteId, agentId, mark: newToken().slice(0, 16), until: 0 }
      const until = clock.now() + GOOD_MS
      const isNews = until - kept.until > TOLD_AGAIN_MS
      kept.until = until
      byAgent.set(key, kept)
      byMark.set(kept.mark, kept)
      if (isNews) onNews(kept)
      return { query: `${PARAMETER}=${kept.mark}`, seen: kept.seen }
    },

    /** Asked of every page view: nearly none is. */
    isMarked: (address: string): boolean => byMark.size > 0 && address.includes(`${PARAMETER}=`),

    /** Whether the address is marked for this site; then the page is what its agent waits for. */
    seen(siteId: SiteId, address: string, seen: Seen): boolean {
      const mark = URL.canParse(address) ? new URL(address).searchParams.get(PARAMETER) : null
      const kept = mark === null ? undefined : byMark.get(mark)
      if (!kept || kept.siteId !== siteId || kept.until <= clock.now()) return false
      kept.seen = seen
      onNews(kept)
      return true
    },

    /**
     * Another node knows this of a test. Two that made marks for one agent at the same moment come
     * to show the same one; pages with either are found.
     */
    heard(told: Readonly<TestMark>): void {
      forgetOld()
      const key = `${told.siteId} ${told.agentId}`
      const known = byAgent.get(key)
      const kept = known && known.mark <= told.mark ? known : { ...told }
      kept.until = Math.max(told.until, known?.until ?? 0)
      const seen = [known?.seen, told.seen].filter((one) => one !== undefined)
      const last = seen.sort((a, b) => b.at - a.at)[0]
      if (last) kept.seen = last
      byAgent.set(key, kept)
      for (const mark of [known?.mark, told.mark]) if (mark) byMark.set(mark, kept)
    },
    /** One listener: who tells the others. */
    onNews(listener: (kept: Readonly<TestMark>) => void): void {
      onNews = listener
    },
  }
}
