import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Insertable } from 'kysely'
import { expect, test } from 'vitest'
import { fakeClock } from '../time/fake-clock.ts'
import type { Database } from './database.ts'
import { openStore } from './open-store.ts'
import { forgetVisits } from './retention.ts'
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
