import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { VisitId } from '@beckon/protocol'
import { invite } from '../inviting.ts'
import { compare, createLedger } from './ledger.ts'
import { openPlace } from './place.ts'
import { gather, seen, wrongEnds } from './readers.ts'
import { ms, type Scenario, whole } from './scenario.ts'
import { until } from './wait.ts'
import { openWriters } from './writers.ts'

const TERM_S = 12
const APART_S = 90
const INVITED = 6

const wrongClock = fileURLToPath(new URL('wrong-clock.mjs', import.meta.url))
const wrongBy = (seconds: number) => ({
  NODE_OPTIONS: `--import ${wrongClock}`,
  WRONG_BY_MS: String(seconds * 1_000),
})

export const r15: Scenario = {
  id: 'R15',
  title: 'clocks 90 s apart, and one set back by an hour',
  profiles: ['two nodes'],
  within: { short: 150, full: 300 },
  async run({ profile, size }) {
    const [rounds, chats] = size === 'full' ? [6, 20] : [1, 8]
    await using place = await openPlace({
      profile,
      settings: { BECKON_INVITATION_SECONDS: String(TERM_S) },
      each: [wrongBy(-APART_S), wrongBy(APART_S)],
    })
    const ledger = createLedger()
    const faults: string[] = []
    const agents = [await place.agent(0), await place.agent(1)]
    const writers = openWriters({ place, ledger, many: chats })
    await writers.begun()
    for (let round = 0; round < rounds; round++) {
      const [at, other] = [round % 2, 1 - (round % 2)]
      const pages = await gather({
        place,
        ledger,
        many: INVITED,
        name: `c${round}-`,
        seed: 150 + round,
        server: () => place.node(at).base,
      })
      for (const { visitId } of pages) {
        const agent = agents[other]
        if (agent) await invite(agent, visitId as VisitId, 'Can I help?')
      }
      await seen(place, INVITED)
      for (const { invitations } of pages) {
        const left = invitations[0]?.remainingMs
        if (left !== undefined && Math.abs(left - TERM_S * 1_000) > 1_000) {
          faults.push(`a page was told ${left} ms`)
        }
      }
      await pause((TERM_S * 1_000) / 3)
      place.node(at).setClockBack()
      await until('they are over', async () => {
        const [open] = await place.read<{ n: number | string }>(
          'select count(*) as n from invitations where ended_at is null',
        )
        return Number(open?.n) === 0
      })
      for (const page of pages) page.close()
    }
    await writers.settle()
    writers.close()
    for (const agent of agents) agent.close()
    const ends = await wrongEnds(place, { termMs: TERM_S * 1_000 })
    const disorder = await place.read<{ chat_id: string; seq: number; at: number | string }>(
      'select chat_id, seq, at from messages order by chat_id, seq',
    )
    const back = disorder.filter((row, n) => {
      const before = disorder[n - 1]
      return before?.chat_id === row.chat_id && Number(row.at) < Number(before.at) - 1_000
    })
    if (back.length > 0) faults.push(`${back.length} messages are older than the one before`)
    return {
      figures: `nodes ${2 * APART_S} s apart, ${rounds} steps back of an hour; ${ends.ended} invitations ended within ${ms(ends.worstMs)} of their deadline; ${whole(ledger.acknowledged.size)} messages acknowledged`,
      faults: [...faults, ...ends.faults, ...(await compare((sql) => place.read(sql), ledger))],
    }
  },
}
