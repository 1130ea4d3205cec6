import {
  Check,
  CheckCheck,
  CircleAlert,
  CircleCheck,
  Clock,
  FileText,
  Info,
  Send,
} from 'lucide-react'
import { createElement, type ReactNode } from 'react'
import { cx } from '../parts/class-names.ts'
import { timeOfDay } from '../parts/durations.ts'
import type { Line, Tick } from './conversation-lines.ts'
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
    case 'message':
      return <Bubble line={line} />
    case 'unsent':
      return (
        <div className="flex flex-col items-end gap-1">
          <p
            dir="auto"
            className="max-w-[76%] rounded-dialog rounded-ee-chip border border-accent-line px-3 py-2 text-read break-words whitespace-pre-wrap"
          >
            <span className="sr-only">You, not sent yet: </span>
            {line.text}
          </p>
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

const FACT_ICONS = {
  invited: <Send size={13} aria-hidden className="mt-[3px]" />,
  page: <FileText size={13} aria-hidden className="mt-[3px]" />,
  system: <Info size={13} aria-hidden className="mt-[3px]" />,
  ended: <CircleCheck size={13} aria-hidden className="mt-[3px]" />,
}

function Bubble({ line }: { line: Extract<Line, { kind: 'message' }> }) {
  const { message, own, tick } = line
  return (
    <div className={cx('flex items-end gap-2', own && 'flex-row-reverse')}>
      <div
        dir="auto"
        className={cx(
          'max-w-[76%] min-w-0 rounded-dialog px-3 py-2 text-read break-words whitespace-pre-wrap select-text',
          own ? 'rounded-ee-chip bg-accent-soft' : 'rounded-es-chip bg-sunken',
        )}
      >
        <span className="sr-only">{message.name || (own ? 'Agent' : 'Visitor')}: </span>
        {withLinks(message.text)}
      </div>
      <span className="flex flex-none items-center gap-1 text-small text-text-3 tabular-nums">
        {tick && TICKS[tick]}
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
