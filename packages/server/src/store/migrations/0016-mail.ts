import type { Tx } from '../store.ts'

/** Mail on its way; offline messages, their answers, and where a department has them sent. */
export async function up(tx: Tx): Promise<void> {
  await mails(tx)
  await offlineMessages(tx)
  await offlineAnswers(tx)
  await tx.schema
    .createTable('offline_settings')
    .addColumn('department_id', 'text', (column) => column.notNull())
    .addColumn('address', 'text')
    .addColumn('mailed', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('offline_settings_pk', ['department_id'])
    .addForeignKeyConstraint(
      'offline_settings_department',
      ['department_id'],
      'departments',
      ['id'],
      (key) => key.onDelete('cascade'),
    )
    .execute()
}

async function mails({ schema }: Tx): Promise<void> {
  await schema
    .createTable('mails')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('brand_id', 'text')
    .addColumn('visitor_id', 'text')
    .addColumn('subject_id', 'text')
    .addColumn('to_address', 'text', (column) => column.notNull())
    .addColumn('reply_to', 'text')
    .addColumn('subject', 'text')
    .addColumn('letter', 'text')
    .addColumn('message_id', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('useless_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addPrimaryKeyConstraint('mails_pk', ['id'])
    .execute()
  await schema.createIndex('mails_due_at').on('mails').columns(['due_at']).execute()
  await schema.createIndex('mails_subject_id').on('mails').columns(['subject_id']).execute()
  await schema.createIndex('mails_visitor_id').on('mails').columns(['visitor_id']).execute()
}

async function offlineMessages({ schema }: Tx): Promise<void> {
  await schema
    .createTable('offline_messages')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('brand_id', 'text', (column) => column.notNull())
    .addColumn('site_id', 'text', (column) => column.notNull())
    .addColumn('department_id', 'text')
    .addColumn('visitor_id', 'text')
    .addColumn('visit_id', 'text')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('fields', 'text', (column) => column.notNull())
    .addColumn('page_url', 'text', (column) => column.notNull())
    .addColumn('page_title', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('read_at', 'bigint')
    .addColumn('agent_id', 'text')
    .addColumn('done_at', 'bigint')
    .addColumn('done_by', 'text')
    .addPrimaryKeyConstraint('offline_messages_pk', ['id'])
    .execute()
  await schema
    .createIndex('offline_messages_done_at')
    .on('offline_messages')
    .columns(['done_at', 'at'])
    .execute()
  await schema
    .createIndex('offline_messages_visitor_id')
    .on('offline_messages')
    .columns(['visitor_id', 'at'])
    .execute()
}

async function offlineAnswers({ schema }: Tx): Promise<void> {
  await schema
    .createTable('offline_answers')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('mail_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('offline_answers_pk', ['id'])
    .addForeignKeyConstraint(
      'offline_answers_message',
      ['message_id'],
      'offline_messages',
      ['id'],
      (key) => key.onDelete('cascade'),
    )
    .execute()
  await schema
    .createIndex('offline_answers_message_id')
    .on('offline_answers')
    .columns(['message_id'])
    .execute()
}
