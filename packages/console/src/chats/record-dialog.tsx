import type { AgentId, ChatId, ChatRecordView, ChatRow, ChatWork } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { clockTime, timeOfDay } from '../parts/durations.ts'
import { TagChip } from '../parts/tag-chip.tsx'
import { logWords } from './log-words.ts'
import { ratingWords } from './rating-words.ts'

type Whole = { chat: ChatRow; record: ChatRecordView; work: ChatWork }
type RecordDialogProps = { chatId: ChatId; me: AgentId; onClose: () => void }

/** Everything that is kept of a chat besides its words, and who did what (C11). */
export function RecordDialog({ chatId, me, onClose }: RecordDialogProps) {
  const whole = useQuery({
    queryKey: ['chats', chatId, 'record'],
    queryFn: () => api<Whole>('GET', `/chats/${chatId}`),
    gcTime: 0,
    staleTime: 0,
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={whole.data ? `Chat ${whole.data.chat.number}` : 'Chat'}
      description="Its record, and who did what."
      size="w-[520px]"
    >
      {whole.error && (
        <p className="flex flex-col items-start gap-3 text-text-2">
          {sentenceOf(whole.error)}
          <Button onClick={() => void whole.refetch()}>Try again</Button>
        </p>
      )}
      {whole.data && <ChatRecord whole={whole.data} me={me} />}
      {whole.isPending && <div className="h-60" aria-busy />}
    </Dialog>
  )
}

export function ChatRecord({ whole, me }: { whole: Whole; me: AgentId }) {
  const { chat, record, work } = whole
  const { waits, messages } = record
  const PARTS = { answers: 'answers', joined: 'joined', took_part: 'took part' }
  return (
    <div className="flex flex-col gap-4 pb-3">
      <dl className="grid grid-cols-[110px_1fr] gap-x-3 gap-y-1">
        <Fact name="Visitor">
          {[record.visitor.name, record.visitor.email].filter(unlike).join(' · ')}
        </Fact>
        <Fact name="Site">{record.site}</Fact>
        <Fact name="Group">{`${chat.groupName} · ${chat.departmentName}`}</Fact>
        <Fact name="Agents">
          {record.agents.map(({ name, part }) => `${name} (${PARTS[part]})`).join(', ')}
        </Fact>
        <Fact name="Invitation">
          {record.invitation &&
            `${record.invitation.agentName} at ${timeOfDay(record.invitation.sentAt)}`}
        </Fact>
        <Fact name="Began">{timeOfDay(chat.queuedAt)}</Fact>
        <Fact name="Waited">{waits.queueMs !== undefined && clockTime(waits.queueMs)}</Fact>
        <Fact name="First reply">
          {waits.firstReplyMs !== undefined && `after ${clockTime(waits.firstReplyMs)}`}
        </Fact>
        <Fact name="Lasted">{waits.durationMs !== undefined && clockTime(waits.durationMs)}</Fact>
        <Fact name="Messages">{`${messages.visitor} by the visitor, ${messages.agent} by agents`}</Fact>
        <Fact name="Answers">
          {work.answers.map(({ label, value }) => `${label}: ${value}`).join(' · ')}
        </Fact>
        <Fact name="Survey">
          {work.survey &&
            [ratingWords(work.survey.rating), work.survey.comment].filter(Boolean).join(' · ')}
        </Fact>
        <Fact name="Notes">{record.notes > 0 && String(record.notes)}</Fact>
        <Fact name="Tags">
          {work.tags.length > 0 && (
            <span className="flex flex-wrap gap-1">
              {work.tags.map((tag) => (
                <TagChip key={tag.id} tag={tag} />
              ))}
            </span>
          )}
        </Fact>
      </dl>
      <section aria-label="Log">
        <h3 className="mb-1 text-micro font-medium text-text-3">Log</h3>
        <ol className="flex flex-col gap-1">
          {work.log.map((line) => (
            <li key={line.id} className="flex gap-3">
              <span className="flex-none text-text-3 tabular-nums">{timeOfDay(line.at)}</span>
              <span className="min-w-0 break-words">
                {logWords(line, {
                  who: chat.who.text,
                  me,
                  invited: chat.invitationId !== undefined,
                })}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}

const unlike = (text: string | undefined, index: number, all: (string | undefined)[]) =>
  Boolean(text) && all.indexOf(text) === index

/** What is not there is left out. */
const Fact = ({ name, children }: { name: string; children: ReactNode }) =>
  children ? (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="min-w-0 break-words select-text">{children}</dd>
    </>
  ) : null
