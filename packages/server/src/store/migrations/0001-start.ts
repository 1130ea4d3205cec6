import {
  type ColumnDataType,
  type CreateTableBuilder,
  type ForeignKeyConstraintBuilder,
  type SqlBool,
  sql,
} from 'kysely'
import type { Database } from '../database.ts'
import type { Tx } from '../store.ts'

/*
 * Every table of the first version. `bigint` holds moments and counters, `integer` flags, `text`
 * the rest; both engines know them. Rows that outlive what they speak of (an invitation and its
 * group, a chat and its agent) carry no foreign key to it.
 */

type Table = keyof Database
type Shape = Record<string, ColumnDataType | `${ColumnDataType}?`>

export async function up(tx: Tx): Promise<void> {
  await settingsTables(tx)
  await peopleTables(tx)
  await visitTables(tx)
  await conversationTables(tx)
  await logTables(tx)
}

async function settingsTables(tx: Tx): Promise<void> {
  await table(tx, 'settings', { key: 'text', value: 'text' }, ['key'])
  await table(tx, 'brands', { id: 'text', name: 'text', slug: 'text', created_at: 'bigint' }, [
    'id',
  ])
  await index(tx, 'brands', ['slug'], { unique: true })
  await table(
    tx,
    'sites',
    {
      id: 'text',
      brand_id: 'text',
      kind: 'text',
      name: 'text',
      key: 'text',
      origins: 'text',
      privacy: 'text',
      ip_mode: 'text',
      language: 'text',
      main_link_id: 'text?',
      color: 'integer',
      off: 'integer',
      created_at: 'bigint',
    },
    ['id'],
    (made) => made.addForeignKeyConstraint('sites_brand', ['brand_id'], 'brands', ['id']),
  )
  await index(tx, 'sites', ['key'], { unique: true })
  await table(
    tx,
    'departments',
    { id: 'text', brand_id: 'text', name: 'text', live_chat: 'integer', created_at: 'bigint' },
    ['id'],
    (made) => made.addForeignKeyConstraint('departments_brand', ['brand_id'], 'brands', ['id']),
  )
  await table(
    tx,
    'groups',
    {
      id: 'text',
      department_id: 'text',
      name: 'text',
      front_line: 'integer',
      created_at: 'bigint',
    },
    ['id'],
    (made) =>
      made.addForeignKeyConstraint(
        'groups_department',
        ['department_id'],
        'departments',
        ['id'],
        cascade,
      ),
  )
  await index(tx, 'groups', ['department_id'], {
    name: 'groups_one_front_line',
    unique: true,
    where: 'front_line = 1',
  })
  await table(
    tx,
    'links',
    {
      id: 'text',
      site_id: 'text',
      name: 'text',
      type: 'text',
      style: 'text',
      created_at: 'bigint',
    },
    ['id'],
    (made) => made.addForeignKeyConstraint('links_site', ['site_id'], 'sites', ['id'], cascade),
  )
  await index(tx, 'links', ['site_id'])
}

async function peopleTables(tx: Tx): Promise<void> {
  await table(
    tx,
    'agents',
    {
      id: 'text',
      name: 'text',
      chat_name: 'text',
      email: 'text',
      password_hash: 'text',
      roles: 'text',
      available: 'integer',
      chat_limit: 'integer',
      disabled: 'integer',
      created_at: 'bigint',
    },
    ['id'],
  )
  // Addresses are stored in lower case, so plain uniqueness is enough on every engine.
  await index(tx, 'agents', ['email'], { unique: true })
  await table(
    tx,
    'group_members',
    { group_id: 'text', agent_id: 'text', active: 'integer' },
    ['group_id', 'agent_id'],
    (made) =>
      made
        .addForeignKeyConstraint('members_group', ['group_id'], 'groups', ['id'], cascade)
        .addForeignKeyConstraint('members_agent', ['agent_id'], 'agents', ['id'], cascade),
  )
  await index(tx, 'group_members', ['agent_id'])
  await table(
    tx,
    'sign_ins',
    {
      id: 'text',
      token_hash: 'text',
      agent_id: 'text',
      created_at: 'bigint',
      last_seen_at: 'bigint',
      expires_at: 'bigint',
      user_agent: 'text',
      ip: 'text',
    },
    ['id'],
    (made) =>
      made.addForeignKeyConstraint('sign_ins_agent', ['agent_id'], 'agents', ['id'], cascade),
  )
  await index(tx, 'sign_ins', ['token_hash'], { unique: true })
  await index(tx, 'sign_ins', ['agent_id'])
  await table(tx, 'throttles', { bucket: 'text', failures: 'integer', until: 'bigint' }, ['bucket'])
}

async function visitTables(tx: Tx): Promise<void> {
  await table(
    tx,
    'visitors',
    {
      id: 'text',
      brand_id: 'text',
      token_hash: 'text?',
      display_name: 'text?',
      username: 'text?',
      email: 'text?',
      attributes: 'text',
      visits: 'integer',
      first_seen_at: 'bigint',
      last_seen_at: 'bigint',
    },
    ['id'],
  )
  await index(tx, 'visitors', ['token_hash'], {
    name: 'visitors_token_hash',
    unique: true,
    where: 'token_hash is not null',
  })
  await index(tx, 'visitors', ['last_seen_at'])
  await table(
    tx,
    'visits',
    {
      id: 'text',
      visitor_id: 'text',
      site_id: 'text',
      brand_id: 'text',
      visit_number: 'integer',
      started_at: 'bigint',
      navigated_at: 'bigint',
      seen_at: 'bigint',
      ended_at: 'bigint?',
      end_reason: 'text?',
      hits: 'integer',
      landing_url: 'text',
      url: 'text',
      title: 'text',
      referrer: 'text?',
      search_phrase: 'text?',
      campaign: 'text?',
      country: 'text?',
      region: 'text?',
      city: 'text?',
      lat: 'double precision?',
      lon: 'double precision?',
      language: 'text?',
      browser: 'text?',
      os: 'text?',
      device: 'text?',
      time_zone: 'text?',
      screen: 'text?',
      ip: 'text?',
      bot: 'integer',
    },
    ['id'],
  )
  await index(tx, 'visits', ['visitor_id', 'started_at'])
  await index(tx, 'visits', ['site_id', 'navigated_at'])
  // At start the list is rebuilt from visits within the idle limit; retention walks the same way.
  await index(tx, 'visits', ['navigated_at'])
  await table(
    tx,
    'page_views',
    {
      visit_id: 'text',
      page_id: 'text',
      at: 'bigint',
      url: 'text',
      title: 'text',
      left_at: 'bigint?',
    },
    ['visit_id', 'page_id'],
  )
}

async function conversationTables(tx: Tx): Promise<void> {
  await table(
    tx,
    'invitations',
    {
      id: 'text',
      brand_id: 'text',
      site_id: 'text',
      visitor_id: 'text',
      visit_id: 'text',
      agent_id: 'text',
      group_id: 'text',
      recipient: 'text',
      template: 'text',
      text: 'text',
      state: 'text',
      reason: 'text?',
      ended_by: 'text?',
      sent_at: 'bigint',
      delivered_at: 'bigint?',
      viewed_at: 'bigint?',
      deadline: 'bigint?',
      keeps: 'integer',
      typed_at: 'bigint?',
      ended_at: 'bigint?',
      chat_id: 'text?',
    },
    ['id'],
  )
  await index(tx, 'invitations', ['visitor_id'], {
    name: 'invitations_one_open',
    unique: true,
    where: "state in ('sent', 'delivered', 'viewed')",
  })
  await index(tx, 'invitations', ['deadline'], {
    name: 'invitations_deadline',
    where: 'deadline is not null',
  })
  await index(tx, 'invitations', ['visitor_id', 'sent_at'])
  await index(tx, 'invitations', ['agent_id', 'sent_at'])
  await index(tx, 'invitations', ['sent_at'])
  await table(
    tx,
    'chats',
    {
      id: 'text',
      number: 'bigint',
      brand_id: 'text',
      site_id: 'text',
      visitor_id: 'text',
      visit_id: 'text',
      group_id: 'text',
      agent_id: 'text?',
      invitation_id: 'text?',
      state: 'text',
      who: 'text',
      queued_at: 'bigint',
      started_at: 'bigint?',
      first_reply_at: 'bigint?',
      ended_at: 'bigint?',
      ended_by: 'text?',
      end_reason: 'text?',
      assigned_reason: 'text?',
      last_seq: 'bigint',
      agent_seen: 'bigint',
      visitor_seen: 'bigint',
      visitor_delivered: 'bigint',
    },
    ['id'],
  )
  await index(tx, 'chats', ['number'], { unique: true })
  await index(tx, 'chats', ['invitation_id'], { unique: true })
  await index(tx, 'chats', ['visitor_id'], {
    name: 'chats_one_open',
    unique: true,
    where: "state in ('queued', 'active')",
  })
  await index(tx, 'chats', ['visitor_id', 'queued_at'])
  await index(tx, 'chats', ['state', 'group_id'])
  await index(tx, 'chats', ['agent_id', 'state'])
  await index(tx, 'chats', ['ended_at'])
  await table(
    tx,
    'chat_participants',
    { chat_id: 'text', agent_id: 'text' },
    ['chat_id', 'agent_id'],
    (made) =>
      made.addForeignKeyConstraint('participants_chat', ['chat_id'], 'chats', ['id'], cascade),
  )
  await index(tx, 'chat_participants', ['agent_id'])
  await table(
    tx,
    'messages',
    {
      chat_id: 'text',
      seq: 'bigint',
      client_id: 'text',
      sender: 'text',
      agent_id: 'text?',
      name: 'text',
      text: 'text',
      at: 'bigint',
    },
    ['chat_id', 'seq'],
    (made) => made.addForeignKeyConstraint('messages_chat', ['chat_id'], 'chats', ['id'], cascade),
  )
  await index(tx, 'messages', ['chat_id', 'sender', 'client_id'], { unique: true })
}

async function logTables(tx: Tx): Promise<void> {
  await table(
    tx,
    'events',
    {
      id: 'text',
      at: 'bigint',
      type: 'text',
      brand_id: 'text?',
      subject_id: 'text',
      actor_kind: 'text',
      actor_id: 'text?',
      data: 'text',
    },
    ['id'],
  )
  await index(tx, 'events', ['at'])
  await index(tx, 'events', ['subject_id'])
  await table(
    tx,
    'done_commands',
    { actor_id: 'text', client_id: 'text', fingerprint: 'text', result: 'text', at: 'bigint' },
    ['actor_id', 'client_id'],
  )
  await index(tx, 'done_commands', ['at'])
}

type Index = { name?: string; unique?: boolean; where?: string }
type Made = CreateTableBuilder<string, string>

const cascade = (constraint: ForeignKeyConstraintBuilder) => constraint.onDelete('cascade')

/** Columns end in `?` where they may be null. */
async function table(
  tx: Tx,
  name: Table,
  columns: Shape,
  primaryKey: readonly string[],
  more: (made: Made) => Made = (made) => made,
): Promise<void> {
  let made = tx.schema.createTable(name) as Made
  for (const [column, type] of Object.entries(columns)) {
    const optional = type.endsWith('?')
    const plain = (optional ? type.slice(0, -1) : type) as ColumnDataType
    made = made.addColumn(column, plain, (definition) =>
      optional ? definition : definition.notNull(),
    )
  }
  await more(made.addPrimaryKeyConstraint(`${name}_pk`, [...primaryKey])).execute()
}

async function index(
  tx: Tx,
  on: Table,
  columns: readonly string[],
  { name = `${on}_${columns.join('_')}`, unique = false, where }: Index = {},
): Promise<void> {
  let made = tx.schema
    .createIndex(name)
    .on(on)
    .columns([...columns])
  if (unique) made = made.unique()
  if (where) made = made.where(sql.raw<SqlBool>(where))
  await made.execute()
}
