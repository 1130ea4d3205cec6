import { consoleWith } from '../measures/console.ts'
import { pageViewToRow } from '../measures/latency.ts'
import { invitationToPainted } from '../measures/painted.ts'
import { gathered } from '../measures/strain.ts'
import { megabytes, ms, whole } from '../report/figures.ts'
import { startServers } from '../servers.ts'
import { simulatedAgent } from '../simulated-agent.ts'
import { openWebsite } from '../website.ts'
import { sendReaders } from './load.ts'
import { type Part, scaled } from './part.ts'

const VISITORS = scaled(10_000)
const SAMPLES = scaled(150)

export const online: Part = {
  name: 'crowd',
  title: 'Ten thousand online',
  how: `**Page view → row**: ${whole(VISITORS)} simulated visitors read one page per 30 s. ${SAMPLES} times one of eight more goes to a new page; the clock runs until an agent's window (a filter on their pages) has the new address. **Invitation → painted**: a real Chromium stands on the site among them; from the agent's command until the server has told the agent that the card was painted in a visible tab, so the way back is included. **The console** is a Chromium too: from the address being opened to the first row on the screen; the time between frames during three seconds of wheel; from a click on a filter to its rows; from a key in a condition to how many match it.`,
  async run({ note }) {
    const website = await openWebsite()
    const servers = await startServers(website.origin)
    const [node] = servers.nodes
    if (!node) return
    website.show(node.base, servers.site.key)
    const load = sendReaders(servers, VISITORS, { perSecond: 400, origin: website.origin })
    const agent = await simulatedAgent(node.base, servers.rest.cookie)
    await agent.ask({ type: 'availability.set', available: true })
    const here = await gathered(load, VISITORS, 120)
    note('online meanwhile', whole(here), {
      text: `≥ ${whole(VISITORS * 0.95)}`,
      got: here,
      least: VISITORS * 0.95,
    })

    const place = { base: node.base, siteKey: servers.site.key, origin: website.origin }
    const toRow = await pageViewToRow(agent, place, { samples: SAMPLES })
    note(
      'page view → row, p50 / p95 / p99',
      `${ms(toRow.p50)} / ${ms(toRow.p95)} / ${ms(toRow.p99)}`,
      { text: 'p95 ≤ 300 ms', got: toRow.p95, most: 300 },
    )
    const painted = await invitationToPainted({
      agent,
      pageUrl: `${website.origin}/bench-page`,
      samples: Math.ceil(SAMPLES / 4),
    })
    note('invitation sent → painted, p50 / p95', `${ms(painted.p50)} / ${ms(painted.p95)}`, {
      text: 'p95 ≤ 250 ms',
      got: painted.p95,
      most: 250,
    })
    const screen = await consoleWith(node.base, servers.rest.cookie)
    note('console: first rows', ms(screen.firstRows), {
      text: '≤ 1 s',
      got: screen.firstRows,
      most: 1_000,
    })
    note(
      'console: time between frames while scrolling, p50 / p95',
      `${ms(screen.frame.p50)} / ${ms(screen.frame.p95)}`,
      {
        text: 'p50 ≤ 17 ms (60 fps)',
        got: screen.frame.p50,
        most: 17.5,
      },
    )
    note('console: main thread busy while scrolling', `${screen.busy.toFixed(0)} %`)
    note('console: filter clicked → its rows', ms(screen.filter), {
      text: '≤ 150 ms',
      got: screen.filter,
      most: 150,
    })
    note('console: key typed into a condition → how many match, slowest', ms(screen.typed), {
      text: '≤ 150 ms',
      got: screen.typed,
      most: 150,
    })
    note('memory of the server', megabytes(node.memory()))
    agent.close()
    await load.stop()
    await servers.stop()
    website.close()
  },
}
