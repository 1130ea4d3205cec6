import { parseArgs } from 'node:util'
import { EVERYDAY, type People, parsePeople } from '../people.ts'

type Number_ = { least: number; most: number; fallback: number; help: string }

/** Every number that can be asked for, with its limits: nothing here runs without end. */
const NUMBERS = {
  visitors: { least: 1, most: 60_000, fallback: 500, help: 'how many are there at a time' },
  seconds: { least: 1, most: 3_600, fallback: 30, help: 'how long they stay once all have come' },
  ramp: { least: 1, most: 3_600, fallback: 0, help: 'seconds in which they come (300 a second)' },
  'page-seconds': { least: 1, most: 3_600, fallback: 30, help: 'how long a page is read' },
  agents: { least: 0, most: 100, fallback: 5, help: 'consoles, each with a filter of its own' },
  invitations: { least: 0, most: 6_000, fallback: 20, help: 'a minute, by all agents together' },
  nodes: { least: 1, most: 4, fallback: 1, help: 'servers of its own; several share a database' },
  seed: { least: 0, most: 1e9, fallback: 1, help: 'the same seed sends the same people' },
} as const satisfies Record<string, Number_>

const TEXTS = {
  people: 'weights of the people who come (reader=68,bouncer=28,asker=4)',
  server: 'a Beckon that is running; once for each node. Without it flood starts its own',
  site: 'with --server: key of the site that the visitors are on',
  origin: 'with --server: an origin that this site allows (http://127.0.0.1:4101)',
  beyond: 'name of a host that is not this machine, if it is really meant; asked again',
} as const

export type Asked = Readonly<Record<keyof typeof NUMBERS, number>> & {
  readonly people: People
  readonly servers: readonly string[]
  readonly site: string | undefined
  readonly origin: string
  readonly beyond: string | undefined
}

/** What the command line asks for, or the sentence that refuses it. */
export function readAsked(args: readonly string[]): Asked | 'help' | { refused: string } {
  let values: Record<string, string | string[] | boolean | undefined>
  try {
    const text = { type: 'string' } as const
    const names = [...Object.keys(NUMBERS), ...Object.keys(TEXTS)]
    const options = Object.fromEntries(names.map((name) => [name, text]))
    values = parseArgs({
      args: [...args],
      options: {
        ...options,
        server: { ...text, multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    return { refused: `${(error as Error).message.split('. ')[0]}. See --help.` }
  }
  if (values.help) return 'help'
  const numbers = {} as Record<keyof typeof NUMBERS, number>
  for (const [name, { least, most, fallback }] of Object.entries(NUMBERS)) {
    const text = values[name]
    const number = text === undefined ? fallback : Number(text)
    if (text !== undefined && !(Number.isInteger(number) && number >= least && number <= most))
      return { refused: `--${name} is a whole number from ${least} to ${most}.` }
    numbers[name as keyof typeof NUMBERS] = number
  }
  numbers.ramp ||= Math.ceil(numbers.visitors / 300)
  const people = values.people === undefined ? EVERYDAY : parsePeople(String(values.people))
  if (!people) return { refused: '--people is a list such as reader=68,bouncer=28,asker=4.' }
  const servers = (values.server ?? []) as string[]
  for (const server of servers) {
    if (!/^https?:/.test(server) || !URL.canParse(server))
      return { refused: `--server is an address such as http://localhost:4000, not “${server}”.` }
  }
  if (servers.length > 0 && values.site === undefined)
    return { refused: 'With --server the key of a site is needed: --site KEY (Settings → Sites).' }
  return {
    ...numbers,
    people,
    servers,
    site: values.site as string | undefined,
    origin: String(values.origin ?? 'http://127.0.0.1:4101'),
    beyond: values.beyond as string | undefined,
  }
}

export function helpText(): string {
  const numbers = Object.entries(NUMBERS).map(([name, { fallback, most, help }]) => {
    const usual = fallback > 0 ? ` (${fallback}; at most ${most.toLocaleString('en-GB')})` : ''
    return [`--${name} N`, help + usual] as const
  })
  const texts = Object.entries(TEXTS).map(([name, help]) => [`--${name} …`, help] as const)
  const lines = [...numbers, ...texts].map(([option, help]) => `  ${option.padEnd(18)} ${help}`)
  return `npm run flood -- [options]

A crowd of believable people on a Beckon of this machine, and agents who look at them, answer and
invite; over the public protocol, for a bounded time. Ends with what was counted and how long things
took.

${lines.join('\n')}

Agents of a Beckon that is running sign in with FLOOD_EMAIL and FLOOD_PASSWORD from the environment;
without these nobody looks, answers or invites. Use an account that nobody works with.

  npm run flood -- --visitors 18000 --agents 20 --seconds 60
  npm run flood -- --visitors 50000 --nodes 3 --page-seconds 60
  npm run flood -- --server http://localhost:4000 --site KEY --visitors 1000
`
}
