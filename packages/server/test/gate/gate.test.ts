import type { RefusalCode } from '@beckon/protocol'
import { AgentCommand, Topic } from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AgentLine } from '../whole.ts'
import { wireTo } from '../wire.ts'
import {
  AWAY,
  CANARY,
  type GateScene,
  OUTSIDERS,
  openGate,
  PEOPLE,
  type PersonName,
} from './gate-scene.ts'
import {
  type At,
  COMMANDS,
  forgetThings,
  OWN_ROUTES,
  ROUTES,
  type Sample,
  TOPICS,
} from './samples.ts'

/*
 * Who may do what, asked of the real doors: every route, command and topic, by everybody, about a
 * thing here, over there and nowhere. The three tables beside this file are what was agreed; read a
 * change of them as what it is, a change of somebody's rights.
 */

let scene: GateScene
const lines = new Map<PersonName, AgentLine>()
const ACCOUNTS = PEOPLE.filter((person) => !OUTSIDERS.includes(person))
beforeAll(async () => {
  scene = await openGate()
  for (const person of ACCOUNTS) lines.set(person, await scene.lineOf(person))
}, 120_000)
afterAll(() => scene?.[Symbol.asyncDispose]())

/** What somebody got: a short word for the table, and all of it. */
type Got = { word: string; granted: boolean; whole: string }
type Row = { name: string; at: At; got: Map<PersonName, Got> }

async function rowsOf<T>(
  samples: Record<string, Sample<T>>,
  people: readonly PersonName[],
  ask: (person: PersonName, name: string, sample: T) => Promise<Got>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const [name, { about, make }] of Object.entries(samples)) {
    const places: At[] = about === 'all' ? ['here'] : ['here', 'away', 'missing']
    for (const at of places) {
      const got = new Map<PersonName, Got>()
      for (const person of people) {
        const answer = await ask(person, name, await make(scene, at, lines.get(person)))
        got.set(person, answer)
        if (answer.granted) forgetThings(scene)
      }
      rows.push({ name: about === 'all' ? name : `${name} (${at})`, at, got })
    }
  }
  return rows
}

function tableOf(rows: Row[], people: readonly PersonName[]): string {
  const cells = [
    ['', ...people.map((_, at) => String.fromCharCode(65 + at))],
    ...rows.map(({ name, got }) => [name, ...people.map((person) => got.get(person)?.word ?? '')]),
  ]
  const widths = people.map((_, at) => Math.max(...cells.map((row) => (row[at + 1] ?? '').length)))
  const first = Math.max(...cells.map(([name = '']) => name.length))
  const legend = people.map((person, at) => `${String.fromCharCode(65 + at)} ${person}`)
  const body = cells.map(([name = '', ...row]) =>
    [name.padEnd(first), ...row.map((cell, at) => cell.padEnd(widths[at] ?? 0))]
      .join('  ')
      .trimEnd(),
  )
  return [...legend, '', ...body, ''].join('\n')
}

/** What holds whatever the tables say. */
function expectLaws(rows: Row[], people: readonly PersonName[]): void {
  for (const { name, at, got } of rows) {
    const missing = rows.find((row) => row.name === name.replace(/\(\w+\)$/, '(missing)'))
    for (const person of people) {
      const here = got.get(person)
      if (!here) continue
      const where = `${person} asks ${name}: ${here.whole.slice(0, 300)}`
      if (AWAY.includes(person)) {
        expect(here.whole, where).not.toContain(CANARY)
        if (at === 'here' && name.endsWith('(here)')) expect(here.granted, where).toBe(false)
      }
      // Not yours looks like not there, to the letter (T3).
      if (at === 'away' && !here.granted && !AWAY.includes(person))
        expect(here.whole, where).toBe(missing?.got.get(person)?.whole)
      if (at === 'here' && AWAY.includes(person) && missing) {
        expect(here.whole, where).toBe(missing.got.get(person)?.whole)
      }
    }
  }
}

const SHORT: Partial<Record<RefusalCode, string>> = { not_found: '404', not_allowed: '403' }
const refusal = (code: RefusalCode) => SHORT[code] ?? code

const typesIn = (schema: object, key: string): string[] => {
  const { anyOf, properties } = schema as {
    anyOf?: object[]
    properties?: Record<string, { const?: string }>
  }
  return anyOf?.flatMap((one) => typesIn(one, key)) ?? [properties?.[key]?.const ?? '']
}

async function documented(): Promise<string[]> {
  const { paths } = JSON.parse((await scene.ask('stranger', 'GET', '/api/v1/openapi.json')).text)
  return Object.entries(paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map(
      (method) =>
        `${method.toUpperCase()} ${path.replace('/api/v1', '').replaceAll(/\{(\w+)\}/g, ':$1')}`,
    ),
  )
}

describe('R the gate', () => {
  test('R every route, command and topic has its line in samples.ts', async () => {
    expect([...Object.keys(ROUTES), ...OWN_ROUTES].sort()).toEqual((await documented()).sort())
    expect(Object.keys(COMMANDS).sort()).toEqual(typesIn(AgentCommand, 'type').sort())
    expect(Object.keys(TOPICS).sort()).toEqual(typesIn(Topic, 'topic').sort())
  })

  test('R T3 T17 T18 T32 routes', { timeout: 120_000 }, async () => {
    const rows = await rowsOf(ROUTES, PEOPLE, async (person, name, { path, body }) => {
      const [method = ''] = name.split(' ')
      const { status, text } = await scene.ask(person, method, `/api/v1${path}`, body)
      const granted = status < 400 && method !== 'GET'
      return { word: String(status), granted, whole: `${status} ${text}` }
    })
    for (const { name, got } of rows) {
      if (name === 'GET /setup') continue
      for (const person of OUTSIDERS)
        expect(got.get(person)?.word, `${person}: ${name}`).toBe('401')
    }
    await expect(tableOf(rows, PEOPLE)).toMatchFileSnapshot('routes.txt')
    expectReadLaws(rows)
  })

  test('R T3 T18 I10 commands', { timeout: 120_000 }, async () => {
    const rows = await rowsOf(COMMANDS, ACCOUNTS, async (person, _name, command) => {
      const answer = await lineOf(person).ask(command as never)
      const refused = 'refused' in answer ? (answer.refused as RefusalCode) : undefined
      const word = refused ? refusal(refused) : 'ok'
      return { word, granted: !refused, whole: JSON.stringify(answer) }
    })
    await expect(tableOf(rows, ACCOUNTS)).toMatchFileSnapshot('commands.txt')
    expectLaws(rows, ACCOUNTS)
  })

  test('R W14 T3 T18 topics', { timeout: 120_000 }, async () => {
    const rows = await rowsOf(TOPICS, ACCOUNTS, async (person, _name, topic) => {
      const answer = await lineOf(person).look(topic as never)
      const refused = 'refused' in answer ? (answer.refused as RefusalCode) : undefined
      // Looking changes nothing: the thing is kept for the next one who asks.
      return {
        word: refused ? refusal(refused) : 'ok',
        granted: false,
        whole: refused ? JSON.stringify(answer) : `ok ${JSON.stringify(answer)}`,
      }
    })
    await expect(tableOf(rows, ACCOUNTS)).toMatchFileSnapshot('topics.txt')
    expectReadLaws(rows)
    // Whatever was ever said to them, by whatever event (T18).
    for (const person of AWAY) expect(JSON.stringify(lineOf(person).heard)).not.toContain(CANARY)
  })

  test('T3 T13 outsiders get no console: their connection ends at once', async () => {
    const { url } = scene.whole.app
    for (const person of OUTSIDERS) {
      const wire = wireTo(`${url.replace('http', 'ws')}/ws/agent`, {
        origin: url,
        cookie: scene.cookieOf(person),
      })
      expect((await wire.closed()).code, person).toBe(4002)
      expect(wire.heard).toEqual([])
    }
  })

  test('T3 T17 a visitor’s connection knows no command of agents, and nothing of other visitors', async () => {
    let kim = await scene.arrives('here')
    for (const [at, [type, { make }]] of Object.entries(COMMANDS).entries()) {
      // Who says too much that is not in the protocol is cut.
      if (at % 15 === 14) kim = await scene.arrives('here')
      // Both sides write messages; the visitor's own are asked about below.
      if (['message.send', 'chat.end', 'transcript.mail', 'file.offer'].includes(type)) continue
      expect(await kim.ask((await make(scene, 'here')) as never), type).toMatchObject({
        refused: 'bad_input',
      })
    }
    const { chatId } = await scene.chat('here')
    const { invitationId } = await scene.invitation('here')
    for (const [chat, invitation] of [
      [chatId, invitationId],
      ['no-such-chat-0', 'no-such-invitation'],
    ]) {
      const asked = [
        { type: 'message.send', chatId: chat, text: 'Hello' },
        { type: 'chat.end', chatId: chat },
        { type: 'file.offer', chatId: chat, name: 'plan.txt', size: 4 },
        { type: 'invitation.reply', invitationId: invitation, text: 'Hello' },
        { type: 'invitation.decline', invitationId: invitation },
        { type: 'invitation.keep', invitationId: invitation },
      ]
      for (const command of asked) {
        expect(await kim.ask(command as never), command.type).toEqual({ refused: 'not_found' })
      }
    }
  })

  test('T17 no route and no command takes a field it does not know, from anybody', {
    timeout: 120_000,
  }, async () => {
    const { paths } = JSON.parse((await scene.ask('stranger', 'GET', '/api/v1/openapi.json')).text)
    for (const [name, { make }] of Object.entries(ROUTES)) {
      const { path, body } = await make(scene, 'here')
      if (!body) continue
      const [method = '', template = ''] = name.split(' ')
      const documented = paths[`/api/v1${template.replace(':id', '{id}')}`][method.toLowerCase()]
      const known = Object.keys(
        documented.requestBody.content['application/json'].schema.properties,
      )
      for (const field of FOREIGN.filter((one) => !known.includes(one))) {
        const answer = await scene.ask('here', method, `/api/v1${path}`, { ...body, [field]: 'x' })
        expect(answer.status, `${name} with ${field}: ${answer.text}`).toBe(400)
        expect(JSON.parse(answer.text).code).toBe('bad_input')
      }
    }
    for (const [type, { make }] of Object.entries(COMMANDS)) {
      const command = await make(scene, 'here')
      for (const field of ['agentId', 'by', 'at', 'state', 'siteId']) {
        const answer = await scene.bosses.here.ask({ ...command, [field]: 'x' } as never)
        expect(answer, `${type} with ${field}`).toMatchObject({ refused: 'bad_input' })
      }
    }
  })
})

/** Fields of rows and views that only the server sets. */
const FOREIGN = [
  'id',
  'createdAt',
  'passwordHash',
  'password_hash',
  'roles',
  'disabled',
  'available',
  'agentId',
  'brandId',
  'key',
  'kind',
  'frontLine',
  'frontGroupId',
  'members',
  'main',
  'snippet',
  'matches',
  'until',
  'who',
  'constructor',
]

/** For reading: granted answers are wholes of their own, so a word says whether it was granted. */
function expectReadLaws(rows: Row[]): void {
  const read = (got: Got): Got => ({
    ...got,
    granted: got.word === 'ok' || got.word.startsWith('2'),
  })
  const judged = rows.map(({ got, ...row }) => ({
    ...row,
    got: new Map([...got].map(([person, answer]) => [person, read(answer)])),
  }))
  expectLaws(judged, PEOPLE)
}

function lineOf(person: PersonName): AgentLine {
  const line = lines.get(person)
  if (!line) throw new Error(`${person} has no console`)
  return line
}
