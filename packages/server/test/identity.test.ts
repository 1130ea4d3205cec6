import type { IdentityClaim, NewIdentityKey, SiteSignals } from '@beckon/protocol'
import { SignJWT } from 'jose'
import { describe, expect, test, vi } from 'vitest'
import { granted, openWhole, type VisitorLine, type Whole } from './whole.ts'

/* W15 through the whole product: what a page may say, and what only its server can. */

type Claims = { sub?: string; name?: string; email?: string; username?: string }

async function scene() {
  const whole = await openWhole()
  const cookie = await whole.signIn()
  const siteId = whole.site('website').id
  const makeKey = () =>
    whole.rest<NewIdentityKey>('POST', `/sites/${siteId}/identity-keys`, {}, cookie)
  return {
    whole,
    cookie,
    siteId,
    makeKey,
    ada: await whole.agent(cookie),
    async signals(): Promise<SiteSignals> {
      const answer = await fetch(`${whole.app.url}/api/v1/sites/${siteId}/signals`, {
        headers: { cookie },
      })
      return (await answer.json()) as SiteSignals
    },
    [Symbol.asyncDispose]: () => whole[Symbol.asyncDispose](),
  }
}

const sign = (whole: Whole, secret: string, claims: Claims, seconds: number | null = 3600) => {
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' })
  if (seconds !== null) token.setExpirationTime(new Date(whole.clock.now() + seconds * 1000))
  return token.sign(new TextEncoder().encode(secret))
}

/** As agents see them in the list. */
async function seen(whole: Whole, of: VisitorLine, visitId = of.welcome.visit) {
  await whole.settled()
  const visit = whole.app.presence.find(visitId)
  if (!visit) throw new Error('nobody there')
  return visit.row
}

const MARTA: Claims = { sub: '8231', name: 'Marta Kowalczyk', email: 'marta@example.com' }

describe('W15 a signed identity', () => {
  test('W15 what is signed is verified, and what the page says beside it is not', async () => {
    await using s = await scene()
    const { secret } = await s.makeKey()
    const token = await sign(s.whole, secret, MARTA)
    const kim = await s.whole.visitor({
      identity: { token, name: 'The Owner', attributes: { plan: 'gold' } },
    })
    const row = await seen(s.whole, kim)
    expect(row.who).toMatchObject({ rung: 'displayname', text: 'Marta Kowalczyk', verified: true })
    expect(row.email).toBe('marta@example.com')
    const visit = granted(await s.ada.look({ topic: 'visit', visitId: row.id }))
    expect(visit.verified).toMatchObject({ subject: '8231', email: 'marta@example.com' })
    expect(visit.attributes).toEqual({ plan: 'gold' })
    expect(kim.heard.filter(({ type }) => type === 'warning')).toEqual([])
    expect((await s.signals()).identity?.verifiedAt).toBe(s.whole.clock.now())
  })

  test('T34 a name that a page says, before or after, never gets the mark', async () => {
    await using s = await scene()
    const { secret } = await s.makeKey()
    const kim = await s.whole.visitor({ identity: { name: 'Marta Kowalczyk' } })
    expect((await seen(s.whole, kim)).who.verified).toBe(false)
    const token = await sign(s.whole, secret, { sub: '8231', email: 'marta@example.com' })
    kim.say({ type: 'identify', identity: { token } })
    kim.say({ type: 'identify', identity: { name: 'The Owner' } })
    await vi.waitFor(async () => expect((await seen(s.whole, kim)).who.next).toBe('The Owner'))
    const row = await seen(s.whole, kim)
    expect(row.who).toMatchObject({ rung: 'email', text: 'marta@example.com', verified: true })
  })

  const wrong: [
    what: string,
    code: string,
    token: (s: Scene, secret: string) => Promise<string>,
  ][] = [
    ['has expired', 'token_expired', ({ whole }, secret) => sign(whole, secret, MARTA, -120)],
    ['is another site’s', 'token_not_signed', ({ whole }) => sign(whole, 'x'.repeat(43), MARTA)],
    ['never ends', 'token_without_expiry', ({ whole }, secret) => sign(whole, secret, MARTA, null)],
    [
      'names nobody',
      'token_without_subject',
      ({ whole }, secret) => sign(whole, secret, { name: 'Marta' }),
    ],
    ['is no token', 'token_malformed', async () => 'abc.def'],
    [
      'says it needs no signature',
      'token_not_signed',
      async ({ whole }) =>
        `${base64({ alg: 'none' })}.${base64({ ...MARTA, exp: whole.clock.now() / 1000 + 60 })}.`,
    ],
  ]
  test.each(wrong)(
    'W15 a token that %s leaves the page’s words unverified: %s',
    async (_, code, of) => {
      await using s = await scene()
      const { secret } = await s.makeKey()
      const token = await of(s, secret)
      const kim = await s.whole.visitor({ identity: { token, name: 'Marta' } })
      expect((await seen(s.whole, kim)).who).toMatchObject({ text: 'Marta', verified: false })
      const warnings = kim.heard.filter((frame) => frame.type === 'warning')
      expect(warnings).toMatchObject([{ code }])
      // T35: nobody's token is told again.
      expect(JSON.stringify(warnings)).not.toContain(token)
      expect((await s.signals()).identity?.refused).toMatchObject({ code, count: 1 })
      expect(s.whole.faults).toEqual([])
    },
  )

  test('W15 without a key the warning says so', async () => {
    await using s = await scene()
    const token = await sign(s.whole, 'x'.repeat(43), MARTA)
    const kim = await s.whole.visitor({ identity: { token } })
    await seen(s.whole, kim)
    expect(kim.heard).toContainEqual(expect.objectContaining({ code: 'no_identity_key' }))
  })

  test('W15 two keys are good at once until one is revoked; there is no third', async () => {
    await using s = await scene()
    const old = await s.makeKey()
    const next = await s.makeKey()
    await expect(s.makeKey()).rejects.toThrow('limit_reached')
    for (const { secret } of [old, next]) {
      const token = await sign(s.whole, secret, MARTA)
      const row = await seen(s.whole, await s.whole.visitor({ identity: { token } }))
      expect(row.who.verified).toBe(true)
    }
    const api = `${s.whole.app.url}/api/v1`
    const path = `${api}/sites/${s.siteId}/identity-keys`
    const headers = { cookie: s.cookie, 'x-beckon': '1' }
    expect(
      (await fetch(`${api}/identity-keys/${old.id}`, { method: 'DELETE', headers })).status,
    ).toBe(204)
    const { items } = (await (await fetch(path, { headers })).json()) as { items: object[] }
    expect(items).toEqual([{ id: next.id, createdAt: next.createdAt, usedAt: expect.any(Number) }])
    const token = await sign(s.whole, old.secret, { ...MARTA, sub: '9' })
    const row = await seen(s.whole, await s.whole.visitor({ identity: { token } }))
    expect(row.who.verified).toBe(false)
  })

  test('T35 a secret is in no list, no event and no log', async () => {
    await using s = await scene()
    const { secret } = await s.makeKey()
    const events = await s.whole.app.store.read((db) =>
      db.selectFrom('events').selectAll().execute(),
    )
    expect(events.some(({ type }) => type === 'identity_key.made')).toBe(true)
    expect(JSON.stringify(events)).not.toContain(secret)
    for (const path of ['/sites', `/sites/${s.siteId}`, `/sites/${s.siteId}/identity-keys`]) {
      const answer = await fetch(`${s.whole.app.url}/api/v1${path}`, {
        headers: { cookie: s.cookie },
      })
      expect(await answer.text()).not.toContain(secret)
    }
  })

  test('W15 two browsers of one person stay two visitors with one history', async () => {
    await using s = await scene()
    const { secret } = await s.makeKey()
    const identity: IdentityClaim = { token: await sign(s.whole, secret, MARTA) }
    const desk = await s.whole.visitor({ identity })
    const phone = await s.whole.visitor({ identity })
    // The same name, only said, joins nobody.
    const other = await s.whole.visitor({ identity: { name: MARTA.name, email: MARTA.email } })
    const ids = await Promise.all(
      [desk, phone, other].map(async (one) => (await seen(s.whole, one)).visitorId),
    )
    expect(new Set(ids).size).toBe(3)
    const visitsOf = async (id: string | undefined) => {
      const answer = await fetch(`${s.whole.app.url}/api/v1/visitors/${id}/visits`, {
        headers: { cookie: s.cookie },
      })
      return ((await answer.json()) as { total: number }).total
    }
    expect(await Promise.all(ids.map(visitsOf))).toEqual([2, 2, 1])
    await s.ada.ask({ type: 'visitor.note', visitorId: ids[0] as never, text: 'Likes tea' })
    const record = granted(await s.ada.look({ topic: 'visitor', visitorId: ids[1] as never }))
    expect(record.notes.map(({ text }) => text)).toEqual(['Likes tea'])
  })

  test('W15 who is verified is so after a restart and in a chat', async () => {
    await using s = await scene()
    const { secret } = await s.makeKey()
    const kim = await s.whole.visitor({ identity: { token: await sign(s.whole, secret, MARTA) } })
    granted(await kim.ask({ type: 'chat.start', text: 'Hello' }))
    await s.whole.settled()
    const { chats } = granted(await s.ada.look({ topic: 'chats' }))
    expect(Object.values(chats)[0]?.who).toMatchObject({ text: 'Marta Kowalczyk', verified: true })
    await s.whole.restart()
    const again = await s.whole.visitor({ token: kim.welcome.token })
    expect((await seen(s.whole, again)).who.verified).toBe(true)
  })

  test('W15 another person, or nobody, on the same browser starts anew without the chat', async () => {
    await using s = await scene()
    const { secret } = await s.makeKey()
    const kim = await s.whole.visitor({ identity: { token: await sign(s.whole, secret, MARTA) } })
    granted(await kim.ask({ type: 'chat.start', text: 'Hello' }))
    const first = (await seen(s.whole, kim)).visitorId
    const token = await sign(s.whole, secret, { sub: '77', name: 'Marta Kowalczyk' })
    kim.say({ type: 'identify', identity: { token } })
    // Asked at once: it waits for the check, so it is the new visitor's page.
    kim.say({
      type: 'page',
      page: { id: 'page-of-the-next', url: 'http://127.0.0.1:5999/next', title: 'Next' },
    })
    const { visit, token: kept } = await kim.next('token')
    const row = await seen(s.whole, kim, visit)
    expect(row.visitorId).not.toBe(first)
    expect(row).toMatchObject({ title: 'Next', who: { verified: true } })
    expect(row.chat).toBeUndefined()
    kim.say({ type: 'identify', identity: null })
    await s.whole.settled()
    const tokens = kim.heard.filter((frame) => frame.type === 'token')
    expect(new Set(tokens.map((frame) => frame.token)).size).toBe(2)
    const last = tokens.at(-1)
    expect((await seen(s.whole, kim, last?.visit)).who.verified).toBe(false)
    // A browser that still has the second one is the second one again.
    const back = await s.whole.visitor({ token: kept })
    expect((await seen(s.whole, back)).who.verified).toBe(true)
    expect(back.welcome.chat).toBeUndefined()
  })
})

type Scene = Awaited<ReturnType<typeof scene>>
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
