import type { AgentId, OfflineDetail, OfflineMessageId, OfflineRow } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useEffect } from 'react'
import { sentenceOf } from '../api.ts'
import { momentWords } from '../bans/ban-words.ts'
import { sendCommand } from '../live/live.ts'
import { useLiveStatus } from '../live/use-freshness.ts'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Pill } from '../parts/pill.tsx'
import { queryClient } from '../queries.ts'
import { serverClock } from '../server-clock.ts'
import { VisitPane } from '../whos-on/details/visit-pane.tsx'
import { useSites } from '../whos-on/use-sites.ts'
import { AnswerForm } from './answer-form.tsx'
import { OfflineActs } from './offline-acts.tsx'
import { offlineQuery } from './offline-queries.ts'
import { useVisitorHere } from './use-visitor-here.ts'

type OfflineMessageProps = {
  messageId: OfflineMessageId
  /** As the live list has it; a done one may not be in it. */
  live: OfflineRow | undefined
  agentId: AgentId
}

/** One message: who, what, and the answers; the visitor beside it. */
export function OfflineMessage({ messageId, live, agentId }: OfflineMessageProps) {
  const found = useQuery(offlineQuery(messageId))
  useRenewed(messageId, live)
  useRead(messageId, live?.unread ?? found.data?.message.unread ?? false)
  const here = useVisitorHere((live ?? found.data?.message)?.visitorId)

  if (found.data === undefined) {
    return found.error ? (
      <Empty
        fact="There is no such message"
        next={sentenceOf(found.error)}
        actions={<Button onClick={() => void found.refetch()}>Try again</Button>}
      />
    ) : (
      <div className="flex-1" aria-busy />
    )
  }
  const row = live ?? found.data.message
  const visitId = here?.visitId ?? row.visitId
  return (
    <>
      <section aria-label={`Message of ${row.name}`} className="flex min-w-0 flex-1 flex-col">
        <Head row={row} here={here !== undefined} agentId={agentId} />
        <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4 max-md:px-4">
          <Words detail={found.data} row={row} />
        </div>
        <AnswerForm row={row} agentId={agentId} />
      </section>
      {visitId && (
        <div className="contents max-lg:hidden">
          <VisitPane key={visitId} visitId={visitId} />
        </div>
      )}
    </>
  )
}

type HeadProps = { row: OfflineRow; here: boolean; agentId: AgentId }

function Head({ row, here, agentId }: HeadProps) {
  return (
    <header className="flex min-h-[52px] flex-none flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-5 py-2 max-md:px-4">
      <Link
        to="/chats/offline"
        aria-label="Back to the messages"
        className="ring-inside rounded-item p-1 text-text-2 hover:bg-hover md:hidden"
      >
        <ArrowLeft size={18} aria-hidden className="rtl:rotate-180" />
      </Link>
      <div className="min-w-0 flex-1">
        <h2 className="flex min-w-0 items-center gap-2">
          <span className="truncate font-semibold select-text">{row.name}</span>
          {here && (
            <span className="max-md:hidden">
              <Pill hue="green" icon="disc">
                On the site now
              </Pill>
            </span>
          )}
        </h2>
        <p className="truncate text-small text-text-2 select-text">
          {here && <span className="text-green-text md:hidden">Here now · </span>}
          {row.email}
        </p>
      </div>
      <OfflineActs row={row} here={here} agentId={agentId} />
    </header>
  )
}

function Words({ detail, row }: { detail: OfflineDetail; row: OfflineRow }) {
  const now = serverClock.now()
  const site = useSites().get(row.siteId)
  const facts = [row.departmentName, site?.name, momentWords(row.at, now)].filter(Boolean)
  return (
    <div className="flex max-w-[640px] flex-col gap-5">
      <article className="flex flex-col gap-2">
        <p className="text-small text-text-3">{facts.join(' · ')}</p>
        <p
          dir="auto"
          className="rounded-dialog rounded-es-chip bg-sunken px-3.5 py-2.5 text-read whitespace-pre-wrap wrap-anywhere select-text"
        >
          {detail.text}
        </p>
        {detail.fields.length > 0 && (
          <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1 text-small">
            {detail.fields.map(({ label, value }) => (
              <div key={label} className="contents">
                <dt className="text-text-3">{label}</dt>
                <dd className="wrap-anywhere select-text">{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {detail.page.url && (
          <p className="truncate text-small text-text-3" title={detail.page.url}>
            Left on {detail.page.title || detail.page.url}
          </p>
        )}
      </article>
      {detail.answers.map((answer) => (
        <article key={answer.id} className="flex flex-col gap-1.5 ps-8">
          <p className="text-small text-text-3">
            {answer.agentName}, {momentWords(answer.at, now)}
            {answer.mail && ` · ${mailWords(answer.mail.state)}`}
          </p>
          <p
            dir="auto"
            className="rounded-dialog rounded-ee-chip bg-accent-soft px-3.5 py-2.5 text-read whitespace-pre-wrap wrap-anywhere select-text"
          >
            {answer.text}
          </p>
          {answer.mail?.reason && answer.mail.state !== 'sent' && (
            <p className="text-small text-red-text">{answer.mail.reason}</p>
          )}
        </article>
      ))}
    </div>
  )
}

const MAIL_WORDS = {
  waiting: 'mail waits to be sent',
  sending: 'mail is being sent',
  sent: 'mail sent',
  failed: 'mail could not be sent',
} as const
const mailWords = (state: keyof typeof MAIL_WORDS): string => MAIL_WORDS[state]

/** Whoever looks at it has read it. */
function useRead(messageId: OfflineMessageId, unread: boolean): void {
  const { connected } = useLiveStatus()
  useEffect(() => {
    if (!unread || !connected) return
    // Unread stays unread: nothing is lost, and the next look tries again.
    sendCommand({ type: 'offline.read', messageId }).catch(() => {})
  }, [messageId, unread, connected])
}

/** What the live list tells may be an answer that this page has not read. */
function useRenewed(messageId: OfflineMessageId, live: OfflineRow | undefined): void {
  const answers = live?.answers
  const doneAt = live?.doneAt
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the list says that it changed
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: offlineQuery(messageId).queryKey })
    void queryClient.invalidateQueries({ queryKey: ['offline-messages'] })
  }, [messageId, answers, doneAt])
}
