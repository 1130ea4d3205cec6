import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChatId } from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../src/store/open-store.ts'
import { systemClock } from '../src/time/clock.ts'
import { backUp, restore } from '../src/upkeep/backup.ts'
import { move } from '../src/upkeep/move.ts'
import { newDatabaseUrl } from './database.ts'
import { postgresPrograms } from './postgres-server.ts'
import { granted, openWhole, type Whole } from './whole.ts'

describe('taking the data away', () => {
  let whole: Whole
  let folder: string
  beforeAll(async () => {
    whole = await openWhole({ on: 'sqlite' })
    await whole.agent(await whole.signIn())
    folder = await mkdtemp(join(tmpdir(), 'beckon-upkeep-'))
  })
  afterAll(async () => {
    await whole?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  const textsIn = async (dataDir: string) => {
    const store = await openStore({ dataDir, clock: systemClock })
    const rows = await store.read((db) =>
      db.selectFrom('messages').select(['seq', 'text']).orderBy('chat_id').orderBy('seq').execute(),
    )
    await store.close()
    return rows.map(({ text }) => text)
  }

  test('R22 a backup of a running server holds all that was acknowledged before, and is restored as it was', async () => {
    const kim = await whole.visitor()
    const { chatId } = granted(await kim.ask({ type: 'chat.start', text: 'First' }))
    for (const text of ['Zwei 🚲', 'שלוש'])
      granted(await kim.ask({ type: 'message.send', chatId: chatId as ChatId, text }))
    await writeFile(join(whole.dataDir, 'secret.key'), 'a key that opens what is sealed')
    const to = join(folder, 'monday')
    // The server writes on meanwhile.
    const more = Array.from({ length: 20 }, (_, n) =>
      kim.ask({ type: 'message.send', chatId: chatId as ChatId, text: `Later ${n}` }),
    )
    await backUp(whole.dataDir, to)
    await Promise.all(more)
    expect((await readdir(to)).sort()).toEqual(['beckon.db', 'secret.key'])
    await expect(backUp(whole.dataDir, to)).rejects.toThrow(/is there already/)

    const dataDir = join(folder, 'restored')
    await restore(to, dataDir)
    expect((await textsIn(dataDir)).slice(0, 3)).toEqual(['First', 'Zwei 🚲', 'שלוש'])
    expect(await readdir(dataDir)).toContain('secret.key')
    await expect(restore(to, dataDir)).rejects.toThrow(/holds a database already/)
    await kim.leave()
  })

  test('R22 what is no whole database is refused before anything is touched', async () => {
    const broken = join(folder, 'broken')
    await cp(join(folder, 'monday'), broken, { recursive: true })
    await writeFile(join(broken, 'beckon.db'), Buffer.alloc(40_000, 7))
    const dataDir = join(folder, 'untouched')
    await expect(restore(broken, dataDir)).rejects.toThrow()
    await expect(readdir(dataDir)).rejects.toThrow()
    await expect(backUp(join(folder, 'nothing'), join(folder, 'none'))).rejects.toThrow(
      /There is no database/,
    )
  })

  test.skipIf(!postgresPrograms)(
    'R22 everything moves to PostgreSQL, counted and compared; a database with data is refused',
    async () => {
      const dataDir = join(folder, 'to-move')
      await restore(join(folder, 'monday'), dataDir)
      const databaseUrl = (await newDatabaseUrl('postgres')) ?? ''
      const moved = await move(dataDir, databaseUrl)
      const rows = Object.fromEntries(moved.map(({ table, rows }) => [table, rows]))
      expect(rows).toMatchObject({ brands: 1, agents: 1, chats: 1, visitors: 1 })
      const there = await openStore({ dataDir, databaseUrl, clock: systemClock })
      const texts = await there.read((db) =>
        db.selectFrom('messages').select('text').orderBy('seq').execute(),
      )
      await there.close()
      expect(texts.map(({ text }) => text)).toEqual(await textsIn(dataDir))
      await expect(move(dataDir, databaseUrl)).rejects.toThrow(/holds data already/)
    },
  )
})
