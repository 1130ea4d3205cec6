import {
  ArrowLeftRight,
  Check,
  CheckCheck,
  CircleAlert,
  CircleCheck,
  Clock,
  Ear,
  FileText,
  Info,
  Send,
  StickyNote,
  Tag,
  UsersRound,
} from 'lucide-react'
import { createElement, type ReactNode } from 'react'
import { FileView } from '../files/file-view.tsx'
import { cx } from '../parts/class-names.ts'
import { timeOfDay } from '../parts/durations.ts'
import type { FactIcon, Line, Tick } from './conversation-lines.ts'
import { linkParts } from './link-parts.ts'

type LineViewProps = {
  line: Line
  connected: boolean
  onRetry: (id: string) => void
  onDiscard: (id: string) => void
}

export function LineView({ line, connected, onRetry, onDiscard }: LineViewProps) {
  switch (line.kind) {
    case 'day':
      return <p className="py-1 text-center text-small text-text-3">{line.text}</p>
    case 'fact':
      return (
        <p className="flex items-start justify-center gap-2 px-8 py-0.5 text-center text-small break-words text-text-3">
          {FACT_ICONS[line.icon]}
          <span className="min-w-0">{line.text}</span>
        </p>
      )
    case 'note':
      return <NoteLine line={line} />
    case 'message':
      return <Bubble line={line} />
    case 'unsent':
      return (
        <div className="flex flex-col items-end gap-1">
          <div className="max-w-[76%] rounded-dialog rounded-ee-chip border border-accent-line px-3 py-2 text-read break-words whitespace-pre-wrap">
            <span className="sr-only">You, not sent yet: </span>
            <div dir="auto">{line.text}</div>
          </div>
          {line.refused ? (
            <p
              className="flex flex-wrap items-center justify-end gap-2 text-small text-red-text"
              role="alert"
            >
              <CircleAlert size={14} aria-hidden />
              Not sent: {line.refused}
              <Act onClick={() => onRetry(line.id)}>Send again</Act>
              <Act onClick={() => onDiscard(line.id)}>Discard</Act>
            </p>
          ) : (
            <p className="flex items-center gap-1.5 text-small text-text-3">
              <Clock size={13} aria-hidden />
              {connected ? 'Sending…' : 'Waiting for the connection. It will be sent by itself.'}
            </p>
          )}
        </div>
      )
  }
}

const Act = ({ onClick, children }: { onClick: () => void; children: ReactNode }) => (
  <button type="button" onClick={onClick} className="font-medium text-accent-text hover:underline">
    {children}
  </button>
)

const FACT_ICONS: Record<FactIcon, ReactNode> = {
  invited: <Send size={13} aria-hidden className="mt-[3px]" />,
  page: <FileText size={13} aria-hidden className="mt-[3px]" />,
  system: <Info size={13} aria-hidden className="mt-[3px]" />,
  ended: <CircleCheck size={13} aria-hidden className="mt-[3px]" />,
  passed: <ArrowLeftRight size={13} aria-hidden className="mt-[3px]" />,
  people: <UsersRound size={13} aria-hidden className="mt-[3px]" />,
  tag: <Tag size={13} aria-hidden className="mt-[3px]" />,
}

const NOTES = {
  note: { of: 'Note', icon: <StickyNote size={15} aria-hidden /> },
  whisper: { of: 'Whisper', icon: <Ear size={15} aria-hidden /> },
  transfer: { of: 'Comment', icon: <ArrowLeftRight size={15} aria-hidden /> },
}

/** On paper of its own, as wide as the page: nobody takes it for something said. */
function NoteLine({ line: { note, own } }: { line: Extract<Line, { kind: 'note' }> }) {
  const { of, icon } = NOTES[note.kind]
  return (
    <article
      aria-label={`${of} from ${note.agentName}, agents only`}
      className="flex gap-2.5 rounded-input border border-note-line bg-note px-3 py-2"
    >
      <span className="mt-0.5 text-text-2">{icon}</span>
      <div className="min-w-0 flex-1">
        <p className="flex gap-3 text-small">
          <span className="min-w-0 flex-1 truncate font-semibold">
            {of} from {own ? 'you' : note.agentName}, {timeOfDay(note.at)}
          </span>
          <span className="flex-none text-text-2">Agents only</span>
        </p>
        <p dir="auto" className="text-read break-words whitespace-pre-wrap select-text">
          {withLinks(note.text)}
        </p>
      </div>
    </article>
  )
}

function Bubble({ line }: { line: Extract<Line, { kind: 'message' }> }) {
  const { message, own, by, tick } = line
  return (
    <div className={cx('flex items-end gap-2', own && 'flex-row-reverse')}>
      <div
        className={cx(
          'max-w-[76%] min-w-0 rounded-dialog px-3 py-2 text-read break-words whitespace-pre-wrap select-text',
          own ? 'rounded-ee-chip bg-accent-soft' : 'rounded-es-chip bg-sunken',
        )}
      >
        <span className="sr-only">{message.name || (own ? 'Agent' : 'Visitor')}: </span>
        {/* Its direction is that of its own words, not of who is named to those who hear it. */}
        <div dir="auto">
          {message.file ? <FileView file={message.file} /> : withLinks(message.text)}
        </div>
      </div>
      <span className="flex flex-none items-center gap-1 text-small text-text-3 tabular-nums">
        {tick && TICKS[tick]}
        {by && <span className="max-w-32 truncate">{by} ·</span>}
        {timeOfDay(message.at)}
      </span>
    </div>
  )
}

const TICKS: Record<Tick, ReactNode> = {
  sent: (
    <>
      <Check size={13} aria-hidden />
      <span className="sr-only">Sent</span>
    </>
  ),
  delivered: (
    <>
      <CheckCheck size={14} aria-hidden />
      <span className="sr-only">Delivered</span>
    </>
  ),
  seen: (
    <>
      <CheckCheck size={14} aria-hidden className="text-accent-text" />
      <span className="sr-only">Seen</span>
    </>
  ),
}

/** Text nodes only; an address leads out without telling where from (T4). */
function withLinks(text: string): ReactNode {
  // biome-ignore-start lint/correctness/useJsxKeyInIterable: handed over as separate children below
  const parts = linkParts(text).map((part) =>
    part.href === undefined ? (
      part.text
    ) : (
      <a
        href={part.href}
        target="_blank"
        rel="noopener noreferrer"
        className="text-accent-text [overflow-wrap:anywhere] underline underline-offset-2"
      >
        {part.text}
      </a>
    ),
  )
  // biome-ignore-end lint/correctness/useJsxKeyInIterable: separate children need no keys
  return createElement('span', null, ...parts)
}
