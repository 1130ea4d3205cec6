import type pg from 'pg'
import { migrate } from '../migrations/migrate.ts'
import type { Tx } from '../store.ts'
import { transactionOf } from '../transaction.ts'
import { connectionTo, postgresDialect } from './dialect.ts'
import { MIGRATING } from './locks.ts'
import { makeFold, settleTexts } from './texts.ts'

/**
 * Every step that is missing, in one transaction: killed in between, none was begun. Nodes that
 * start together wait for each other here, and the later ones find everything made.
 */
export async function migrateLocked(client: pg.Client, now: () => number): Promise<void> {
  const connection = connectionTo((text, values) => client.query({ text, values }))
  const dialect = postgresDialect(async () => connection)
  const { tx } = transactionOf(connection, dialect)
  await client.query('begin isolation level read committed')
  try {
    await client.query(MIGRATING)
    await migrate((work: (tx: Tx) => Promise<unknown>) => work(tx) as Promise<never>, now)
    await settleTexts(tx)
    await makeFold(tx)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}
