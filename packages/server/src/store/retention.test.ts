import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Insertable } from 'kysely'
import { expect, test } from 'vitest'
import { fakeClock } from '../time/fake-clock.ts'
import type { Database } from './database.ts'
import { insertEvent } from './event-rows.ts'
import { openStore } from './open-store.ts'
import {
  forgetChats,
  forgetInvitations,
  forgetOfflineMessages,
  forgetVisitors,
  forgetVisits,
} from './retention.ts'
import type { Tx } from './store.ts'

test('W21 old visits go with their pages; visitors go when nothing of them is left', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'beckon-'))
  const store = await openStore({ dataDir, clock: fakeClock() })
  await store.commit(async (tx) => {
    await visitor(tx, 'gone', 10)
    await visitor(tx, 'invited', 10)
    await visitor(tx, 'wrote', 10)
    await visitor(tx, 'here', 1_000)
    for (const id of ['gone', 'here']) {
      await tx
        .updateTable('visitors')
        .set({ person_id: `${id}-person` as never })
        .where('id', '=', id as never)
        .execute()
      const person = { brand_id: 'b' as never, subject: id, verified_at: 10 }
      await tx
        .insertInto('persons')
        .values({ id: `${id}-person` as never, ...person })
        .execute()
    }
    for (let i = 0; i < 450; i++) await visit(tx, `gone-${i}`, 'gone', 10)
    await visit(tx, 'invited-1', 'invited', 10)
    await visit(tx, 'here-1', 'here', 10)
    await visit(tx, 'here-2', 'here', 1_000)
    await tx
      .insertInto('invitations')
      .values({
        id: 'i' as never,
        brand_id: 'b' as never,
        site_id: 's' as never,
        visitor_id: 'invited' as never,
        visit_id: 'invited-1' as never,
        agent_id: 'a' as never,
        group_id: 'g' as never,
        recipient: '',
        template: '',
        text: '',
        state: 'ignored',
        sent_at: 10,
        keeps: 0,
      })
      .execute()
    await tx
      .insertInto('offline_messages')
      .values({
        id: 'o' as never,
        brand_id: 'b' as never,
        site_id: 's' as never,
        visitor_id: 'wrote' as never,
        name: '',
        email: '',
        text: '',
        fields: '[]',
        page_url: '',
        page_title: '',
        at: 10,
      })
      .execute()
  })
  expect(await forgetVisits(store, 500)).toBe(452)
  expect(await forgetVisitors(store, 500)).toBe(1)
  const left = await store.read(async (db) => ({
    visitors: (await db.selectFrom('visitors').select('id').orderBy('id').execute()).map(
      ({ id }) => id as string,
    ),
    visits: (await db.selectFrom('visits').select('id').execute()).map(({ id }) => id as string),
    persons: (await db.selectFrom('persons').select('subject').execute()).map(
      ({ subject }) => subject,
    ),
    pages: (await db.selectFrom('page_views').select('visit_id').execute()).map(
      ({ visit_id }) => visit_id as string,
    ),
  }))
  expect(left).toEqual({
    visitors: ['here', 'invited', 'wrote'],
    visits: ['here-2'],
    persons: ['here'],
    pages: ['here-2'],
  })
  await store.close()
  await rm(dataDir, { recursive: true })
})

test('W21 chats, invitations and offline messages go each after their own time, with all that is in them', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'beckon-'))
  const store = await openStore({ dataDir, clock: fakeClock() })
  await store.commit(async (tx) => {
    await visitor(tx, 'v', 10)
    await chat(tx, 1, { ended_at: 20, invitation_id: 'led' as never })
    await chat(tx, 2, { ended_at: 900 })
    await chat(tx, 3, { state: 'active', queued_at: 5, visitor_id: 'open' as never })
    await invitation(tx, 'led', 20)
    await invitation(tx, 'lone', 20)
    await invitation(tx, 'late', 900)
    await invitation(tx, 'open', undefined)
    for (const at of [30, 900]) await offline(tx, at)
  })
  const left = () =>
    store.read(async (db) => {
      const ids = async (table: 'chats' | 'invitations' | 'offline_messages' | 'visitors') =>
        (await db.selectFrom(table).select('id').orderBy('id').execute()).map(({ id }) => `${id}`)
      const chats = await ids('chats')
      for (const table of ['messages', 'files', 'chat_notes', 'chat_surveys'] as const) {
        const inside = await db.selectFrom(table).select('chat_id').orderBy('chat_id').execute()
        expect(inside.map(({ chat_id }) => `${chat_id}`)).toEqual(chats)
      }
      const texts = await db.selectFrom('chat_texts').select('rowid').execute()
      const logged = await db.selectFrom('events').select('subject_id').execute()
      expect(texts).toHaveLength(chats.length)
      expect(logged.map(({ subject_id }) => subject_id).sort()).toEqual(chats)
      return {
        chats,
        invitations: await ids('invitations'),
        offline: await ids('offline_messages'),
      }
    })

  // The chat it began is still there.
  expect(await forgetInvitations(store, 500)).toBe(1)
  expect((await left()).invitations).toEqual(['late', 'led', 'open'])
  expect(await forgetChats(store, 500)).toBe(1)
  expect(await forgetInvitations(store, 500)).toBe(1)
  expect(await forgetOfflineMessages(store, 500)).toBe(1)
  expect(await left()).toEqual({
    chats: ['chat-2', 'chat-3'],
    invitations: ['late', 'open'],
    offline: ['o-900'],
  })
  expect(await forgetVisitors(store, 500)).toBe(0)
  await store.close()
  await rm(dataDir, { recursive: true })
})

const whose = {
  brand_id: 'b' as never,
  site_id: 's' as never,
  visit_id: 'w' as never,
  group_id: 'g' as never,
}

async function chat(
  tx: Tx,
  number: number,
  more: Partial<Insertable<Database['chats']>>,
): Promise<void> {
  const id = `chat-${number}` as never
  await tx
    .insertInto('chats')
    .values({
      ...whose,
      id,
      number,
      visitor_id: 'v' as never,
      state: 'ended',
      who: '{}',
      queued_at: 1,
      last_seq: 1,
      agent_seen: 0,
      visitor_seen: 0,
      visitor_delivered: 0,
      ...more,
    })
    .execute()
  const agent_id = 'a' as never
  await tx
    .insertInto('messages')
    .values({
      chat_id: id,
      seq: 1,
      client_id: 'c',
      sender: 'agent',
      agent_id,
      name: '',
      text: '',
      at: 1,
    })
    .execute()
  await tx
    .insertInto('files')
    .values({
      id,
      chat_id: id,
      sender: 'agent',
      name: '',
      type: '',
      size: 1,
      created_at: 1,
      data: '',
    })
    .execute()
  await tx
    .insertInto('chat_notes')
    .values({ id, chat_id: id, agent_id, kind: 'note', text: '', at: 1 })
    .execute()
  await tx
    .insertInto('chat_surveys')
    .values({ chat_id: id, rating: 5, comment: '', answered_at: 1 })
    .execute()
  await tx.insertInto('chat_texts').values({ rowid: number, text: 'word' }).execute()
  await insertEvent(tx, {
    type: 'chat.ended',
    at: 1,
    brandId: whose.brand_id,
    subjectId: id,
    by: { kind: 'system' },
  })
}

const invitation = (tx: Tx, id: string, ended: number | undefined) =>
  tx
    .insertInto('invitations')
    .values({
      ...whose,
      id: id as never,
      visitor_id: `of-${id}` as never,
      agent_id: 'a' as never,
      recipient: '',
      template: '',
      text: '',
      sent_at: 5,
      keeps: 0,
      ...(ended === undefined
        ? { state: 'sent', deadline: 9_000 }
        : { state: 'declined', ended_at: ended }),
    })
    .execute()

const offline = (tx: Tx, at: number) =>
  tx
    .insertInto('offline_messages')
    .values({
      id: `o-${at}` as never,
      brand_id: whose.brand_id,
      site_id: whose.site_id,
      name: '',
      email: '',
      text: '',
      fields: '[]',
      page_url: '',
      page_title: '',
      at,
    })
    .execute()

const visitor = (tx: Tx, id: string, seen: number) =>
  tx
    .insertInto('visitors')
    .values({
      id: id as never,
      brand_id: 'b' as never,
      attributes: '{}',
      visits: 1,
      first_seen_at: seen,
      last_seen_at: seen,
    })
    .execute()

async function visit(tx: Tx, id: string, visitorId: string, at: number): Promise<void> {
  const row: Insertable<Database['visits']> = {
    id: id as never,
    visitor_id: visitorId as never,
    site_id: 's' as never,
    brand_id: 'b' as never,
    visit_number: 1,
    started_at: at,
    navigated_at: at,
    seen_at: at,
    hits: 1,
    landing_url: '',
    url: '',
    title: '',
    bot: 0,
  }
  await tx.insertInto('visits').values(row).execute()
  await tx
    .insertInto('page_views')
    .values({ visit_id: row.id, page_id: 'p', at, url: '', title: '' })
    .execute()
}
