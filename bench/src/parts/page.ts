import { launchChromium } from '../../../scripts/lib/chromium.mjs'
import { invite } from '../inviting.ts'
import { happened, type Loaded, loaded, slowPage } from '../measures/page.ts'
import { visitAt } from '../measures/painted.ts'
import { ms, whole } from '../report/figures.ts'
import { startServers } from '../servers.ts'
import { simulatedAgent } from '../simulated-agent.ts'
import { openWebsite } from '../website.ts'
import type { Part } from './part.ts'

const LOOKS = 5
const LONG_TASK_MS = 50

export const page: Part = {
  name: 'page',
  title: "On somebody's page",
  how: `An empty page with and without the snippet in a real Chromium with a fourth of the processor, ${LOOKS} times each in turn, from the address being opened until 2.5 s after; the medians' difference is ours. Main thread: whole turns of its event loop, by Chromium's trace. Card and panel are opened on the same page.`,
  async run({ note }) {
    const website = await openWebsite()
    const servers = await startServers(website.origin)
    const [node] = servers.nodes
    if (!node) return
    website.show(node.base, servers.site.key)
    const agent = await simulatedAgent(node.base, servers.rest.cookie)
    await agent.ask({ type: 'availability.set', available: true })
    const browser = await launchChromium({ whole: true })
    const look = async (address: string) => {
      const slow = await slowPage(browser)
      const seen = await loaded(browser, slow, `${website.origin}${address}`)
      await slow.context().close()
      return seen
    }
    const bare: Loaded[] = []
    const ours: Loaded[] = []
    await look('/with/warm')
    for (let n = 0; n < LOOKS; n++) {
      bare.push(await look(`/without/${n}`))
      ours.push(await look(`/with/${n}`))
    }
    const median = (all: readonly Loaded[], what: keyof Loaded) =>
      all.map((one) => one[what]).sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN
    const more = (what: keyof Loaded) => median(ours, what) - median(bare, what)

    note('main thread of the empty page', ms(median(bare, 'busyMs')))
    const busy = more('busyMs')
    note('main thread more with the snippet', ms(busy), { text: '≤ 50 ms', got: busy, most: 50 })
    const longest = median(ours, 'longestMs')
    note(
      'longest task, without / with the snippet',
      `${ms(median(bare, 'longestMs'))} / ${ms(longest)}`,
      { text: '≤ 50 ms', got: longest, most: Math.max(LONG_TASK_MS, median(bare, 'longestMs')) },
    )
    const shift = Math.max(...ours.map((one) => one.shift))
    note('layout shift', shift.toFixed(3), { text: '0', got: shift, most: 0 })
    note('requests, the socket among them', whole(more('requests')))
    const early = more('early')
    note('of these before the page had loaded', whole(early), {
      text: '≤ 2 (script, socket)',
      got: early,
      most: 2,
    })
    note('bytes over the network, headers included', whole(more('bytes')))

    const slow = await slowPage(browser)
    const address = `${website.origin}/card`
    await loaded(browser, slow, address)
    const visitId = await visitAt(agent, address)
    const card = await happened(browser, slow, () => invite(agent, visitId, 'Can I help you?'))
    note('card appears: main thread / longest task', `${ms(card.busyMs)} / ${ms(card.longestMs)}`)
    note('card appears: layout shift', card.shift.toFixed(3), {
      text: '0',
      got: card.shift,
      most: 0,
    })
    const panel = await happened(browser, slow, () =>
      slow.evaluate(() => (window as unknown as { beckon: { open(): void } }).beckon.open()),
    )
    note('panel opens: main thread / longest task', `${ms(panel.busyMs)} / ${ms(panel.longestMs)}`)
    note('panel opens: layout shift', panel.shift.toFixed(3), {
      text: '0',
      got: panel.shift,
      most: 0,
    })
    await browser.close()
    agent.close()
    await servers.stop()
    website.close()
  },
}
