import { test } from 'vitest'
import { newDatabaseUrl } from './database.ts'
import { killInTheMiddle } from './kill-run.ts'
import { killWhileUpgrading } from './upgrade-run.ts'

test('R1 I18 6 kills in the middle of 20 chats: nothing acknowledged is lost, doubled or reordered', {
  timeout: 120_000,
}, async () => {
  await killInTheMiddle({ chats: 20, kills: 6, databaseUrl: await newDatabaseUrl() })
})

test('R23 killed while a filled database of the first version is brought up to date: nothing is lost, nothing there twice', async () => {
  await killWhileUpgrading({ old: await newDatabaseUrl(), fresh: await newDatabaseUrl() })
})
