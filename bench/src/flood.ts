/* `npm run flood`: a crowd on a Beckon of this machine, for a bounded time. `--help` tells the rest. */
import { createInterface } from 'node:readline/promises'
import { helpText, readAsked } from './flood/asked.ts'
import { flood, hireTeam, type Place } from './flood/flood.ts'
import { reportOf } from './flood/report.ts'
import { isThisMachine, refusalOf } from './flood/target.ts'
import { startServers } from './servers.ts'

const asked = readAsked(process.argv.slice(2))
if (asked === 'help') {
  process.stdout.write(helpText())
  process.exit(0)
}
if ('refused' in asked) giveUp(asked.refused)

const refused = await refusalOf(asked.servers, asked.beyond, process.stdin.isTTY ? ask : undefined)
if (refused) giveUp(refused)

const enough = new AbortController()
process.once('SIGINT', () => {
  console.log('Everybody goes home …')
  enough.abort()
})

const own =
  asked.servers.length === 0 ? await startServers(asked.origin, { nodes: asked.nodes }) : undefined
try {
  const flooded = await flood(asked, own ? await ownPlace(own) : placeOf(asked), {
    signal: enough.signal,
    look({ second, here, views }) {
      const memory = own?.nodes.map((node) => `${Math.round(node.memory() / 2 ** 20)} MB`)
      const parts = [`${here} here`, `${views} page views`, ...(memory ?? [])]
      console.log(`${String(second).padStart(5)} s: ${parts.join(', ')}`)
    },
  })
  const delays = await Promise.all(
    (own?.nodes ?? []).map((node) => node.metric('nodejs_eventloop_lag_p99_seconds')),
  )
  console.log(
    reportOf(
      flooded,
      delays.map((seconds) => seconds * 1_000),
    ),
  )
} finally {
  await own?.stop()
}
process.exit(0)

async function ownPlace({ rest, site, nodes }: Awaited<ReturnType<typeof startServers>>) {
  const { origin, agents } = asked as Extract<typeof asked, { origin: string }>
  const place: Place = {
    bases: nodes.map(({ base }) => base),
    site: site.key,
    origin,
    agents: await hireTeam(rest, agents),
    spread: true,
  }
  return place
}

function placeOf({ servers, site = '', origin }: Extract<typeof asked, { origin: string }>): Place {
  const { FLOOD_EMAIL: email, FLOOD_PASSWORD: password } = process.env
  return {
    bases: servers.map((server) => server.replace(/\/$/, '')),
    site,
    origin,
    agents: email && password ? [{ email, password }] : [],
    spread: servers.every(isThisMachine),
  }
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return await terminal.question(question)
  } finally {
    terminal.close()
  }
}

function giveUp(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
