import { writersFor } from '../measures/messages.ts'
import { reloaded } from '../measures/reloaded.ts'
import { gathered } from '../measures/strain.ts'
import { ms, whole } from '../report/figures.ts'
import { startServers } from '../servers.ts'
import { sendReaders } from './load.ts'
import { ORIGIN, type Part, scaled } from './part.ts'

const VISITORS = scaled(5_000)
const CHATS = scaled(200)
const TIMES = scaled(50)
const LAST = 'Still there?'

export const reload: Part = {
  name: 'reload',
  title: 'F5 in the middle of it',
  how: `${whole(VISITORS)} simulated visitors read on, ${CHATS} others are in chats that agents have been given. One of these agents has a chat and a draft open in a real Chromium and loads the console again, ${TIMES} times; the clock runs from the start of each navigation until the whole list, the messages and the draft stand there.`,
  async run({ note }) {
    const servers = await startServers(ORIGIN)
    const [node] = servers.nodes
    if (!node) return
    const load = sendReaders(servers, VISITORS, { perSecond: 400 })
    const here = await gathered(load, VISITORS, 120)
    note('online meanwhile', whole(here))
    const writers = await writersFor(servers, ORIGIN, CHATS)
    const [first] = writers.agents
    const [chatId] = first?.own ?? []
    if (!first || !chatId) throw new Error('the first agent was given no chat')
    for (const one of writers.visitors) await one.visitor.write(one.chatId, LAST)
    const seen = await reloaded(
      { base: node.base, cookie: first.cookie, chatId },
      { chats: first.own.size, last: LAST, times: TIMES },
    )
    note('the same again, p50 / p95', `${ms(seen.p50)} / ${ms(seen.p95)}`, {
      text: 'p95 ≤ 1.5 s',
      got: seen.p95,
      most: 1_500,
    })
    note('chats, unread counts, messages or drafts that differed', whole(seen.faults.length), {
      text: '0',
      got: seen.faults.length,
      most: 0,
    })
    for (const fault of seen.faults.slice(0, 3)) console.error(`  ${fault}`)
    writers.leave()
    await load.stop()
    await servers.stop()
  },
}
