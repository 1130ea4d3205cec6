import type { MailId, Timestamp } from '@beckon/protocol'
import { type Background, createBackground, type FaultLog } from '../conversations/background.ts'
import {
  claimMail,
  dueMails,
  endUseless,
  forgetMails,
  type MailRow,
  mailFailed,
  mailSent,
  mailWaits,
} from '../store/mail-rows.ts'
import type { Store } from '../store/store.ts'
import { type Clock, minutes, seconds } from '../time/clock.ts'
import { within } from '../time/pause.ts'
import { htmlOf } from './html.ts'
import type { Letter } from './letter.ts'
import { type Failure, failureOf, KEPT, LEASE, nextTry, PATIENCE } from './mail.ts'
import { letterToSend } from './one-time-links.ts'
import { plainOf } from './plain.ts'
import type { Transport } from './transport.ts'

/** How soon a queued mail is seen. */
const SWEEP_EVERY = seconds(1)
const TIDY_EVERY = minutes(30)
/** As many as the transport has connections, and some that wait in line. */
const AT_ONCE = 6
const FAREWELL = seconds(3)
const USELESS = 'It was of no use any more before it could be sent.'

/**
 * Sends what is queued: any node, each mail by one of them at a time. A mail is taken under a
 * lease, so that a node that dies in between only delays it; a node that dies after the mail server
 * took it, and before that was written down, sends it again under the same Message-ID (decision
 * 0015).
 */
export function createMails(deps: {
  store: Store
  clock: Clock
  log: FaultLog
  /** Undefined: no mail server is set, and everything waits. */
  transport?: Transport | undefined
  /** What stands behind the @ of Message-IDs. */
  domain?: string
  /** 0 to 1; for pauses of different length. */
  chance?: () => number
}) {
  const { store, clock, log, transport, domain = 'localhost', chance = Math.random } = deps
  const background: Background = createBackground({ log })
  const stops: (() => void)[] = []
  const underWay = new Set<MailId>()
  let sweeping = false

  async function sweep(): Promise<void> {
    if (!transport || sweeping || underWay.size >= AT_ONCE) return
    sweeping = true
    try {
      const due = await store.read((db) => dueMails(db, clock.now(), AT_ONCE))
      for (const { id } of due) {
        if (underWay.size >= AT_ONCE) break
        if (underWay.has(id)) continue
        underWay.add(id)
        background.run('sending a mail', () =>
          sendOne(id, transport).finally(() => underWay.delete(id)),
        )
      }
    } finally {
      sweeping = false
    }
  }

  async function sendOne(id: MailId, to: Transport): Promise<void> {
    const now = clock.now()
    const claim = { now, until: now + LEASE, messageId: `<${id}@${domain}>` }
    const taken = await store.commit(async (tx) => {
      const mail = await claimMail(tx, id, claim)
      if (!mail) return undefined
      return { mail, letter: mail.letter === null ? null : await letterToSend(tx, mail) }
    })
    if (taken) await ended(taken.mail, await tried(taken, to))
  }

  /** One try; what went wrong, if something did. */
  async function tried(
    { mail, letter }: { mail: MailRow; letter: Letter | null | undefined },
    to: Transport,
  ): Promise<Failure | undefined> {
    if (letter === null) return { reason: 'Its text is not kept any longer.', final: true }
    const over = mail.useless_at !== null && mail.useless_at <= clock.now()
    if (over || letter === undefined) return { reason: USELESS, final: true }
    try {
      await within(
        PATIENCE,
        to.send({
          messageId: mail.message_id ?? '',
          to: mail.to_address,
          replyTo: mail.reply_to,
          subject: mail.subject ?? letter.title,
          text: plainOf(letter),
          html: htmlOf(letter),
        }),
        () => {
          throw Object.assign(new Error('It did not answer in time.'), { code: 'ETIMEDOUT' })
        },
      )
      return undefined
    } catch (error) {
      return failureOf(error)
    }
  }

  function ended(mail: MailRow, failure: Failure | undefined): Promise<unknown> {
    const at: Timestamp = clock.now()
    return store.commit(async (tx) => {
      if (!failure) return mailSent(tx, mail, at)
      const { reason, final } = failure
      const dueAt = final ? undefined : nextTry(mail.tries, at, chance())
      return dueAt === undefined
        ? mailFailed(tx, mail, { at, reason })
        : mailWaits(tx, mail, { dueAt, reason })
    })
  }

  const tidy = (): Promise<void> =>
    store.commit(async (tx) => {
      const now = clock.now()
      await endUseless(tx, now, USELESS)
      await forgetMails(tx, now, now - KEPT)
    })

  return {
    sweep,
    tidy,
    settled: background.settled,
    start(): void {
      stops.push(
        clock.every(SWEEP_EVERY, () => background.run('mails', sweep)),
        clock.every(TIDY_EVERY, () => background.run('old mails', tidy)),
      )
    },
    async stop(): Promise<void> {
      for (const stop of stops.splice(0)) stop()
      // A mail server that does not answer keeps nobody from stopping: the lease runs out, and another tries.
      await within(FAREWELL, background.settled(), () => undefined)
      transport?.close()
    },
  }
}
