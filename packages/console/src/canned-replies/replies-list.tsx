import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Kbd } from '../parts/kbd.tsx'
import type { FilledReply } from './use-replies.ts'

type RepliesListProps = {
  id: string
  /** Undefined until they are known. */
  replies: readonly FilledReply[] | undefined
  query: string
  chosen: number
  onTake: (reply: FilledReply) => void
}

export const replyOptionId = (listId: string, index: number): string => `${listId}-${index}`

/** Canned replies above the composer, filled in for this visitor; the field below answers the keys. */
export function RepliesList({ id, replies, query, chosen, onTake }: RepliesListProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <div className="absolute inset-x-0 bottom-full z-20 mb-2 animate-fade overflow-hidden rounded-menu bg-popover shadow-menu">
      <p className="flex h-9 items-center gap-1 px-3.5 text-small text-text-3" aria-hidden>
        <span className="flex-1 font-medium text-text-2">Canned replies</span>
        <span className="flex items-center gap-1 max-md:hidden">
          <Kbd keys="↑" />
          <Kbd keys="↓" /> to choose · <Kbd keys="↵" /> to insert
        </span>
      </p>
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label="Canned replies"
        className="max-h-[228px] overflow-y-auto px-1.5 pb-1.5 empty:hidden"
      >
        {replies?.map((found, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the message in focus answers the keys
          <div
            key={found.reply.id}
            id={replyOptionId(id, index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onTake(found)}
            className="grid min-h-8 cursor-default grid-cols-[minmax(84px,auto)_minmax(96px,150px)_1fr] items-center gap-x-3 rounded-item px-2 hover:bg-hover aria-selected:bg-accent-soft max-md:grid-cols-[auto_1fr] max-md:gap-x-2 max-md:py-1.5"
          >
            <span className="truncate font-mono text-[12px] text-accent-text">
              /{found.reply.shortcut}
            </span>
            <span className="truncate font-medium">{found.reply.name}</span>
            <span className="truncate text-text-2 max-md:col-span-2" dir="auto">
              {found.filled.replaceAll('\n', ' ')}
            </span>
          </div>
        ))}
      </div>
      {replies?.length === 0 && (
        <p className="px-3.5 pb-3 text-text-2">
          {query ? `No canned reply has “${query}”. ` : 'There are no canned replies yet. '}
          <Link
            to="/settings/replies"
            tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()}
            className="font-medium text-accent-text hover:underline"
          >
            {query ? 'All canned replies' : 'Write one'}
          </Link>
        </p>
      )}
      {!replies && <div aria-busy className="h-8" />}
      <p className="sr-only" role="status">
        {replies && `${replies.length} canned ${replies.length === 1 ? 'reply' : 'replies'}`}
      </p>
    </div>
  )
}
