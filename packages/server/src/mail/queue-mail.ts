import type { BrandId, MailId, MailKind, Timestamp, VisitorId } from '@beckon/protocol'
import { newId } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import { insertMail } from '../store/mail-rows.ts'
import type { Tx } from '../store/store.ts'
import { oneLine, readAddress } from './address.ts'
import type { Letter } from './letter.ts'

export type NewMail = {
  kind: MailKind
  to: string
  subject: string
  letter: Letter
  at: Timestamp
  replyTo?: string | undefined
  brandId?: BrandId | undefined
  /** Whom it tells of: it goes when they are erased. */
  visitorId?: VisitorId | undefined
  /** The chat, message or account it is about. */
  subjectId?: string | undefined
  /** After this moment it is of no use, such as a link that has run out: not sent any more. */
  uselessAt?: Timestamp | undefined
}

/**
 * A mail, in the transaction of what causes it: both are there or neither. It is sent soon after
 * the commit, and tried again until the mail server has it. Where none is set it waits.
 */
export async function queueMail(tx: Tx, mail: NewMail): Promise<MailId> {
  const to = readAddress(mail.to)
  if (!to) throw new Refusal('bad_input', 'That is not an email address.')
  const id = newId<MailId>()
  await insertMail(tx, {
    id,
    kind: mail.kind,
    brand_id: mail.brandId ?? null,
    visitor_id: mail.visitorId ?? null,
    subject_id: mail.subjectId ?? null,
    to_address: to,
    // An address that cannot be answered is no reason to hold the mail back.
    reply_to: (mail.replyTo && readAddress(mail.replyTo)) ?? null,
    subject: oneLine(mail.subject),
    letter: JSON.stringify(mail.letter),
    message_id: null,
    state: 'waiting',
    tries: 0,
    reason: null,
    created_at: mail.at,
    due_at: mail.at,
    useless_at: mail.uselessAt ?? null,
    ended_at: null,
  })
  return id
}
