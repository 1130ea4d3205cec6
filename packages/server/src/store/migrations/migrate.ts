import type { Timestamp } from '@beckon/protocol'
import { sql } from 'kysely'
import type { Tx } from '../store.ts'
import * as start from './0001-start.ts'
import * as bans from './0002-bans.ts'
import * as filters from './0003-filters.ts'
import * as visitorRecord from './0004-visitor-record.ts'
import * as savedMessages from './0005-saved-messages.ts'
import * as preferences from './0006-preferences.ts'
import * as identityAndPrivacy from './0007-identity-and-privacy.ts'
import * as brands from './0008-brands.ts'
import * as unendedVisits from './0010-unended-visits.ts'
import * as routing from './0011-routing.ts'
import * as chatWork from './0012-chat-work.ts'
import * as cannedReplies from './0013-canned-replies.ts'
import * as panel from './0014-panel.ts'
import * as links from './0015-links.ts'
import * as mail from './0016-mail.ts'
import * as signIn from './0017-sign-in.ts'
import * as articles from './0018-articles.ts'
import * as files from './0019-files.ts'
import * as bansOfPeople from './0021-bans-of-people.ts'
import * as typingAndDelivery from './0023-typing-and-delivery.ts'
import * as formLanguages from './0024-form-languages.ts'
import * as endedInvitations from './0025-ended-invitations.ts'
import * as languageOfMessages from './0026-language-of-messages.ts'
import * as unreadMessages from './0027-unread-messages.ts'

export type Migration = { name: string; up(tx: Tx): Promise<void> }

/** In order; one that has been released is never changed or taken away. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-start', up: start.up },
  { name: '0002-bans', up: bans.up },
  { name: '0003-filters', up: filters.up },
  { name: '0004-visitor-record', up: visitorRecord.up },
  { name: '0005-saved-messages', up: savedMessages.up },
  { name: '0006-preferences', up: preferences.up },
  { name: '0007-identity-and-privacy', up: identityAndPrivacy.up },
  { name: '0008-brands', up: brands.up },
  { name: '0010-unended-visits', up: unendedVisits.up },
  { name: '0011-routing', up: routing.up },
  { name: '0012-chat-work', up: chatWork.up },
  { name: '0013-canned-replies', up: cannedReplies.up },
  { name: '0014-panel', up: panel.up },
  { name: '0015-links', up: links.up },
  { name: '0016-mail', up: mail.up },
  { name: '0017-sign-in', up: signIn.up },
  { name: '0018-articles', up: articles.up },
  { name: '0019-files', up: files.up },
  { name: '0021-bans-of-people', up: bansOfPeople.up },
  { name: '0023-typing-and-delivery', up: typingAndDelivery.up },
  { name: '0024-form-languages', up: formLanguages.up },
  { name: '0025-ended-invitations', up: endedInvitations.up },
  { name: '0026-language-of-messages', up: languageOfMessages.up },
  { name: '0027-unread-messages', up: unreadMessages.up },
]

/**
 * Brings the tables to this version. Each step and the note that it was made are one work: killed
 * in between, it was never begun.
 */
export async function migrate(
  commit: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  now: () => Timestamp,
  migrations = MIGRATIONS,
): Promise<void> {
  await commit((tx) =>
    sql`create table if not exists migrations (name text primary key, at bigint not null)`.execute(
      tx,
    ),
  )
  const made = await commit(async (tx) => {
    const { rows } = await sql<{ name: string }>`select name from migrations`.execute(tx)
    return new Set(rows.map(({ name }) => name))
  })
  refuseNewer(made, migrations)
  for (const { name, up } of migrations) {
    if (made.has(name)) continue
    await commit(async (tx) => {
      await up(tx)
      await sql`insert into migrations (name, at) values (${name}, ${now()})`.execute(tx)
    })
  }
}

function refuseNewer(made: ReadonlySet<string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name))
  const unknown = [...made].filter((name) => !known.has(name))
  if (unknown.length === 0) return
  throw new Error(
    `This database was written by a newer Beckon (it has "${unknown[0]}"). Start that version, or restore a backup from before the upgrade.`,
  )
}
