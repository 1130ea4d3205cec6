import type {
  ChatId,
  PageTrail,
  PastVisit,
  Tag,
  VisitId,
  VisitorId,
  VisitorState,
  VisitRow,
} from '@beckon/protocol'
import { expect, test } from 'vitest'
import { newId } from '../src/ids.ts'
import { aPage } from './floor.ts'
import { granted, openWhole, type Whole } from './whole.ts'

const BEN = { email: 'ben@example.com', password: 'copper-lantern-52-frog' }
const CY = { email: 'cy@example.com', password: 'copper-lantern-53-frog' }
const HOSTILE = '<img src=x onerror=alert(1)>\u202e =1+1'

type Line = Awaited<ReturnType<Whole['agent']>>

const rowOf = async (line: Line, visitId: VisitId): Promise<VisitRow> =>
  granted(await line.look({ topic: 'visit', visitId })).row
const recordOf = async (line: Line, visitorId: VisitorId): Promise<VisitorState> =>
  granted(await line.look({ topic: 'visitor', visitorId }))

async function get<T>(whole: Whole, path: string, cookie: string): Promise<T & { code?: string }> {
  const answer = await fetch(`${whole.app.url}/api/v1${path}`, {
    headers: { cookie, 'x-beckon': '1' },
  })
  return (await answer.json()) as T & { code?: string }
}

async function addAgent(whole: Whole, cookie: string, who: typeof BEN, roles = ['agent']) {
  const { id } = await whole.rest<{ id: string }>(
    'POST',
    '/agents',
    { ...who, name: who.email.slice(0, 3), chatName: 'Colleague', roles },
    cookie,
  )
  return id
}

test('W4 W5 notes, tags, names and past visits are there after a restart, in the pane and in the row', async () => {
  await using whole = await openWhole()
  let cookie = await whole.signIn()
  let ada = await whole.agent(cookie)
  const kim = await whole.visitor()
  const visitId = kim.welcome.visit
  const token = kim.welcome.token as string
  const { visitorId } = await rowOf(ada, visitId)
  for (const title of ['Prices', 'Delivery', 'Contact']) {
    kim.say({ type: 'page', page: aPage({ title, url: `http://127.0.0.1:5999/${title}` }) })
    await kim.pinged()
    whole.clock.advance(5_000)
  }
  kim.say({ type: 'identify', identity: { name: HOSTILE, email: 'kim@example.com' } })
  granted(await ada.ask<'visitor.note'>({ type: 'visitor.note', visitorId, text: HOSTILE }))
  const { tag } = granted(
    await ada.ask<'visitor.tag'>({ type: 'visitor.tag', visitorId, name: '  Trade \u202e buyer ' }),
  )
  expect(tag.name).toBe('Trade buyer')
  const asked = granted(await kim.ask({ type: 'chat.start', text: 'Hello', name: 'Kim' }))
  const chatId = asked.chatId as NonNullable<typeof asked.chatId>
  await whole.settled()
  expect((await rowOf(ada, visitId)).tags).toEqual([{ name: 'Trade buyer', tint: tag.tint }])
  expect((await rowOf(ada, visitId)).previousChats).toBeUndefined()
  expect((await recordOf(ada, visitorId)).here).toMatchObject({ visitId })
  granted(await kim.ask({ type: 'chat.end', chatId }))
  await whole.settled()
  expect((await rowOf(ada, visitId)).previousChats).toBe(1)
  await kim.leave()
  await whole.pass(1_000_000)

  const told = granted(await ada.look({ topic: 'visit', visitId }))
  expect(told).toMatchObject({ gone: true, row: { status: 'removed', reason: 'idle' } })
  expect(told.leftAt).toBe(told.row.startedAt + 15_000)
  expect(told.pages.map(({ title }) => title).slice(1)).toEqual(['Prices', 'Delivery', 'Contact'])

  await whole.restart()
  cookie = await whole.signIn()
  ada = await whole.agent(cookie)
  expect(granted(await ada.look({ topic: 'visit', visitId }))).toEqual(told)
  const again = await whole.visitor({ token })
  await whole.settled()
  const row = await rowOf(ada, again.welcome.visit)
  expect(row).toMatchObject({ visitorId, visitNumber: 2, previousChats: 1 })
  expect(row.tags).toEqual([{ name: 'Trade buyer', tint: tag.tint }])

  expect(await recordOf(ada, visitorId)).toMatchObject({
    tags: [tag],
    notes: [{ text: HOSTILE.trim(), mayChange: true, agentId: ada.agentId }],
    identified: [{ visitId, displayName: HOSTILE, email: 'kim@example.com' }],
    chats: [{ id: chatId, state: 'ended', visitId }],
    more: [],
    here: { visitId: again.welcome.visit },
  })
  const past = await get<{ items: PastVisit[]; total: number; next: string | null }>(
    whole,
    `/visitors/${visitorId}/visits?limit=1`,
    cookie,
  )
  expect(past).toMatchObject({ total: 2, items: [{ id: again.welcome.visit, visitNumber: 2 }] })
  const earlier = await get<typeof past>(
    whole,
    `/visitors/${visitorId}/visits?limit=1&before=${past.next}`,
    cookie,
  )
  expect(earlier).toMatchObject({ items: [{ id: visitId, hits: 4 }], next: null })
  const trail = await get<PageTrail>(whole, `/visits/${visitId}/pages`, cookie)
  expect(trail).toMatchObject({ total: 4, last: [] })
  expect(trail.first.map(({ stayed }) => stayed)).toEqual([0, 5_000, 5_000, undefined])
  expect(whole.faults).toEqual([])
})

test('C7 W5 a name told before or in a chat stands in the live row and is kept; it makes nobody else of who signs in on the page', async () => {
  await using whole = await openWhole()
  const ada = await whole.agent(await whole.signIn())
  const kim = await whole.visitor()
  const visitId = kim.welcome.visit
  const who = async () => {
    await whole.settled()
    const { row } = granted(await ada.look({ topic: 'visit', visitId }))
    return [row.who.text, row.email]
  }
  const { chatId } = granted(
    await kim.ask({ type: 'chat.start', text: 'Hi', name: 'Kim', email: 'kim@home.example' }),
  )
  expect(await who()).toEqual(['Kim', 'kim@home.example'])
  granted(
    await ada.ask<'chat.contact'>({
      type: 'chat.contact',
      chatId: chatId as ChatId,
      name: 'Kimberley',
    }),
  )
  expect(await who()).toEqual(['Kimberley', 'kim@home.example'])
  kim.say({ type: 'identify', identity: { email: 'kim@work.example' } })
  await kim.pinged()
  expect(await who()).toEqual(['Kimberley', 'kim@work.example'])
  await whole.pass(2_000)
  const stored = await whole.app.store.read((db) =>
    db.selectFrom('visitors').select(['display_name', 'email']).execute(),
  )
  expect(stored).toEqual([{ display_name: 'Kimberley', email: 'kim@work.example' }])
})

test('W4 of many pages the newest are followed, and the first and last can be read', {
  timeout: 120_000,
}, async () => {
  await using whole = await openWhole()
  const cookie = await whole.signIn()
  const ada = await whole.agent(cookie)
  const kim = await whole.visitor()
  for (let n = 2; n <= 230; n++) {
    kim.say({ type: 'page', page: aPage({ title: `Page ${n}` }) })
    if (n % 10 === 0) await kim.pinged()
    whole.clock.advance(100)
  }
  await whole.settled()
  const { pages, row } = granted(await ada.look({ topic: 'visit', visitId: kim.welcome.visit }))
  expect(row.hits).toBe(230)
  expect([pages.length, pages[0]?.title, pages.at(-1)?.title]).toEqual([180, 'Page 51', 'Page 230'])
  const trail = await get<PageTrail>(whole, `/visits/${kim.welcome.visit}/pages`, cookie)
  expect([trail.total, trail.first.length, trail.last.length]).toEqual([230, 20, 180])
  expect([trail.first.at(-1)?.title, trail.last[0]?.title]).toEqual(['Page 20', 'Page 51'])
})

test('W4 W14 notes are changed by their writer and by managers; who does not see the visitor is told of nothing', async () => {
  await using whole = await openWhole()
  const cookie = await whole.signIn()
  const [group] = [...whole.app.directory.now.groups.values()]
  const ben = await addAgent(whole, cookie, BEN)
  const cy = await addAgent(whole, cookie, CY)
  const ada = await whole.agent(cookie)
  await whole.rest('PATCH', `/groups/${group?.id}`, { memberIds: [ada.agentId, ben] }, cookie)
  const benLine = await whole.agent(await whole.signIn(BEN))
  const cyCookie = await whole.signIn(CY)
  const cyLine = await whole.agent(cyCookie)
  const kim = await whole.visitor()
  await whole.settled()
  const visitId = kim.welcome.visit
  const { visitorId } = await rowOf(ada, visitId)

  const { noteId } = granted(
    await ada.ask<'visitor.note'>({ type: 'visitor.note', visitorId, text: 'Mine' }),
  )
  expect((await recordOf(benLine, visitorId)).notes).toMatchObject([{ mayChange: false }])
  expect(await benLine.ask({ type: 'note.edit', noteId, text: 'Not mine' })).toMatchObject({
    refused: 'not_allowed',
  })
  expect(await benLine.ask({ type: 'note.delete', noteId })).toMatchObject({
    refused: 'not_allowed',
  })
  expect(
    await ada.ask<'visitor.note'>({ type: 'visitor.note', visitorId, text: ' \n ' }),
  ).toMatchObject({
    refused: 'nothing_to_say',
  })
  await whole.rest('PATCH', `/agents/${ben}`, { roles: ['agent', 'manager'] }, cookie)
  const manager = await whole.agent(await whole.signIn(BEN))
  granted(await manager.ask({ type: 'note.edit', noteId, text: 'As a manager' }))
  expect((await recordOf(manager, visitorId)).notes).toMatchObject([
    { text: 'As a manager', mayChange: true, agentId: ada.agentId },
  ])

  for (const answer of [
    await cyLine.look({ topic: 'visitor', visitorId }),
    await cyLine.look({ topic: 'visitor', visitorId: newId<VisitorId>() }),
    await cyLine.look({ topic: 'visit', visitId }),
    await cyLine.ask<'visitor.note'>({ type: 'visitor.note', visitorId, text: 'Hello' }),
    await cyLine.ask({ type: 'note.edit', noteId, text: 'Hello' }),
    await cyLine.ask({ type: 'note.delete', noteId }),
    await cyLine.ask<'visitor.tag'>({ type: 'visitor.tag', visitorId, name: 'Hello' }),
  ]) {
    expect(answer).toMatchObject({ refused: 'not_found' })
  }
  for (const path of [`/visitors/${visitorId}/visits`, `/visits/${visitId}/pages`]) {
    expect(await get(whole, path, cyCookie)).toMatchObject({ code: 'not_found' })
    expect(await get(whole, path, '')).toMatchObject({ code: 'not_signed_in' })
  }
  expect(await get(whole, '/tags', cyCookie)).toEqual({ items: [] })

  // A chat of theirs opens the visitor to them, and only chats they may open are told.
  const { chatId } = granted(await kim.ask({ type: 'chat.start', text: 'Hi', name: 'Kim' }))
  expect((await recordOf(ada, visitorId)).chats).toHaveLength(1)
  await whole.app.store.commit((tx) =>
    tx
      .updateTable('chats')
      .set({ agent_id: cy as never, state: 'ended', ended_at: 1 })
      .execute(),
  )
  await whole.app.store.commit((tx) => tx.deleteFrom('chat_participants').execute())
  expect((await recordOf(cyLine, visitorId)).chats).toMatchObject([{ id: chatId }])
  await whole.app.store.commit((tx) => tx.updateTable('chats').set({ group_id: newId() }).execute())
  expect((await recordOf(ada, visitorId)).chats).toEqual([])
  expect(whole.faults).toEqual([])
})

test('W4 two agents tag at once with one word: the brand has one tag, in a tint of its own', async () => {
  await using whole = await openWhole()
  const cookie = await whole.signIn()
  const ada = await whole.agent(cookie)
  const kim = await whole.visitor()
  const lee = await whole.visitor()
  await whole.settled()
  const { visitorId } = await rowOf(ada, kim.welcome.visit)
  const other = (await rowOf(ada, lee.welcome.visit)).visitorId
  const tagged = await Promise.all(
    ['Trade', 'TRADE', 'trade'].map((name) =>
      ada.ask<'visitor.tag'>({ type: 'visitor.tag', visitorId, name }),
    ),
  )
  expect(new Set(tagged.map((one) => granted(one).tag.id)).size).toBe(1)
  const { tag } = granted(
    await ada.ask<'visitor.tag'>({ type: 'visitor.tag', visitorId: other, name: 'Press' }),
  )
  const { items } = await get<{ items: Tag[] }>(whole, '/tags', cookie)
  expect(items.map(({ name }) => name)).toEqual(['Press', 'Trade'])
  expect(new Set(items.map(({ tint }) => tint)).size).toBe(2)
  for (let n = 1; n < 20; n++) {
    granted(await ada.ask<'visitor.tag'>({ type: 'visitor.tag', visitorId, name: `Tag ${n}` }))
  }
  expect(
    await ada.ask<'visitor.tag'>({ type: 'visitor.tag', visitorId, name: 'One more' }),
  ).toMatchObject({
    refused: 'limit_reached',
  })
  granted(await ada.ask({ type: 'visitor.untag', visitorId: other, tagId: tag.id }))
  expect(
    granted(await ada.ask({ type: 'visitor.untag', visitorId: other, tagId: tag.id })),
  ).toEqual({})
  expect(
    await ada.ask<'visitor.tag'>({ type: 'visitor.tag', visitorId, name: ' \u200b ' }),
  ).toMatchObject({
    refused: 'nothing_to_say',
  })
})

test('W5 retention takes notes, tags and names with the last thing they were about', async () => {
  await using whole = await openWhole()
  const ada = await whole.agent(await whole.signIn())
  const kim = await whole.visitor()
  await whole.settled()
  const { visitorId } = await rowOf(ada, kim.welcome.visit)
  kim.say({ type: 'identify', identity: { name: 'Kim' } })
  granted(await ada.ask<'visitor.note'>({ type: 'visitor.note', visitorId, text: 'Note' }))
  granted(await ada.ask<'visitor.tag'>({ type: 'visitor.tag', visitorId, name: 'Trade' }))
  await kim.leave()
  await whole.pass(1_000_000)
  const { forgetVisits, forgetVisitors } = await import('../src/store/retention.ts')
  await forgetVisits(whole.app.store, whole.clock.now())
  await forgetVisitors(whole.app.store, whole.clock.now())
  const left = await whole.app.store.read(async (db) =>
    Promise.all(
      (['visits', 'visitors', 'visitor_notes', 'visitor_tags', 'identified'] as const).map(
        async (table) => (await db.selectFrom(table).selectAll().execute()).length,
      ),
    ),
  )
  expect(left).toEqual([0, 0, 0, 0, 0])
  expect(await ada.look({ topic: 'visitor', visitorId })).toMatchObject({ refused: 'not_found' })
  expect(await ada.look({ topic: 'visit', visitId: kim.welcome.visit })).toMatchObject({
    refused: 'not_found',
  })
})

test('W5 what is read of a visitor follows an index', async () => {
  await using whole = await openWhole({ on: 'sqlite' })
  const { CompiledQuery } = await import('kysely')
  const plan = async (text: string) => {
    const { rows } = await whole.app.store.read((db) =>
      db.executeQuery<{ detail: string }>(CompiledQuery.raw(`explain query plan ${text}`, [])),
    )
    return rows.map(({ detail }) => detail).join('; ')
  }
  for (const text of [
    "select * from visits where visitor_id in ('a','b') and (started_at < 5 or (started_at = 5 and id < 'x')) order by started_at desc, id desc limit 20",
    "select count(*) from visits where visitor_id in ('a')",
    "select count(*) from page_views where visit_id = 'a'",
    "select * from chats where visitor_id in ('a') order by queued_at desc, id desc limit 50",
    "select visitor_id, count(*) from chats where visitor_id in ('a','b') and state = 'ended' group by visitor_id",
    "select * from visitor_notes where visitor_id in ('a') order by at desc, id desc limit 50",
    "select * from identified where visitor_id in ('a') order by at desc limit 50",
    "select * from visitor_tags join tags on tags.id = visitor_tags.tag_id where visitor_tags.visitor_id in ('a') order by tags.folded",
  ]) {
    expect(await plan(text), text).not.toMatch(/\bSCAN\b/)
  }
})
