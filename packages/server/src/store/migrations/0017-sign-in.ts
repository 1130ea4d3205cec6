import type { Tx } from '../store.ts'

/** Second steps, passkeys, recovery codes, and the tokens that are good for one thing once. */
export async function up({ schema }: Tx): Promise<void> {
  await schema
    .alterTable('sign_ins')
    .addColumn('proved_at', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await schema.alterTable('sign_ins').addColumn('passkey_id', 'text').execute()

  await schema
    .createTable('authenticators')
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('last_step', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('confirmed_at', 'bigint')
    .addPrimaryKeyConstraint('authenticators_pk', ['agent_id'])
    .addForeignKeyConstraint('authenticators_agent', ['agent_id'], 'agents', ['id'], (made) =>
      made.onDelete('cascade'),
    )
    .execute()

  await schema
    .createTable('recovery_codes')
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('code_hash', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint')
    .addPrimaryKeyConstraint('recovery_codes_pk', ['agent_id', 'code_hash'])
    .addForeignKeyConstraint('recovery_codes_agent', ['agent_id'], 'agents', ['id'], (made) =>
      made.onDelete('cascade'),
    )
    .execute()

  await schema
    .createTable('passkeys')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('credential_id', 'text', (column) => column.notNull())
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('counter', 'bigint', (column) => column.notNull())
    .addColumn('transports', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint')
    .addPrimaryKeyConstraint('passkeys_pk', ['id'])
    .addUniqueConstraint('passkeys_credential', ['credential_id'])
    .addForeignKeyConstraint('passkeys_agent', ['agent_id'], 'agents', ['id'], (made) =>
      made.onDelete('cascade'),
    )
    .execute()
  await schema.createIndex('passkeys_agent_id').on('passkeys').columns(['agent_id']).execute()

  await schema
    .createTable('one_times')
    .addColumn('token_hash', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('agent_id', 'text')
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('one_times_pk', ['token_hash'])
    .addForeignKeyConstraint('one_times_agent', ['agent_id'], 'agents', ['id'], (made) =>
      made.onDelete('cascade'),
    )
    .execute()
  await schema.createIndex('one_times_agent').on('one_times').columns(['agent_id']).execute()
  await schema.createIndex('one_times_expires').on('one_times').columns(['expires_at']).execute()
}
