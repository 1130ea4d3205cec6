import { rawCommitsPerSecond, writeAt, writersFor, writersOf } from '../measures/messages.ts'
import { ms, whole } from '../report/figures.ts'
import { startServers } from '../servers.ts'
import { ORIGIN, type Part, scaled } from './part.ts'

const RATE = scaled(5_000)
const SECONDS = 8

export const messages: Part = {
  name: 'messages',
  title: 'Chat messages a second',
  how: `Visitors in a chat each send ${whole(RATE)} messages a second together, for ${SECONDS} s, whatever is answered; a message counts when its sender is told that it is committed (embedded database, \`synchronous=FULL\`). Agents have been given the chats, up to 99 each, and every one of them sees all in an open list. Beside it the same database without anything around it: one row, one transaction, one flush at a time.`,
  why: 'Server and load share the cores of this machine: by the processor time of a message, so many messages want more of them than there are, and those beyond wait in line. “As messages grow” tells how long a message takes at lower rates.',
  async run({ note }) {
    const raw = rawCommitsPerSecond(2)
    note('bare SQLite, durable commits a second', whole(raw))
    const servers = await startServers(ORIGIN)
    const [node] = servers.nodes
    if (!node) return
    const writers = await writersFor(servers, ORIGIN, writersOf(RATE))
    await writeAt(writers, { perSecond: RATE / 2, seconds: 2 })
    const before = node.cpuMs()
    const done = await writeAt(writers, { perSecond: RATE, seconds: SECONDS })
    const cpuMs = node.cpuMs() - before
    // The last ones are answered a moment after the last one was sent.
    const least = RATE * 0.98
    note('acknowledged a second', whole(done.acknowledged), {
      text: `≥ ${whole(RATE)}`,
      got: done.acknowledged,
      least,
    })
    note(
      'sent → acknowledged, p50 / p95 / p99',
      `${ms(done.p50)} / ${ms(done.p95)} / ${ms(done.p99)}`,
      {
        text: 'p99 ≤ 25 ms',
        got: done.p99,
        most: 25,
      },
    )
    note(
      'processor time of a message, all threads of the server',
      `${whole((cpuMs * 1_000) / done.count)} µs`,
    )
    note('refused or lost', whole(done.failed), { text: '0', got: done.failed, most: 0 })
    note('messages by bare commits', `${(done.acknowledged / raw).toFixed(2)} ×`)
    writers.leave()
    await servers.stop()
  },
}
