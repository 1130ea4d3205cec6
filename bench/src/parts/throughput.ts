import { echoesPerSecond, pageViewsPerSecond } from '../measures/throughput.ts'
import { startEcho } from '../product.ts'
import { whole } from '../report/figures.ts'
import { startServers } from '../servers.ts'
import { ORIGIN, type Part } from './part.ts'

const SECONDS = 8
const LEAST = 15_000

export const throughput: Part = {
  name: 'throughput',
  title: 'Page views a second, one process',
  how: `1,500 connections send as much as their limit of 20 a second allows, for ${SECONDS} s; counted by the server's own counters \`beckon_page_views_total\` and \`beckon_page_views_stored_total\`. The echo is a bare \`ws\` server driven by the same process with frames of the same size. Then the same at the budget's ${whole(LEAST)} a second: the longest wait for the database is how many page views were not stored yet, at worst, by the rate at which they were.`,
  async run({ note }) {
    const servers = await startServers(ORIGIN)
    const [node] = servers.nodes
    if (!node) return
    const place = { siteKey: servers.site.key, origin: ORIGIN }
    const rate = (got: number) => ({ text: `≥ ${whole(LEAST)}`, got, least: LEAST })
    const most = await pageViewsPerSecond(node, place, { seconds: SECONDS, perConnection: 18 })
    // Just above, since what is sent is never exactly what was meant.
    const steady = await pageViewsPerSecond(node, place, { seconds: SECONDS, perConnection: 10.2 })
    await servers.stop()
    const echo = await startEcho()
    const echoes = await echoesPerSecond(echo.url, SECONDS)
    await echo.stop()
    const share = (most.taken / echoes) * 100
    note('taken in, as many as are offered', whole(most.taken), rate(most.taken))
    note('… of them stored within the same time', whole(most.stored), rate(most.stored))
    note('… offered by the load (same machine)', whole(most.offered))
    note('bare ws echo, frames a second, same run', whole(echoes))
    note('page views as a share of the echo', `${share.toFixed(0)} %`, {
      text: '≥ 15 %',
      got: share,
      least: 15,
    })
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
  },
}
