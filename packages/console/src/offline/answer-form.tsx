import { type AgentId, LIMITS, type OfflineRow } from '@beckon/protocol'
import { Send } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react'
import { sentenceOf } from '../api.ts'
import { browserStorage } from '../chats/browser-storage.ts'
import { sendCommand } from '../live/live.ts'
import { Button } from '../parts/button.tsx'
import { Textarea } from '../parts/textarea.tsx'
import { toast } from '../parts/toast-queue.ts'

type AnswerFormProps = { row: OfflineRow; agentId: AgentId }

/** An answer by mail; what is begun is kept in this browser until it is sent. */
export function AnswerForm({ row, agentId }: AnswerFormProps) {
  const key = `draft.offline.${row.id}`
  const [text, setText] = useState(() => browserStorage.get(key) ?? '')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const form = useRef<HTMLFormElement>(null)
  const problemId = useId()
  const theirs = row.agentId !== undefined && row.agentId !== agentId

  function write(next: string) {
    setText(next)
    setProblem(undefined)
    browserStorage.set(key, next || null)
  }

  async function answer(event: FormEvent) {
    event.preventDefault()
    if (busy || text.trim() === '') return
    setBusy(true)
    setProblem(undefined)
    try {
      await sendCommand({ type: 'offline.answer', messageId: row.id, text: text.trim() })
      write('')
      toast.show({ text: `Answered ${row.name}. The mail is on its way.` })
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
    }
    setBusy(false)
  }

  function press(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    form.current?.requestSubmit()
  }

  if (theirs) {
    return (
      <p className="flex-none border-t border-line px-5 py-4 text-text-2 max-md:px-4">
        {row.agentName} sees to this message. Take it over to answer it.
      </p>
    )
  }
  return (
    <form
      ref={form}
      onSubmit={(event) => void answer(event)}
      className="flex flex-none flex-col gap-2 border-t border-line px-5 py-3 max-md:px-4"
    >
      <Textarea
        aria-label={`Answer to ${row.name}`}
        aria-describedby={problem ? problemId : undefined}
        aria-invalid={problem !== undefined}
        placeholder={`Answer ${row.name} by mail`}
        rows={4}
        maxLength={LIMITS.messageCharacters}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={press}
      />
      <div className="flex items-center gap-3">
        <p className="min-w-0 flex-1 truncate text-small text-text-3">Goes to {row.email}</p>
        <Button
          type="submit"
          variant="primary"
          icon={<Send size={15} aria-hidden />}
          busy={busy && 'Sending…'}
          disabled={text.trim() === ''}
        >
          Send the answer
        </Button>
      </div>
      {problem && (
        <p id={problemId} role="alert" className="text-small text-red-text">
          {problem}
        </p>
      )}
    </form>
  )
}
