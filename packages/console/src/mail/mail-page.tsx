import type { MailLog, MailView } from '@beckon/protocol'
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { CircleAlert, Mail } from 'lucide-react'
import { useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { OfflineMailings } from '../offline/offline-mailings.tsx'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Pill } from '../parts/pill.tsx'
import { toast } from '../parts/toast-queue.ts'
import { meQuery } from '../queries.ts'
import { useNow } from '../server-clock.ts'
import { Blocks, Unread } from '../settings/list.tsx'
import { SettingsPage } from '../settings/settings-page.tsx'
import { KIND_WORDS, mailStory, STATE_WORDS } from './mail-words.ts'
import { MAILS, renewMails } from './mails.ts'
import { TestMailForm } from './test-mail-form.tsx'

/** **Mail**: whether it goes out, where offline messages go, and what became of each mail. */
export function MailPage() {
  const { data: me } = useSuspenseQuery(meQuery)
  const [testing, setTesting] = useState(false)
  const log = useInfiniteQuery({
    queryKey: MAILS,
    queryFn: ({ pageParam }) => api<MailLog>('GET', `/mails${pageParam && `?before=${pageParam}`}`),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 5_000,
  })
  const first = log.data?.pages[0]
  const mails = log.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <SettingsPage
      title="Mail"
      end={
        <Button variant="primary" onClick={() => setTesting(true)}>
          Send a test mail
        </Button>
      }
    >
      {first && <Way log={first} />}
      <OfflineMailings />
      <h2 className="mt-8 mb-2 text-read font-semibold">What was mailed</h2>
      {first === undefined ? (
        log.error ? (
          <Unread problem={log.error} again={() => void log.refetch()} />
        ) : (
          <Blocks />
        )
      ) : mails.length === 0 ? (
        <Empty
          drawing={<Mail size={56} strokeWidth={1} />}
          fact="No mail yet"
          next="Invitations of agents, new passwords, offline messages and transcripts are listed here for 30 days."
        />
      ) : (
        <>
          <ul className="flex flex-col divide-y divide-line border-y border-line">
            {mails.map((mail) => (
              <li key={mail.id}>
                <Row mail={mail} />
              </li>
            ))}
          </ul>
          {log.hasNextPage && (
            <div className="flex justify-center py-3">
              <Button
                size={26}
                busy={log.isFetchingNextPage && 'Reading…'}
                onClick={() => void log.fetchNextPage()}
              >
                Show older
              </Button>
            </div>
          )}
        </>
      )}
      {testing && <TestMailForm own={me.agent.email} onClose={() => setTesting(false)} />}
    </SettingsPage>
  )
}

/** Whether mail goes out; if it does not, what to set and what waits for it. */
function Way({ log: { server, waiting, failed } }: { log: MailLog }) {
  if (!server) {
    return (
      <div
        role="note"
        className="mb-6 flex gap-3 rounded-menu bg-amber-soft px-4 py-3 text-amber-text"
      >
        <CircleAlert size={18} className="mt-0.5 flex-none" aria-hidden />
        <div>
          <p className="font-medium">No mail server is set.</p>
          <p>
            {waiting === 0
              ? 'Nothing waits yet. '
              : `${countWords(waiting)} for one, up to 30 days. `}
            Set <code className="font-mono">BECKON_SMTP_URL</code> and{' '}
            <code className="font-mono">BECKON_MAIL_FROM</code>, and start Beckon again.
          </p>
        </div>
      </div>
    )
  }
  return (
    <p className="mb-6 text-text-2">
      Mail goes out through <span className="font-medium text-text">{server.host}</span> as{' '}
      <span className="font-medium text-text">{server.from}</span>.
      {waiting > 0 && ` ${countWords(waiting)} to be sent.`}
      {failed > 0 && ` ${failed === 1 ? 'One' : failed} could not be sent.`}
    </p>
  )
}

const countWords = (waiting: number): string =>
  waiting === 1 ? 'One mail waits' : `${waiting} mails wait`

const HUES = { waiting: 'amber', sending: 'sky', sent: 'green', failed: 'red' } as const

function Row({ mail }: { mail: MailView }) {
  const [busy, setBusy] = useState(false)
  const now = useNow()
  const kind = KIND_WORDS[mail.kind]

  async function again() {
    setBusy(true)
    try {
      await api('POST', `/mails/${mail.id}/try-again`)
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
    }
    await renewMails()
    setBusy(false)
  }

  return (
    <div className="flex min-h-[60px] items-center gap-3 px-2 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{kind}</span>
          <span className="min-w-0 text-text-2 wrap-anywhere select-text">{mail.to}</span>
        </p>
        <p className="text-small text-text-3">{mailStory(mail, now)}</p>
        {mail.reason && mail.state !== 'sent' && (
          <p className="text-small wrap-anywhere text-red-text select-text">{mail.reason}</p>
        )}
      </div>
      <Pill hue={HUES[mail.state]}>{STATE_WORDS[mail.state]}</Pill>
      {mail.canTryAgain && mail.tries > 0 && (
        <Button
          size={26}
          busy={busy && 'Asking…'}
          aria-label={`Try again: ${kind} to ${mail.to}`}
          onClick={() => void again()}
        >
          Try again
        </Button>
      )}
    </div>
  )
}
