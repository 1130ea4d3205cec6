import type { Tx } from '../store.ts'

/** Business hours, distribution, limits, hand-off timers and alerts; who is connected, and whose turn it is. */
export async function up(tx: Tx): Promise<void> {
  const { schema } = tx
  await schema.alterTable('departments').addColumn('hours', 'text').execute()
  await schema
    .alterTable('departments')
    .addColumn('closed_outside', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()

  await schema
    .alterTable('groups')
    .addColumn('distribution', 'text', (column) => column.notNull().defaultTo('pull'))
    .execute()
  const numbers = [
    ['chat_limit', null],
    ['first_reply_seconds', 60],
    ['follow_up_seconds', 300],
    ['gone_seconds', 120],
    ['alert_waiting', null],
    ['alert_seconds', 60],
  ] as const
  for (const [name, shipped] of numbers) {
    await schema
      .alterTable('groups')
      .addColumn(name, 'integer', (column) =>
        shipped === null ? column : column.defaultTo(shipped),
      )
      .execute()
  }

  const moments = ['given_at', 'idle_since', 'handed_at'] as const
  for (const name of moments) {
    await schema.alterTable('chats').addColumn(name, 'bigint').execute()
  }
  await schema.alterTable('chats').addColumn('queued_place', 'integer').execute()
  await schema.alterTable('chats').addColumn('handed_from', 'text').execute()
  await schema.alterTable('chats').addColumn('handed_reason', 'text').execute()
  await schema.createIndex('chats_waited').on('chats').columns(['group_id', 'started_at']).execute()

  await schema
    .createTable('agent_lines')
    .addColumn('node_id', 'text', (column) => column.notNull())
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('open', 'integer', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('agent_lines_pk', ['node_id', 'agent_id'])
    .addForeignKeyConstraint('agent_lines_agent', ['agent_id'], 'agents', ['id'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
  await schema
    .createTable('agent_rounds')
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('given_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('agent_rounds_pk', ['agent_id'])
    .addForeignKeyConstraint('agent_rounds_agent', ['agent_id'], 'agents', ['id'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
}
