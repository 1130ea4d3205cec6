import type { CountsState, VisitFilter } from '@beckon/protocol'
import { Link } from '@tanstack/react-router'
import { Eye } from 'lucide-react'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { useNow } from '../server-clock.ts'
import { agoSentence } from './clock-words.ts'

type ListEmptyProps = {
  counts: CountsState | undefined
  filter: VisitFilter
  /** Name of the filter, when it has one. */
  name: string | undefined
  mayCheckSnippet: boolean
  onShowAll: () => void
}

/** Why the list is empty, and what to do about it (UI §5.10). */
export function ListEmpty({ counts, filter, name, mayCheckSnippet, onShowAll }: ListEmptyProps) {
  const now = useNow()
  const online = counts?.online ?? 0
  if (filter.conditions.length > 0 || filter.bots) {
    return (
      <Empty
        drawing={<Eye size={40} strokeWidth={1.2} />}
        fact={
          filter.bots
            ? 'No bots right now'
            : name
              ? `Nobody matches “${name}” now`
              : 'Nobody matches these conditions now'
        }
        next={
          online === 1
            ? '1 visitor is online.'
            : `${online.toLocaleString('en')} visitors are online.`
        }
        actions={<Button onClick={onShowAll}>Show all</Button>}
      />
    )
  }
  const left = counts?.lastLeftAt
  return (
    <Empty
      drawing={<Browser />}
      fact="Nobody is on your websites right now"
      next={
        left === undefined
          ? 'Visitors appear here by themselves, as soon as a page with the snippet is opened.'
          : `The last visitor left ${agoSentence(now - left)}. New ones appear here by themselves.`
      }
      actions={
        mayCheckSnippet && (
          <Link
            to="/settings/sites"
            className="inline-flex h-[30px] items-center rounded-button border border-line-strong bg-surface px-3 font-medium hover:bg-hover"
          >
            Check the snippet
          </Link>
        )
      }
    />
  )
}

const Browser = () => (
  <svg width="64" height="46" viewBox="0 0 64 46" fill="none" aria-hidden>
    <rect
      x="1"
      y="1"
      width="62"
      height="44"
      rx="5"
      strokeWidth="1.6"
      className="stroke-line-strong"
    />
    <path d="M1 12h62" strokeWidth="1.6" className="stroke-line-strong" />
    <circle cx="32" cy="28" r="9" strokeWidth="1.6" className="stroke-accent-line" />
    <circle cx="32" cy="28" r="3.4" className="fill-accent" />
  </svg>
)
