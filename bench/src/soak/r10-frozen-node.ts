import { setTimeout as pause } from 'node:timers/promises'
import type { VisitId } from '@beckon/protocol'
import { invite } from '../inviting.ts'
import { compare, createLedger } from './ledger.ts'
import { openPlace } from './place.ts'
import { allConnected, gather, rowsTitled, seen, wrongEnds } from './readers.ts'
import { ms, type Scenario, whole } from './scenario.ts'
import { until } from './wait.ts'
import { openWriters } from './writers.ts'

/** Shorter than a freeze: the deadline passes while the node stands still. */
const TERM_S = 8
const INVITED = 6

export const r10: Scenario = {
  id: 'R10',
  title: 'one of two nodes stands still and goes on',
  profiles: ['two nodes'],
  within: { short: 120, full: 1_200 },
  async run({ profile, size }) {
    const [freezes, forMs, chats] = size === 'full' ? [10, 30_000, 30] : [1, 12_000, 10]
    await using place = await openPlace({
      profile,
      settings: { BECKON_INVITATION_SECONDS: String(TERM_S), BECKON_GRACE_SECONDS: '3' },
    })
    const ledger = createLedger()
    const faults: string[] = []
    const agents = [await place.agent(0), await place.agent(1)]
    const writers = openWriters({ place, ledger, many: chats })
    await writers.begun()
    let moved = 0

    for (let freeze = 0; freeze < freezes; freeze++) {
      const victim = place.node(freeze % 2)
      const other = agents[1 - (freeze % 2)] ?? (await place.agent(1))
      const name = `still${freeze}-`
      let server = () => victim.base
      const pages = await gather({
        place,
        ledger,
        many: INVITED * 2,
        name,
        seed: 200 + freeze,
        server: () => server(),
      })
      // The node of their agent may have stood still the last time.
      await until('their agent sees them', async () => {
        return (await rowsTitled(other, name)).length === pages.length
      })
      for (const { visitId } of pages.slice(0, INVITED)) {
        await invite(other, visitId as VisitId, 'Can I help?')
      }
      await seen(place, INVITED)
      victim.freeze()
      // Half of them open another page, which the balancer gives to the node that answers.
      server = () => place.balanced()
      const movers = pages.filter((_, n) => n % 2 === 0)
      for (const page of movers) {
        page.cut()
        page.retry()
      }
      await allConnected(movers)
      moved += movers.length
      // One of those invited answers there.
      const [first] = movers
      const [invitation] = first?.invitations ?? []
      if (first && invitation) {
        first.send({
          type: 'invitation.reply',
          id: `reply-${name}0000`,
          invitationId: invitation.id,
          text: 'Yes please',
        })
      }
      await pause(forMs)
      victim.goOn()
      await until('it serves again', async () => (await victim.ready()).ok)
      await until('everybody is listed once', async () => {
        const rows = await rowsTitled(other, name)
        return rows.length === pages.length && rows.every(({ status }) => status === 'active')
      })
      for (const agent of agents) {
        const rows = await rowsTitled(agent, name)
        if (rows.length !== pages.length) {
          faults.push(`a node lists ${rows.length} of ${pages.length} visitors`)
        }
      }
      for (const page of pages) page.close()
    }
    await writers.settle()
    writers.close()
    const ends = await wrongEnds(place, { termMs: TERM_S * 1_000 })
    for (const agent of agents) agent.close()
    return {
      figures: `${freezes} × ${forMs / 1_000} s, ${whole(moved)} visitors moved meanwhile; ${ends.ended} invitations ended once each, within ${ms(ends.worstMs)} of their deadline; ${whole(ledger.acknowledged.size)} messages acknowledged in ${chats} chats`,
      faults: [...faults, ...ends.faults, ...(await compare((sql) => place.read(sql), ledger))],
    }
  },
}
