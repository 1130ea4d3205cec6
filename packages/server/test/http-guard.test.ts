import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HOST, type HttpScene, ORIGIN, openHttp, PASSWORD, STYLE } from './open-http.ts'

let scene: HttpScene
beforeAll(async () => {
  // Every request below may come from an address of its own, so that limits stay out of the way.
  scene = await openHttp({ settings: { trustProxy: '127.0.0.1' } })
})
afterAll(() => scene[Symbol.asyncDispose]())

let askedFrom = 0
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** Bodies that each route would accept, so that a refusal is about who asks and not about what. */
const body = (method: Method, path: string): object | undefined => {
  const { ids } = scene
  if (method === 'GET' || method === 'DELETE') return undefined
  const name = `Made ${Math.random()}`
  const bodies: Record<string, object> = {
    '/agents': {
      name,
      chatName: name,
      email: `${Math.random()}@example.com`,
      password: PASSWORD,
      roles: ['agent'],
    },
    '/departments': { name, liveChat: true, brandId: ids.brands.here },
    '/groups': { name, departmentId: ids.departments.here, memberIds: [] },
    '/sites': { name, origins: ['shop.example'], brandId: ids.brands.here },
    '/links': { name, siteId: ids.sites.here, type: 'button', style: STYLE },
    '/bans': { range: '203.0.113.7' },
    '/sign-in': { email: 'ada@example.com', password: PASSWORD },
    '/me/password': { current: PASSWORD, password: `${PASSWORD} more` },
    '/setup': { code: 'x', name, chatName: name, email: 'x@example.com', password: PASSWORD },
  }
  if (method === 'POST') return bodies[path] ?? {}
  return path.startsWith('/agents') ? { chatName: name } : { name }
}

const address = (path: string) => {
  const { ids } = scene
  const here: Record<string, string> = {
    agents: ids.agents.gus,
    departments: ids.departments.here,
    groups: ids.groups.here,
    sites: ids.sites.here,
    links: 'no-such-link-0000',
    chats: 'no-such-chat-0000',
    bans: 'no-such-ban-00000',
  }
  return `/api/v1${path.replace(/^\/(\w+)\/:id/, (_all, noun: string) => `/${noun}/${here[noun]}`)}`
}

/** Routes the documentation knows, as `GET /agents/:id`. */
const documented = async () => {
  const { paths } = (await scene.app.inject('/api/v1/openapi.json')).json()
  return Object.entries(paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map(
      (method) =>
        `${method.toUpperCase()} ${path.replace('/api/v1', '').replaceAll(/\{(\w+)\}/g, ':$1')}`,
    ),
  )
}

describe('T14 changes come from the console only', () => {
  const foreign: [string, Record<string, string | undefined>][] = [
    ['another origin', { origin: 'https://evil.example' }],
    ['the null origin', { origin: 'null' }],
    ['another port', { origin: 'http://localhost:4001' }],
    ['a rebound name', { origin: 'http://evil.example:4000', host: 'evil.example:4000' }],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
    ['a same-site fetch', { 'sec-fetch-site': 'same-site' }],
    ['no header of ours', { 'x-beckon': undefined }],
    ['neither header nor origin', { 'x-beckon': undefined, origin: undefined }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['plain text', { 'content-type': 'text/plain' }],
    ['a multipart form', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['almost JSON', { 'content-type': 'application/json-patch' }],
  ]
  for (const [how, headers] of foreign) {
    test(`T14 every changing route refuses ${how}, and no row changes`, async () => {
      await scene.cookieOf('ada')
      const before = await scene.rows()
      for (const route of await documented()) {
        const [method, path] = route.split(' ') as [Method, string]
        if (method === 'GET') continue
        const json = JSON.stringify(body(method, path) ?? {})
        const sent: Record<string, string> = {
          host: HOST,
          origin: ORIGIN,
          'x-beckon': '1',
          'content-type': 'application/json',
          cookie: await scene.cookieOf('ada'),
        }
        for (const [name, value] of Object.entries(headers)) {
          if (value === undefined) delete sent[name]
          else sent[name] = value
        }
        const answer = await scene.app.inject({
          method,
          url: address(path),
          headers: sent,
          payload: json,
        })
        expect([route, answer.statusCode]).toEqual([
          route,
          expect.toSatisfy((s) => s === 403 || s === 400),
        ])
        expect(answer.json()).toEqual({ code: expect.any(String), message: expect.any(String) })
      }
      expect(await scene.rows()).toBe(before)
    })
  }

  test('T14 a script without a browser needs the header and no Origin', async () => {
    const answer = await scene.app.inject({
      method: 'POST',
      url: '/api/v1/departments',
      headers: { host: HOST, 'x-beckon': '1', cookie: await scene.cookieOf('ada') },
      payload: body('POST', '/departments') as object,
    })
    expect(answer.statusCode).toBe(201)
  })

  test('T14 asking changes nothing', async () => {
    const before = await scene.rows()
    for (const route of await documented()) {
      const [method, path] = route.split(' ') as [Method, string]
      if (method === 'GET') await scene.ask('ada', { method, url: address(path) })
    }
    expect(await scene.rows()).toBe(before)
  })
})

describe('T17 only what a schema names is taken', () => {
  const foreignFields = {
    id: 'own-choice-0001',
    passwordHash: 'x',
    password_hash: 'x',
    createdAt: 1,
    created_at: 1,
    key: 'mine',
    kind: 'portal',
    available: true,
    frontLine: true,
    front_line: 1,
    main: true,
    frontGroupId: 'x',
    members: [],
    snippet: '<script>',
    author: 'x',
    agentId: 'x',
    token: 'x',
    constructor: 'x',
    __proto_: {},
    $where: '1',
  }
  test('T17 every field that is the server’s to set is refused, everywhere', async () => {
    const before = await scene.rows()
    for (const route of await documented()) {
      const [method, path] = route.split(' ') as [Method, string]
      const payload = body(method, path)
      if (!payload || path === '/sign-out') continue
      for (const [field, value] of Object.entries(foreignFields)) {
        const answer = await scene.ask('ada', {
          method,
          url: address(path),
          payload: { ...payload, [field]: value },
          headers: {
            'x-forwarded-for': `10.0.${Math.floor(askedFrom++ / 250)}.${askedFrom % 250}`,
          },
        })
        expect([route, field, answer.statusCode]).toEqual([route, field, 400])
        expect(answer.json().code).toBe('bad_input')
      }
    }
    expect(await scene.rows()).toBe(before)
  })

  test('T17 T25 a body that reaches for the prototype is refused', async () => {
    const answer = await scene.ask('ada', {
      method: 'POST',
      url: '/api/v1/departments',
      headers: { 'content-type': 'application/json' },
      payload: '{"name":"A","liveChat":true,"__proto__":{"admin":true}}',
    })
    expect(answer.statusCode).toBe(400)
    expect(({} as Record<string, unknown>).admin).toBeUndefined()
  })

  test('T3 ids of other types name nothing', async () => {
    for (const id of [
      'true',
      '0',
      '[]',
      '0e1',
      '%00',
      'null',
      "'--",
      '../agents',
      'a'.repeat(300),
    ]) {
      const answer = await scene.ask('ada', {
        method: 'GET',
        url: `/api/v1/sites/${encodeURIComponent(id)}`,
      })
      expect([id, answer.statusCode]).toEqual([id, 404])
    }
  })

  test('T24 bad JSON is a named refusal', async () => {
    const bad = [
      '{',
      'nul',
      '[1,]',
      '{"name":"\\u0000"}',
      `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
      '\ufeff{}',
      '"text"',
      '1',
      'null',
      '[]',
    ]
    for (const payload of bad) {
      const answer = await scene.ask('ada', {
        method: 'POST',
        url: '/api/v1/departments',
        headers: { 'content-type': 'application/json' },
        payload,
      })
      expect([payload.slice(0, 20), answer.statusCode]).toEqual([payload.slice(0, 20), 400])
      expect(answer.json().code).toBe('bad_input')
    }
  })

  test('T24 a body over the limit is refused', async () => {
    const answer = await scene.ask('ada', {
      method: 'POST',
      url: '/api/v1/departments',
      payload: { name: 'x'.repeat(70_000), liveChat: true },
    })
    expect(answer.json().code).toBe('too_long')
  })
})
