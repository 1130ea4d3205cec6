/*
 * What agents ask of the past, while it grows: a database is filled in steps with believable rows,
 * and after each the same questions are asked over REST, each many times. Run by
 * `npm run bench -- curve-history`, which reads the line of JSON at the end:
 *   node --import tsx packages/server/test/scale/history.ts --engine sqlite --messages 1000000
 */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import type { Tx } from '../../src/store/store.ts'
import { openWhole } from '../whole.ts'

const { values: asked } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    messages: { type: 'string', default: '1000000' },
  },
})
const MESSAGES_EACH = 8
const PAGES_EACH = 5
const INVITED_OF = 4
const TIMES = 20
/** A row for each number, in statements that neither engine finds long. */
const AT_ONCE = 5_000

const whole = await openWhole({ on: asked.engine === 'postgres' ? 'postgres' : 'sqlite' })
const cookie = await whole.signIn()
const agent = await whole.agent(cookie)
const visitor = await whole.visitor()
const started = await visitor.ask({ type: 'chat.start', text: 'Where is my order?' })
if ('refused' in started) throw new Error(`No chat: ${started.refused}`)
const { chatId = '' } = started as { chatId?: string }
await agent.ask<'chat.take'>({ type: 'chat.take', chatId: chatId as never })
await agent.ask<'chat.end'>({ type: 'chat.end', chatId: chatId as never })
await whole.settled()
const now = whole.clock.now()

type Row = Record<string, unknown>
/** Rows as the product wrote one, with what differs put in its place. */
async function copies(
  tx: Tx,
  of: { table: string; model: Row; differs: Record<string, string>; from: number; to: number },
): Promise<void> {
  const { table, model, differs, from, to } = of
  const names = Object.keys(model)
  const cells = names.map((name) => {
    const own = differs[name]
    if (own !== undefined) return sql.raw(own)
    const value = model[name]
    if (value === null) return sql.raw('null')
    return sql.raw(
      typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`,
    )
  })
  const columns = sql.join(names.map((name) => sql.ref(name)))
  await sql`insert into ${sql.table(table)} (${columns})
    with recursive n(i) as (select ${sql.raw(String(from))} union all select i + 1 from n where i < ${sql.raw(String(to - 1))})
    select ${sql.join(cells)} from n`.execute(tx)
}

const first = async (table: string): Promise<Row> => {
  const { rows } = await whole.app.store.read((db) =>
    sql<Row>`select * from ${sql.table(table)} limit 1`.execute(db),
  )
  const [row] = rows
  if (!row) throw new Error(`Nothing in ${table}`)
  // PostgreSQL gives large integers as text.
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' && /^\d{10,15}$/.test(value) ? Number(value) : value,
    ]),
  )
}
const models = {
  visitors: await first('visitors'),
  visits: await first('visits'),
  page_views: await first('page_views'),
  chats: await first('chats'),
  messages: await first('messages'),
}
const invitation: Row = {
  id: '',
  brand_id: models.visits.brand_id,
  site_id: models.visits.site_id,
  visitor_id: '',
  visit_id: '',
  agent_id: models.chats.agent_id,
  group_id: models.chats.group_id,
  state: 'declined',
  template: 'Can I help you?',
  text: 'Can I help you?',
  sent_at: 0,
  recipient: JSON.stringify({ rung: 'code', text: 'Visitor', verified: false }),
  keeps: 0,
  delivered_at: 1,
  viewed_at: 1,
  ended_at: 2,
}

/** One chat every two minutes, the newest just now: a year has 260,000. */
const at = (i: string) => `${now} - cast(${i} as bigint) * 120000`
const WORD = `'order ' || (100000 + i) || ' wheel ' || (i % 977) || ' thank you'`

async function fill(from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += AT_ONCE) {
    const part = { from: start, to: Math.min(start + AT_ONCE, to) }
    await whole.app.store.commit(async (tx) => {
      await copies(tx, {
        ...part,
        table: 'visitors',
        model: models.visitors,
        differs: {
          id: `'past-visitor-' || i`,
          token_hash: `'past-token-' || i`,
          display_name: `'Visitor ' || i`,
          first_seen_at: at('i'),
          last_seen_at: at('i'),
        },
      })
      await copies(tx, {
        ...part,
        table: 'visits',
        model: models.visits,
        differs: {
          id: `'past-visit-' || i`,
          // Every hundredth visit is of one who comes all the time.
          visitor_id: `case when i % 100 = 0 then 'past-visitor-0' else 'past-visitor-' || i end`,
          started_at: at('i'),
          navigated_at: at('i'),
          seen_at: at('i'),
          ended_at: at('i'),
          end_reason: `'idle'`,
        },
      })
      await copies(tx, {
        ...part,
        table: 'chats',
        model: models.chats,
        differs: {
          id: `'past-chat-' || i`,
          number: '1000 + i',
          visitor_id: `'past-visitor-' || i`,
          visit_id: `'past-visit-' || i`,
          queued_at: at('i'),
          started_at: at('i'),
          ended_at: at('i'),
        },
      })
      await copies(tx, {
        ...part,
        table: 'chat_texts',
        model: { rowid: 0, text: '' },
        differs: { rowid: '1000 + i', text: `'visitor ' || i || ' ' || ${WORD}` },
      })
      await copies(tx, {
        from: part.from * PAGES_EACH,
        to: part.to * PAGES_EACH,
        table: 'page_views',
        model: models.page_views,
        differs: {
          visit_id: `'past-visit-' || (i / ${PAGES_EACH})`,
          page_id: `'past-page-' || i`,
          at: at(`i / ${PAGES_EACH}`),
        },
      })
      await copies(tx, {
        from: part.from * MESSAGES_EACH,
        to: part.to * MESSAGES_EACH,
        table: 'messages',
        model: models.messages,
        differs: {
          chat_id: `'past-chat-' || (i / ${MESSAGES_EACH})`,
          seq: `1 + i % ${MESSAGES_EACH}`,
          client_id: `'past-message-' || i`,
          at: at(`i / ${MESSAGES_EACH}`),
          text: WORD,
        },
      })
      await copies(tx, {
        from: Math.ceil(part.from / INVITED_OF),
        to: Math.ceil(part.to / INVITED_OF),
        table: 'invitations',
        model: invitation,
        differs: {
          id: `'past-invitation-' || i`,
          visitor_id: `'past-visitor-' || (i * ${INVITED_OF})`,
          visit_id: `'past-visit-' || (i * ${INVITED_OF})`,
          sent_at: at(`i * ${INVITED_OF}`),
          state: `case i % 3 when 0 then 'declined' when 1 then 'ignored' else 'expired' end`,
        },
      })
    })
  }
  await analyze()
}

/** As the server does by itself from time to time; PostgreSQL may be at it just now. */
async function analyze(): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await whole.app.store.commit((tx) => sql.raw('analyze').execute(tx))
      return
    } catch (error) {
      if (tries > 30) throw error
      await pause(1_000)
    }
  }
}

const QUESTIONS: Record<string, (n: number) => [path: string, body?: object]> = {
  'completed chats': () => ['/chats?state=ended&limit=50'],
  'completed chats, far back': (n) => [
    `/chats?state=ended&limit=50&before=${now - n * 60_000}.past-chat-0000`,
  ],
  'search, a rare word': (n) => ['/chats/search', { text: `order ${100_000 + n}` }],
  'search, a word in every chat': () => ['/chats/search', { text: 'thank wheel' }],
  'report of 30 days': () => ['/reports/invitations'],
  'report of everything': () => [`/reports/invitations?from=0&to=${now + 1}`],
  'visits of one visitor': () => ['/visitors/past-visitor-0/visits?limit=20'],
}

async function ask([path, body]: readonly [string, object?]): Promise<number> {
  const from = performance.now()
  const response = await fetch(`${whole.app.url}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { cookie, 'x-beckon': '1', origin: whole.app.url, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 200)}`)
  return performance.now() - from
}

const points: Record<string, [messages: number, p95: number][]> = {}
let filled = 0
for (let messages = 10_000; messages <= Number(asked.messages); messages *= 10) {
  const chats = messages / MESSAGES_EACH
  await fill(filled, chats)
  filled = chats
  for (const [question, about] of Object.entries(QUESTIONS)) {
    // Caches and compiled code are warm on any day but the first.
    for (let n = 0; n < 3; n++) await ask(about(n))
    const took: number[] = []
    for (let n = 0; n < TIMES; n++) took.push(await ask(about(Math.floor((n / TIMES) * chats))))
    took.sort((a, b) => a - b)
    points[question] ??= []
    points[question].push([messages, took[Math.ceil(TIMES * 0.95) - 1] ?? Number.NaN])
  }
}
process.stdout.write(`${JSON.stringify(points)}\n`)
await whole[Symbol.asyncDispose]()
process.exit(0)
