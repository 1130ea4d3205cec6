import { type BanView, type ChatId, EVERYONE, type GroupId, type Topic } from '@beckon/protocol'
import { SignJWT } from 'jose'
import { describe, expect, test, vi } from 'vitest'
import { aPage, CHROME } from './floor.ts'
import { granted, openWhole, type Whole } from './whole.ts'
import { wireTo } from './wire.ts'

const WINDOW: Extract<Topic, { topic: 'window' }> = {
  topic: 'window',
  filter: EVERYONE,
  sort: { by: 'started', dir: 'desc' },
  offset: 0,
  limit: 50,
}

/** The product with its first account as a manager too, signed in, in a console. */
async function openManaged() {
  const whole = await openWhole()
  const first = await whole.signIn()
  const [owner] = whole.app.directory.now.agents.values()
  const roles = ['agent', 'manager', 'administrator']
  await whole.rest('PATCH', `/agents/${owner?.id}`, { roles }, first)
  const cookie = await whole.signIn()
  const mia = await whole.agent(cookie)
  const rows = async () => {
    const { order, rows } = granted(await mia.look(WINDOW))
    return order.map((id) => rows[id])
  }
  return {
    whole,
    cookie,
    mia,
    rows,
    async invite(visitId: Parameters<typeof visitOf>[1]) {
      const [group] = whole.app.directory.now.groups.values()
      const values = granted(await mia.look({ topic: 'values', visitId }))
      const groupId = group?.id as GroupId
      const { version } = values
      return granted(
        await mia.ask<'invitation.send'>({
          type: 'invitation.send',
          visitId,
          groupId,
          template: 'Hello',
          version,
        }),
      ).invitation
    },
    ban: async (about: object) =>
      granted(await mia.ask<'visitor.ban'>({ type: 'visitor.ban', ...about } as never)).ban,
    async bans(): Promise<BanView[]> {
      const answer = await fetch(`${whole.app.url}/api/v1/bans`, { headers: { cookie } })
      return ((await answer.json()) as { items: BanView[] }).items
    },
    async lift({ id }: BanView) {
      const headers = { cookie, 'x-beckon': '1' }
      const answer = await fetch(`${whole.app.url}/api/v1/bans/${id}`, {
        method: 'DELETE',
        headers,
      })
      expect(answer.status).toBe(204)
    },
    [Symbol.asyncDispose]: () => whole[Symbol.asyncDispose](),
  }
}

const visitOf = (whole: Whole, id: Parameters<Whole['app']['visits']['presence']['find']>[0]) => {
  const visit = whole.app.visits.presence.find(id)
  if (!visit) throw new Error('not here')
  return visit
}

/** What a browser that comes again meets: let in, or the close code. */
async function knock(
  whole: Whole,
  {
    ip,
    headers,
    ...hello
  }: { ip: string; headers?: Record<string, string>; [field: string]: unknown },
): Promise<'let in' | number> {
  whole.clock.advance(25)
  const wire = wireTo<object, { type: string }>(
    `${whole.app.url.replace('http', 'ws')}/ws/visitor`,
    {
      origin: 'http://127.0.0.1:5999',
      'user-agent': CHROME,
      'x-forwarded-for': ip,
      ...headers,
    },
  )
  wire.say({
    type: 'hello',
    v: 1,
    site: whole.site('website').key,
    privacy: 'returning',
    page: aPage({ url: 'http://127.0.0.1:5999/' }),
    visible: true,
    focused: true,
    ...hello,
  })
  await wire.until('an answer', () =>
    wire.heard.find(({ type }) => type === 'welcome' || type === 'refused'),
  )
  const welcomed = wire.heard.some(({ type }) => type === 'welcome')
  if (!welcomed) return (await wire.closed()).code
  wire.socket.terminate()
  return 'let in'
}

describe('C12 bans', () => {
  test('C12 I23 a banned visitor’s invitation fails, the page is told and cut, the row says why; lifted, they are back', async () => {
    await using it = await openManaged()
    const { whole } = it
    const kim = await whole.visitor({ ip: '203.0.113.77' })
    const token = kim.welcome.token
    await it.invite(kim.welcome.visit)
    await kim.next('invitation')
    const { visitorId } = visitOf(whole, kim.welcome.visit)

    const ban = await it.ban({ visitorId, reason: '  Rude  ', seconds: 3600 })
    expect(ban).toMatchObject({ visitorId, reason: 'Rude', matches: 0 })
    expect(ban.until).toBe(ban.createdAt + 3_600_000)
    await whole.settled()
    const ended = await kim.next('invitation.ended')
    expect(ended).toMatchObject({ state: 'failed', reason: 'banned' })
    expect((await kim.next('look')).look).toMatchObject({ launcher: false, online: false })
    // Not heard any more, also before the connection ends.
    expect(await kim.ask({ type: 'chat.start', text: 'Let me in' })).toMatchObject({
      refused: 'not_allowed',
    })
    whole.clock.advance(2_000)
    expect((await kim.closed()).code).toBe(4006)
    const [row] = await it.rows()
    expect(row).toMatchObject({
      status: 'removed',
      reason: 'banned',
      invitation: { state: 'failed', reason: 'banned' },
    })

    await whole.pass(61_000)
    expect(await it.rows()).toEqual([])
    expect(await knock(whole, { ip: '203.0.113.77', token })).toBe(4006)
    expect(await it.rows()).toEqual([])

    // Somebody else behind the same address is not meant (T19).
    expect(await knock(whole, { ip: '203.0.113.77' })).toBe('let in')

    await whole.pass(61_000)
    const [listed] = await it.bans()
    expect(listed).toMatchObject({ id: ban.id, agentName: ban.agentName, matches: 1 })
    await it.lift(ban)
    expect(await it.bans()).toEqual([])
    expect(await knock(whole, { ip: '203.0.113.77', token })).toBe('let in')
    const events = await whole.app.store.read((db) =>
      db.selectFrom('events').select(['type', 'actor_id']).where('type', 'like', 'ban.%').execute(),
    )
    expect(events).toEqual([
      { type: 'ban.made', actor_id: ban.agentId },
      { type: 'ban.lifted', actor_id: ban.agentId },
    ])
    expect(whole.faults).toEqual([])
  })

  test('C12 W15 a ban of somebody verified is about the person, in whatever browser', async () => {
    await using it = await openManaged()
    const { whole, cookie } = it
    const keys = `/sites/${whole.site('website').id}/identity-keys`
    const { secret } = await whole.rest<{ secret: string }>('POST', keys, {}, cookie)
    const tokenOf = (sub: string) =>
      new SignJWT({ sub, name: sub })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime(new Date(whole.clock.now() + 3_600_000))
        .sign(new TextEncoder().encode(secret))
    const asMarta = async () => ({ identity: { token: await tokenOf('marta') } })
    const laptop = await whole.visitor({ ip: '203.0.113.1', ...(await asMarta()) })
    const phone = await whole.visitor({ ip: '203.0.113.2', ...(await asMarta()) })
    const library = await whole.visitor({ ip: '203.0.113.3' })
    const { visitorId } = visitOf(whole, laptop.welcome.visit)
    const ban = await it.ban({ visitorId })
    await whole.settled()
    whole.clock.advance(2_000)
    // The browser she is at as well is cut, a third one as soon as she says who she is there.
    expect((await laptop.closed()).code).toBe(4006)
    expect((await phone.closed()).code).toBe(4006)
    library.say({ type: 'identify', ...(await asMarta()) })
    await vi.waitFor(async () => {
      await whole.settled()
      whole.clock.advance(600)
      expect(visitOf(whole, library.welcome.visit).row.status).toBe('removed')
    })
    expect((await library.closed()).code).toBe(4006)
    // At a new browser; at one that is known as hers, also without saying who she is.
    expect(await knock(whole, { ip: '203.0.113.4', ...(await asMarta()) })).toBe(4006)
    expect(await knock(whole, { ip: '203.0.113.2', token: phone.welcome.token })).toBe(4006)
    const other = { identity: { token: await tokenOf('noor') } }
    expect(await knock(whole, { ip: '203.0.113.4', ...other })).toBe('let in')
    await it.lift(ban)
    expect(await knock(whole, { ip: '203.0.113.4', ...(await asMarta()) })).toBe('let in')
    expect(whole.faults).toEqual([])
  })

  test('C12 an open chat ends with the ban as its reason; the visitor is not told by whom', async () => {
    await using it = await openManaged()
    const { whole, mia } = it
    await mia.ask({ type: 'availability.set', available: true })
    const kim = await whole.visitor()
    const { chatId } = granted(await kim.ask({ type: 'chat.start', text: 'Hello' }))
    const { visitorId } = visitOf(whole, kim.welcome.visit)
    await it.ban({ visitorId })
    await whole.settled()
    const told = kim.heard.flatMap((frame) => (frame.type === 'chat' ? [frame.chat] : []))
    expect(told.at(-1)).toMatchObject({ id: chatId, state: 'ended' })
    expect(told.at(-1)).not.toHaveProperty('endedBy')
    const detail = granted(await mia.look({ topic: 'chat', chatId: chatId as ChatId }))
    expect(detail.chat).toMatchObject({ state: 'ended', endReason: 'banned' })
    expect(
      await kim.ask({ type: 'message.send', chatId: chatId as ChatId, text: 'Wait' }),
    ).toMatchObject({ refused: 'not_allowed' })
  })

  test('C12 a ban ends by itself, survives a restart before that, and takes its address with it', async () => {
    await using it = await openManaged()
    const { whole } = it
    const kim = await whole.visitor({ ip: '198.51.100.9' })
    const { token } = kim.welcome
    const { visitorId } = visitOf(whole, kim.welcome.visit)
    await it.ban({ visitorId, range: '198.51.100.9', seconds: 86_400 })
    whole.clock.advance(2_000)
    await kim.closed()
    await whole.restart()
    expect(await knock(whole, { ip: '198.51.100.9' })).toBe(4006)
    expect(await knock(whole, { ip: '203.0.113.1', token })).toBe(4006)
    whole.clock.advance(86_400_000)
    expect(await knock(whole, { ip: '198.51.100.9', token })).toBe('let in')
    await whole.pass(61_000)
    const rows = await whole.app.store.read((db) => db.selectFrom('bans').selectAll().execute())
    expect(rows).toEqual([])
  })

  test('C12 a range cuts everybody in it, and nobody else', async () => {
    await using it = await openManaged()
    const { whole, cookie } = it
    const near = await whole.visitor({ ip: '198.51.100.20' })
    const far = await whole.visitor({ ip: '198.51.101.20' })
    await whole.rest('POST', '/bans', { range: '198.51.100.0/24' }, cookie)
    whole.clock.advance(2_000)
    expect((await near.closed()).code).toBe(4006)
    await whole.settled()
    expect(far.socket.readyState).toBe(far.socket.OPEN)
    expect((await it.rows()).map((row) => row?.status).sort()).toEqual(['active', 'removed'])
  })

  test('C12 W21 where the browser keeps nothing, a banned visitor is known again by what joins their pages', async () => {
    await using it = await openManaged()
    const { whole } = it
    const kim = await whole.visitor({ ip: '203.0.113.40', privacy: 'presence' })
    const { visitorId } = visitOf(whole, kim.welcome.visit)
    await it.ban({ visitorId })
    await whole.pass(120_000)
    expect(await knock(whole, { ip: '203.0.113.40', privacy: 'presence' })).toBe(4006)
    const headers = { 'user-agent': `${CHROME} Edg/141.0` }
    expect(await knock(whole, { ip: '203.0.113.40', privacy: 'presence', headers })).toBe('let in')
  })
})

describe('T19 ways around a ban', () => {
  test('T19 of ten moves of a visitor banned with their address, nine are blocked', async () => {
    await using it = await openManaged()
    const { whole } = it
    const home = '2001:db8:77:a1b2::1'
    const kim = await whole.visitor({ ip: home })
    const { token, visit } = kim.welcome
    const other = await whole.visitor({ ip: home, token, page: aPage({ title: 'Other tab' }) })
    const { visitorId } = visitOf(whole, visit)
    await it.ban({ visitorId, range: home })
    const portal = { site: whole.site('portal').key, headers: { origin: whole.app.url } }
    const moves: Record<string, () => Promise<unknown>> = {
      'stays connected': async () => (await otherEnd(kim)).code,
      'another tab': async () => (await otherEnd(other)).code,
      reloads: () => knock(whole, { ip: home, token }),
      'clears the storage': () => knock(whole, { ip: home }),
      'a private window': () => knock(whole, { ip: home, privacy: 'presence' }),
      'another browser': () => knock(whole, { ip: home, headers: { 'user-agent': 'Firefox/140' } }),
      'says a forged address first': () => knock(whole, { ip: `8.8.8.8, ${home}` }),
      'a new address of the same /64': () => knock(whole, { ip: '2001:db8:77:a1b2:9::5' }),
      'another network, the old token, another name': () =>
        knock(whole, { ip: '8.8.4.4', token, identity: { email: 'new@example.com' } }),
      'another site of the brand': () => knock(whole, { ip: home, ...portal }),
    }
    whole.clock.advance(2_000)
    const answers: Record<string, unknown> = {}
    for (const [move, make] of Object.entries(moves)) answers[move] = await make()
    expect(new Set(Object.values(answers)), JSON.stringify(answers)).toEqual(new Set([4006]))
    // The eleventh: nothing is left that could be known again. It says so in the dialog.
    expect(await knock(whole, { ip: '8.8.4.4' })).toBe('let in')
  })
})

const otherEnd = (wire: { closed(): Promise<{ code: number }> }) => wire.closed()
