import type { IpMode, NewIdentityKey, SiteInput } from '@beckon/protocol'
import { SignJWT } from 'jose'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aPage } from './floor.ts'
import { granted, openWhole, type Whole } from './whole.ts'

/* W21 through the whole product: what is kept, handed over and erased. */

const SECRET = /erasure-canary|Marta|marta@|8231/

async function scene(site: Partial<SiteInput> = {}) {
  const whole = await openWhole()
  const cookie = await whole.signIn()
  const path = `/sites/${whole.site('website').id}`
  await whole.rest('PATCH', path, site, cookie)
  const ask = (method: string, where: string) =>
    fetch(`${whole.app.url}/api/v1${where}`, { method, headers: { cookie, 'x-beckon': '1' } })
  return {
    whole,
    cookie,
    ask,
    ada: await whole.agent(cookie),
    [Symbol.asyncDispose]: () => whole[Symbol.asyncDispose](),
  }
}

/** Every row of every table, as text. */
async function everything(whole: Whole): Promise<string> {
  await whole.settled()
  const { store } = whole.app
  const names =
    store.engine === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where type = 'table'`
      : sql<{
          name: string
        }>`select table_name as name from information_schema.tables where table_schema = current_schema()`
  const rows = await store.read(async (db) => {
    const { rows: tables } = await names.execute(db)
    const all: unknown[] = []
    for (const { name } of tables) {
      all.push([
        name,
        await db
          .selectFrom(name as 'visits')
          .selectAll()
          .execute(),
      ])
    }
    return all
  })
  return JSON.stringify(rows)
}

describe('W21 erasing and handing over', () => {
  test('W21 T28 everything held is handed over; erased, not a row is left and the browser is a stranger', async () => {
    await using s = await scene({ ipMode: 'full' })
    const { whole } = s
    const { id: siteId } = whole.site('website')
    const { secret } = await whole.rest<NewIdentityKey>(
      'POST',
      `/sites/${siteId}/identity-keys`,
      {},
      s.cookie,
    )
    const token = await new SignJWT({ sub: '8231', name: 'Marta', email: 'marta@example.com' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(new Date(whole.clock.now() + 3_600_000))
      .sign(new TextEncoder().encode(secret))
    const page = aPage({ url: 'http://127.0.0.1:5999/', title: 'erasure-canary page' })
    const kim = await whole.visitor({ identity: { token, attributes: { plan: 'x' } }, page })
    const phone = await whole.visitor({ identity: { token }, page })
    const visitId = kim.welcome.visit
    await whole.settled()
    const visitorId = whole.app.presence.find(visitId)?.visitorId as never
    const second = whole.app.presence.find(phone.welcome.visit)?.visitorId as string
    granted(await s.ada.ask({ type: 'visitor.note', visitorId, text: 'erasure-canary note' }))
    granted(await s.ada.ask({ type: 'visitor.tag', visitorId, name: 'loud' }))
    const values = granted(await s.ada.look({ topic: 'values', visitId }))
    const [group] = whole.app.directory.now.groups.values()
    const { invitation } = granted(
      await s.ada.ask<'invitation.send'>({
        type: 'invitation.send',
        visitId,
        groupId: group?.id as never,
        template: 'Hello #displayname#',
        version: values.version,
      }),
    )
    const { chatId } = granted(
      await kim.ask({
        type: 'invitation.reply',
        invitationId: invitation.id,
        text: 'erasure-canary',
      }),
    )
    granted(await s.ada.ask({ type: 'message.send', chatId: chatId as never, text: 'Yes, Marta?' }))
    expect(await everything(whole)).toMatch(SECRET)
    const list = s.ada.newSub()
    s.ada.say({ type: 'subscribe', sub: list, topic: { topic: 'chats' } })

    const held = (await (await s.ask('GET', `/visitors/${visitorId}/export`)).json()) as Record<
      string,
      object[]
    >
    for (const part of ['visits', 'pages', 'invitations', 'chats', 'messages', 'notes', 'tags']) {
      expect([part, held[part]?.length]).not.toEqual([part, 0])
    }
    expect(held.visitors).toHaveLength(2)
    expect(JSON.stringify(held)).not.toContain('token_hash')

    const answer = await s.ask('DELETE', `/visitors/${visitorId}`)
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { visitors: 2, visits: 2, invitations: 1, chats: 1 },
    ])
    await kim.until('the end', () => (kim.socket.readyState >= 2 ? true : undefined))
    const left = await everything(whole)
    expect(left).not.toMatch(SECRET)
    for (const id of [visitorId, visitId, chatId, invitation.id, second])
      expect(left).not.toContain(id)
    expect(whole.app.visits.figures.visits).toBe(0)
    // The console hears that the chat is gone, and that the visitor is.
    await s.ada.until('the chat to go', () =>
      s.ada.heard.find(
        (frame) =>
          frame.type === 'event' && JSON.stringify(frame.event).includes(`"drop":["${chatId}"]`),
      ),
    )
    expect(await s.ada.look({ topic: 'visitor', visitorId })).toEqual({ refused: 'not_found' })
    expect((await s.ask('GET', `/visitors/${visitorId}/export`)).status).toBe(404)
    const again = await whole.visitor({ token: kim.welcome.token })
    expect(again.welcome).toMatchObject({
      token: expect.not.stringMatching(`^${kim.welcome.token}$`),
    })
    expect(again.welcome.chat).toBeUndefined()
    await whole.settled()
    expect(whole.app.presence.find(again.welcome.visit)?.row.visitNumber).toBe(1)
    expect(whole.faults).toEqual([])
  })
})

describe('W21 what a visitor may know and wish', () => {
  test('W21 they are told what is seen of them, and can be gone at once', async () => {
    await using s = await scene({ showPrivacy: true, ipMode: 'masked' })
    const kim = await s.whole.visitor({
      ip: '198.51.100.77',
      identity: { name: 'Kim', attributes: { plan: 'gold' } },
    })
    expect(kim.welcome.look.privacy).toBe(true)
    kim.say({ type: 'known.ask' })
    const { known } = await kim.next('known')
    expect(known).toMatchObject({
      hits: 1,
      visitNumber: 1,
      name: 'Kim',
      verified: false,
      ip: '198.51.0.0',
      attributes: ['plan'],
      privacy: 'returning',
    })
    kim.say({ type: 'visit.hide' })
    await kim.until('the end', () => (kim.socket.readyState >= 2 ? true : undefined))
    const { total } = granted(
      await s.ada.look({
        topic: 'window',
        filter: { match: 'all', conditions: [] },
        sort: { by: 'started', dir: 'desc' },
        offset: 0,
        limit: 10,
      }),
    )
    expect(total).toBe(0)
  })

  test('W21 only where the owner has switched it on', async () => {
    await using s = await scene()
    const kim = await s.whole.visitor()
    expect(kim.welcome.look).not.toHaveProperty('privacy')
  })

  test('W21 T29 the owner says which query keys are kept; the rest is dropped before it is seen', async () => {
    await using s = await scene({ queryKeys: ['pa*', 'ref'] })
    const kim = await s.whole.visitor({
      page: aPage({
        url: 'http://127.0.0.1:5999/a?partner=7&page=2&q=tea&ref=me@example.com&utm_source=x#top',
        referrer: 'http://127.0.0.1:6001/?q=secret&pal=1',
      }),
    })
    await s.whole.settled()
    const row = s.whole.app.presence.find(kim.welcome.visit)?.row
    expect(row?.url).toBe('http://127.0.0.1:5999/a?partner=7&page=2&ref=…')
    expect(row?.referrer).toBe('http://127.0.0.1:6001/?pal=1')
  })

  test.each<[IpMode, string | undefined]>([
    ['full', '198.51.100.77'],
    ['masked', '198.51.0.0'],
    ['none', undefined],
  ])('T28 %s: of the address the visitor is told %s', async (ipMode, ip) => {
    await using s = await scene({ ipMode })
    const kim = await s.whole.visitor({ ip: '198.51.100.77' })
    kim.say({ type: 'known.ask' })
    expect((await kim.next('known')).known.ip).toBe(ip)
  })
})
