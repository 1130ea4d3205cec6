import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { MIGRATIONS } from '../src/store/migrations/migrate.ts'
import { openChild } from './child.ts'
import { openOldDatabase } from './old-database.ts'

/** Their words are put into the index one by one: the longest of all steps. */
const CHATS = 1_500
/** After so long a start that goes on from there is at work on it, or has just got past it. */
const AGAIN_MS = 700
const KEPT = ['visitors', 'visits', 'page_views', 'invitations', 'chats', 'messages', 'events']

/**
 * R23: the tables of the first version, filled, are brought up to date, and `kill -9` falls in the
 * middle of it. Started again, nothing of what was there is missing or there twice.
 */
export async function killWhileUpgrading(urls: {
  old?: string | undefined
  fresh?: string | undefined
}) {
  const folder = await mkdtemp(join(tmpdir(), 'beckon-upgrade-'))
  await using fresh = await openChild('http://127.0.0.1:5999', urls.fresh)
  await fresh.end('SIGTERM')
  const like = await openOldDatabase(fresh.dataDir, urls.fresh)
  const dataDir = join(folder, 'data')
  const old = await openOldDatabase(dataDir, urls.old)
  try {
    await old.fill(CHATS)
    const columns = new Map<string, string[]>()
    const before = new Map<string, unknown>()
    for (const table of KEPT) {
      const names = await old.columns(table)
      columns.set(table, names)
      before.set(table, await old.sum(table, names))
    }

    const changed = { BECKON_DATA_DIR: dataDir, ...(urls.old && { DATABASE_URL: urls.old }) }
    const die = async (moment: () => Promise<unknown>) => {
      const starting = fresh.start(changed).catch(() => {})
      await moment()
      await fresh.end('SIGKILL')
      await starting
    }
    await die(async () => {
      while (!(await old.isIndexing())) await pause(2)
    })
    expect((await old.steps()).length, 'steps made when it died').toBeLessThan(MIGRATIONS.length)
    await die(() => pause(AGAIN_MS))
    await fresh.start(changed)
    await fresh.end('SIGTERM')

    expect(await old.steps()).toEqual(MIGRATIONS.map(({ name }) => name))
    expect(await old.shape()).toEqual(await like.shape())
    for (const table of KEPT) {
      expect(await old.sum(table, columns.get(table) ?? []), table).toEqual(before.get(table))
    }
    expect(await old.sum('chat_texts', ['rowid'])).toMatchObject({ count: CHATS })
  } finally {
    await old.close()
    await like.close()
    await rm(folder, { recursive: true, force: true })
  }
}
