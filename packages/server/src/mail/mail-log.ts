import type { MailId, MailLog, MailView } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { record } from '../agents/record.ts'
import { seesBrand } from '../agents/rights.ts'
import { notThere, Refusal } from '../refusal.ts'
import { type MailRow, mailAgain, mailById, mailCounts, mailLog } from '../store/mail-rows.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { queueMail } from './queue-mail.ts'

const PAGE = 50

export type Mailing = ReturnType<typeof createMailLog>

/** What administrators see of mail: what goes out, what does not and why; and a test of the way. */
export function createMailLog(deps: {
  store: Store
  clock: Clock
  settings: { smtpUrl?: string | undefined; mailFrom?: string | undefined }
  baseUrl(): string
}) {
  const { store, clock, settings, baseUrl } = deps
  const { smtpUrl, mailFrom } = settings
  // The address has a password in it: only the host leaves.
  const server = smtpUrl && mailFrom ? { host: new URL(smtpUrl).host, from: mailFrom } : undefined

  return {
    async list(actor: AgentActor, before: MailId | undefined): Promise<MailLog> {
      const { counts, rows } = await store.read(async (db) => ({
        counts: await mailCounts(db),
        rows: await mailLog(db, { before, limit: PAGE + 1 }),
      }))
      const shown = rows.slice(0, PAGE)
      return {
        ...(server && { server }),
        ...counts,
        items: shown.map((row) => view(row, actor)),
        next: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
      }
    },

    async again(actor: AgentActor, id: MailId): Promise<MailView> {
      const row = await store.commit(async (tx) => {
        if (!(await mailById(tx, id))) throw notThere('mail')
        const at = clock.now()
        if (!(await mailAgain(tx, id, at))) {
          throw new Refusal(
            'not_allowed',
            'This mail is under way, was sent, or its text is not kept any longer.',
          )
        }
        await record(tx, { type: 'mail.tried_again', subjectId: id, at, agentId: actor.agentId })
        return mailById(tx, id)
      })
      if (!row) throw notThere('mail')
      return view(row, actor)
    },

    async test(actor: AgentActor, to: string): Promise<MailView> {
      const at = clock.now()
      const row = await store.commit(async (tx) => {
        const id = await queueMail(tx, {
          kind: 'test',
          to,
          subject: 'Beckon can send mail',
          letter: {
            title: 'Beckon can send mail',
            parts: [
              {
                part: 'text',
                text: `${actor.name} sent this to see whether mail arrives. It does.`,
              },
              { part: 'link', text: 'Open Beckon', url: `${baseUrl()}/console` },
            ],
          },
          subjectId: actor.agentId,
          at,
        })
        await record(tx, { type: 'mail.tested', subjectId: id, at, agentId: actor.agentId })
        return mailById(tx, id)
      })
      if (!row) throw notThere('mail')
      return view(row, actor)
    },
  }
}

/** Administrators touch visitors only with another role as well: without it they see that a mail went, not to whom. */
const view = (row: MailRow, actor: AgentActor): MailView => {
  const hidden = row.visitor_id !== null && !(row.brand_id && seesBrand(actor, row.brand_id))
  return {
    id: row.id,
    kind: row.kind,
    ...(row.brand_id && { brandId: row.brand_id }),
    to: hidden ? `…@${row.to_address.split('@')[1]}` : row.to_address,
    state: row.state,
    tries: row.tries,
    ...(row.reason && { reason: row.reason }),
    createdAt: row.created_at,
    ...(row.state === 'waiting' && row.due_at !== null && { nextTryAt: row.due_at }),
    ...(row.state === 'sent' && row.ended_at !== null && { sentAt: row.ended_at }),
    canTryAgain: (row.state === 'failed' || row.state === 'waiting') && row.letter !== null,
  }
}
