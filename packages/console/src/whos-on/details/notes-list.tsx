import type { VisitorId, VisitorNote, VisitorState } from '@beckon/protocol'
import { LIMITS } from '@beckon/protocol'
import { useState } from 'react'
import { sentenceOf } from '../../api.ts'
import { sendCommand } from '../../live/live.ts'
import { Button } from '../../parts/button.tsx'
import { Textarea } from '../../parts/textarea.tsx'
import { useNow } from '../../server-clock.ts'
import { whenWords } from './times.ts'

type NotesProps = { visitorId: VisitorId; record: VisitorState | undefined }

/** What is being written stays with its visitor while the agent looks elsewhere. */
const drafts = new Map<VisitorId, string>()

/** Notes of the team about this visitor. */
export function NotesList({ visitorId, record }: NotesProps) {
  const [text, setText] = useState(() => drafts.get(visitorId) ?? '')
  const write = (next: string) => {
    setText(next)
    if (next) drafts.set(visitorId, next)
    else drafts.delete(visitorId)
  }
  return (
    <div className="flex flex-col gap-3 px-4 py-3.5">
      <NoteForm
        label="New note"
        text={text}
        onText={write}
        doing="Adding…"
        done="Add note"
        onDone={async () => {
          await sendCommand({ type: 'visitor.note', visitorId, text })
          write('')
        }}
      />
      {record?.notes.length === 0 && (
        <p className="text-small text-text-3">No notes yet. The visitor never sees them.</p>
      )}
      <ul className="flex flex-col gap-2">
        {record?.notes.map((note) => (
          <li key={note.id}>
            <NoteItem note={note} />
          </li>
        ))}
      </ul>
      {record?.more.includes('notes') && (
        <p className="text-small text-text-3">The {LIMITS.notes} newest.</p>
      )}
    </div>
  )
}

/** One note on its paper, with what this agent may do with it. */
export function NoteItem({ note }: { note: VisitorNote }) {
  const now = useNow()
  const [face, setFace] = useState<'read' | 'edit' | 'delete'>('read')
  const [text, setText] = useState(note.text)
  const [problem, setProblem] = useState('')
  const remove = async () => {
    try {
      await sendCommand({ type: 'note.delete', noteId: note.id })
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
      setFace('read')
    }
  }
  return (
    <article
      aria-label={`Note from ${note.agentName}`}
      className="rounded-input border border-note-line bg-note px-3 py-2"
    >
      <p className="flex justify-between gap-2 text-small">
        <span className="truncate font-medium">{note.agentName}</span>
        <span className="flex-none text-text-2 tabular-nums">
          {whenWords(note.at, now)}
          {note.editedAt !== undefined && ' · edited'}
        </span>
      </p>
      {face === 'edit' ? (
        <div className="mt-1.5">
          <NoteForm
            label="Note"
            text={text}
            onText={setText}
            doing="Saving…"
            done="Save note"
            onCancel={() => setFace('read')}
            onDone={async () => {
              await sendCommand({ type: 'note.edit', noteId: note.id, text })
              setFace('read')
            }}
          />
        </div>
      ) : (
        <p className="mt-0.5 break-words whitespace-pre-wrap select-text">{note.text}</p>
      )}
      {problem && <p className="mt-1 text-small text-red-text">{problem}</p>}
      {note.mayChange && face === 'read' && (
        <p className="-ms-2.5 mt-1 flex">
          <Button
            variant="ghost"
            size={26}
            onClick={() => {
              setText(note.text)
              setFace('edit')
            }}
          >
            Edit
          </Button>
          <Button variant="ghost" size={26} onClick={() => setFace('delete')}>
            Delete
          </Button>
        </p>
      )}
      {face === 'delete' && (
        <p className="mt-1.5 flex items-center gap-2 text-small">
          <span className="flex-1">Delete this note for everybody?</span>
          <Button variant="danger" size={26} autoFocus onClick={() => void remove()}>
            Delete note
          </Button>
          <Button size={26} onClick={() => setFace('read')}>
            Keep
          </Button>
        </p>
      )}
    </article>
  )
}

type NoteFormProps = {
  label: string
  text: string
  onText: (text: string) => void
  done: string
  doing: string
  onDone: () => Promise<void>
  onCancel?: () => void
}

function NoteForm({ label, text, onText, done, doing, onDone, onCancel }: NoteFormProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const save = async () => {
    if (busy || text.trim() === '') return
    setBusy(true)
    setProblem('')
    try {
      await onDone()
    } catch (thrown) {
      // What was written stays in the box.
      setProblem(sentenceOf(thrown))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Textarea
        aria-label={label}
        rows={3}
        maxLength={LIMITS.noteCharacters}
        value={text}
        placeholder="For agents only"
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void save()
          if (event.key === 'Escape') onCancel?.()
        }}
      />
      {problem && (
        <p role="alert" className="mt-1 text-small text-red-text">
          {problem}
        </p>
      )}
      <p className="mt-1.5 flex justify-end gap-2">
        {onCancel && (
          <Button size={26} onClick={onCancel}>
            Cancel
          </Button>
        )}
        <Button type="submit" size={26} busy={busy && doing} disabled={text.trim() === ''}>
          {done}
        </Button>
      </p>
    </form>
  )
}
