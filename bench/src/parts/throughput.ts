import { echoesPerSecond, pageViewsPerSecond } from '../measures/throughput.ts'
import { startEcho } from '../product.ts'
import { whole } from '../report/figures.ts'
import { startServers } from '../servers.ts'
import { ORIGIN, type Part } from './part.ts'

const SECONDS = 8
const LEAST = 15_000
/** Page views of a connection a second; the limit is 20. */
const RISING = [12, 14, 16, 18]
/** Of what is sent; less, and some was put off. */
const ALL = 0.97

export const throughput: Part = {
  name: 'throughput',
  title: 'Page views a second, one process',
  how: `1,500 connections send page views for ${SECONDS} s at a time, first just above the budget's ${whole(LEAST)} a second, then at rising rates until some are put off: a process that is behind lets page views wait, so that messages need not (R25). Counted by the server's own counters \`beckon_page_views_total\` and \`beckon_page_views_stored_total\`; the longest wait for the database is how many page views were not stored yet, at worst, by the rate at which they were. The echo is a bare \`ws\` server driven by the same process with frames of the same size.`,
  why: 'Of one connection, page views beyond one a second are put off for a second after the process has been busy for a tenth of one; here each connection sends ten, which no visitor does.',
  async run({ note }) {
    const servers = await startServers(ORIGIN)
    const [node] = servers.nodes
    if (!node) return
    const place = { siteKey: servers.site.key, origin: ORIGIN }
    const rate = (got: number) => ({ text: `≥ ${whole(LEAST)}`, got, least: LEAST })
    const at = (perConnection: number) =>
      pageViewsPerSecond(node, place, { seconds: SECONDS, perConnection })
    // Code that has hardly run is slow: not what is measured here.
    await at(5)
    // Just above, since what is sent is never exactly what was meant.
    const steady = await at(10.2)
    let most = steady
    let flood = steady
    for (const perConnection of RISING) {
      flood = await at(perConnection)
      if (flood.taken < flood.offered * ALL) break
      most = flood
    }
    await servers.stop()
    const echo = await startEcho()
    const echoes = await echoesPerSecond(echo.url, SECONDS)
    await echo.stop()
    const share = (most.taken / echoes) * 100
    note('at the budget’s rate: taken in', whole(steady.taken), rate(steady.taken))
    note(
      'at the budget’s rate: longest wait for the database',
      `${steady.storedLate.toFixed(2)} s`,
      {
        text: '≤ 1 s',
        got: steady.storedLate,
        most: 1,
      },
    )
    note('most with none put off', whole(most.taken), rate(most.taken))
    note('… of them stored within the same time', whole(most.stored))
    note('bare ws echo, frames a second, same run', whole(echoes))
    note('page views as a share of the echo', `${share.toFixed(0)} %`, {
      text: '≥ 15 %',
      got: share,
      least: 15,
    })
    if (flood !== most)
      note(`of ${whole(flood.offered)} a second sent, taken in at once`, whole(flood.taken))
  },
}
