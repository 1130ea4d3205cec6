import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type App, createApp } from '../src/app.ts'
import { fakeGeo } from '../src/geo/geo.ts'
import { silentLog } from '../src/log.ts'
import { readSettings } from '../src/settings/settings.ts'
import { welcomeText } from '../src/welcome.ts'

const ADMIN = { email: 'ada@example.com', password: 'violet-tractor-19-lamp' }
const UNATTENDED = { BECKON_ADMIN_EMAIL: ADMIN.email, BECKON_ADMIN_PASSWORD: ADMIN.password }
const SHOP = 'http://127.0.0.1:5999'

describe('the whole server', () => {
  let dataDir: string
  let app: App | undefined
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'beckon-'))
  })
  afterEach(async () => {
    await app?.close()
    app = undefined
    await rm(dataDir, { recursive: true })
  })

  async function open(env: Record<string, string> = {}): Promise<App> {
    const settings = readSettings({ PORT: '0', BECKON_DATA_DIR: dataDir, ...env })
    app = await createApp({ settings, log: silentLog, geo: fakeGeo() })
    return app
  }

  test('S38 a visitor arrives, is invited, replies, and the chat is the inviter’s', async () => {
    const { url, directory } = await open(UNATTENDED)
    const site = [...directory.now.sites.values()].find(({ kind }) => kind === 'website')
    const agent = await openAgent(url, await signIn(url))
    agent.say({
      type: 'subscribe',
      sub: 1,
      topic: {
        topic: 'window',
        filter: { match: 'all', conditions: [] },
        sort: { by: 'started', dir: 'desc' },
        offset: 0,
        limit: 10,
      },
    })
    await agent.hears('snapshot')

    const kim = await openVisitor(url)
    kim.say({
      type: 'hello',
      v: 1,
      site: site?.key,
      privacy: 'returning',
      page: { id: 'page-0001', url: `${SHOP}/pricing`, title: 'Pricing' },
      visible: true,
      focused: true,
    })
    const welcome = await kim.hears('welcome')
    const arrival = await agent.hears('event', ({ event }) => event.rows?.length > 0)
    expect(arrival.event.rows[0]).toMatchObject({ id: welcome.visit, title: 'Pricing', hits: 1 })

    agent.say({ type: 'subscribe', sub: 2, topic: { topic: 'values', visitId: welcome.visit } })
    const { state } = await agent.hears('snapshot', ({ sub }) => sub === 2)
    agent.say({
      type: 'invitation.send',
      id: 'command-1',
      visitId: welcome.visit,
      groupId: state.groups[0].id,
      template: 'Need help with #pagetitle#?',
      version: state.version,
    })
    const { invitation } = await kim.hears('invitation')
    expect(invitation.text).toBe('Need help with Pricing?')

    kim.say({ type: 'invitation.delivered', invitationId: invitation.id })
    kim.say({ type: 'invitation.viewed', invitationId: invitation.id })
    kim.say({
      type: 'invitation.reply',
      id: 'message-1',
      invitationId: invitation.id,
      text: 'Yes, please.',
    })
    const { chatId } = await kim.hears('done', ({ id }) => id === 'message-1')
    agent.say({ type: 'subscribe', sub: 3, topic: { topic: 'chat', chatId } })
    const chat = (await agent.hears('snapshot', ({ sub }) => sub === 3)).state
    expect(chat.chat).toMatchObject({
      state: 'active',
      agentName: 'Ada',
      invitationId: invitation.id,
    })
    expect(chat.messages.map(({ text }: { text: string }) => text)).toEqual([
      'Need help with Pricing?',
      'Yes, please.',
    ])
  })

  test('the first run is made once; a restart finds it again', async () => {
    const first = await open({ ...UNATTENDED, BECKON_SITE_URL: 'https://shop.example.com/de/' })
    const { brands, sites, departments, groups, agents } = first.directory.now
    expect([...brands.values()].map(({ name }) => name)).toEqual(['shop.example.com'])
    expect([...sites.values()].map(({ kind, name, origins }) => [kind, name, origins])).toEqual([
      ['website', 'shop.example.com', ['https://shop.example.com']],
      ['portal', 'Portal', []],
    ])
    expect([...departments.values()]).toMatchObject([{ name: 'Support', liveChat: true }])
    const [ada] = agents.values()
    expect(ada).toMatchObject({ name: 'Ada', email: ADMIN.email, card: { initials: 'AD' } })
    expect([...(ada?.roles ?? [])]).toEqual(['agent', 'manager', 'administrator'])
    const [group] = groups.values()
    expect(group).toMatchObject({ name: 'Support', frontLine: true })
    expect(group?.members.get(ada?.id as never)).toEqual({ active: true })
    expect(welcomeText(first)).toContain(`Sign in as ${ADMIN.email}`)
    await first.close()

    const again = await open(UNATTENDED)
    expect([...again.directory.now.sites.keys()]).toEqual([...sites.keys()])
    expect(again.directory.now.agents.size).toBe(1)
    await signIn(again.url)
  })

  test('T35 without settings the start prints a one-time code, which ends with its use', async () => {
    const { url, setupCode, directory } = await open()
    const code = setupCode()
    expect(code).toMatch(/^\w{4}-\w{4}-\w{4}$/)
    expect(welcomeText(app as App)).toContain(`${url}/console/setup#code=${code}`)
    const setUp = (given: string | undefined) =>
      post(`${url}/api/v1/setup`, { ...ADMIN, code: given, name: 'Ada', chatName: 'Ada' })
    expect((await setUp('AAAA-AAAA-AAAA')).status).toBe(401)
    expect((await setUp(code?.toLowerCase())).status).toBe(200)
    expect(setupCode()).toBeUndefined()
    expect(directory.now.departments.size).toBe(1)
    expect((await setUp(code)).status).toBe(409)
  })

  test('R21 stopping tells visitors to move and answers nobody any more', async () => {
    const { url, directory, close } = await open(UNATTENDED)
    const site = [...directory.now.sites.values()].find(({ kind }) => kind === 'website')
    const kim = await openVisitor(url)
    kim.say({
      type: 'hello',
      v: 1,
      site: site?.key,
      privacy: 'returning',
      page: { id: 'page-0001', url: `${SHOP}/`, title: 'Shop' },
      visible: true,
      focused: true,
    })
    await kim.hears('welcome')
    const stopped = close()
    expect(await kim.hears('move')).toMatchObject({ withinMs: expect.any(Number) })
    await stopped
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()

    // The page view was on its way to the database: stopping writes it.
    const { store } = await open()
    const views = await store.read((db) => db.selectFrom('page_views').select('title').execute())
    expect(views).toEqual([{ title: 'Shop' }])
  })

  test('probes answer, and only this machine or the token reads the metrics', async () => {
    const { url } = await open()
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('beckon_visits 0')
    const forwarded = { headers: { 'x-forwarded-for': '203.0.113.9' } }
    expect((await fetch(`${url}/metrics`, forwarded)).status).toBe(403)
    await app?.close()
    const guarded = await open({ BECKON_METRICS_TOKEN: 'a-long-token' })
    const read = (token?: string) =>
      fetch(`${guarded.url}/metrics`, {
        headers: token ? { authorization: `Bearer ${token}` } : {},
      })
    expect((await read()).status).toBe(403)
    expect((await read('another-token')).status).toBe(403)
    expect((await read('a-long-token')).status).toBe(200)
  })

  test('T21 what is refused is counted by door and code', async () => {
    const { url } = await open(UNATTENDED)
    const agent = await openAgent(url, await signIn(url))
    agent.say({ type: 'chat.take', id: 'command-1', chatId: 'chat-nowhere' })
    agent.say({ type: 'chat.take', id: 'command-2' })
    agent.say({ type: 'subscribe', sub: 1, topic: { topic: 'chat', chatId: 'chat-nowhere' } })
    await agent.hears('refused')
    await agent.hears('refused')
    await agent.hears('closed')
    const stranger = await openVisitor(url)
    stranger.say({ type: 'page' })
    await once(stranger.socket, 'close')
    await fetch(`${url}/nowhere`)
    await fetch(`${url}/%ff`)
    await fetch(`${url}/api/v1/me`)
    const text = await (await fetch(`${url}/metrics`)).text()
    const counted = text.match(/^beckon_refusals_total.*$/gm)
    expect(counted?.sort()).toEqual([
      'beckon_refusals_total{door="agent",code="bad_input"} 1',
      'beckon_refusals_total{door="agent",code="not_found"} 2',
      'beckon_refusals_total{door="http",code="bad_input"} 1',
      'beckon_refusals_total{door="http",code="not_found"} 1',
      'beckon_refusals_total{door="http",code="not_signed_in"} 1',
      'beckon_refusals_total{door="visitor",code="bad_input"} 1',
    ])
  })

  test('a port that is taken stops the start with a sentence and leaves the data folder free', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    await expect(open({ PORT: String(port) })).rejects.toThrow(
      `Port ${port} is taken on 127.0.0.1.`,
    )
    other.close()
    await open()
  })

  test('a weak first password stops the start with a sentence', async () => {
    const env = { ...UNATTENDED, BECKON_ADMIN_PASSWORD: 'passwordpassword1' }
    await expect(open(env)).rejects.toThrow(/password is easy to guess/)
  })
})

const post = (address: string, body: object) =>
  fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-beckon': '1' },
    body: JSON.stringify(body),
  })

/** The Cookie header of a fresh sign-in. */
async function signIn(url: string): Promise<string> {
  const answer = await post(`${url}/api/v1/sign-in`, ADMIN)
  expect(answer.status).toBe(200)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

// Without a browser's name a visitor is a bot, and not in the list.
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

const openVisitor = (url: string) =>
  openSocket(`${url.replace('http', 'ws')}/ws/visitor`, {
    origin: SHOP,
    headers: { 'user-agent': BROWSER },
  })

async function openAgent(url: string, cookie: string) {
  const agent = await openSocket(`${url.replace('http', 'ws')}/ws/agent`, {
    origin: url,
    headers: { cookie },
  })
  agent.say({ type: 'hello', v: 1 })
  await agent.hears('welcome')
  return agent
}

// biome-ignore lint/suspicious/noExplicitAny: frames are read by what the test expects of them
type Frame = any

/** A raw socket with its ledger: `hears` takes the next frame that fits, come or coming. */
async function openSocket(address: string, options: { origin: string; headers?: object }) {
  const socket = new WebSocket(address, options as never)
  const heard: Frame[] = []
  let wake = () => {}
  socket.on('message', (data) => {
    heard.push(JSON.parse(String(data)))
    wake()
  })
  await once(socket, 'open')
  return {
    socket,
    say: (frame: object) => socket.send(JSON.stringify(frame)),
    async hears(type: string, fits: (frame: Frame) => boolean = () => true): Promise<Frame> {
      for (;;) {
        const at = heard.findIndex((frame) => frame.type === type && fits(frame))
        if (at >= 0) return heard.splice(at, 1)[0]
        const refused = heard.find((frame) => frame.type === 'refused')
        if (refused) throw new Error(`refused: ${JSON.stringify(refused)}`)
        await new Promise<void>((resolve, reject) => {
          wake = resolve
          const missed = `no ${type} came; heard ${JSON.stringify(heard).slice(0, 2_000)}`
          AbortSignal.timeout(60_000).addEventListener('abort', () => reject(new Error(missed)))
        })
      }
    },
  }
}
