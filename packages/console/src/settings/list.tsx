import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'

type ListProps<Item> = {
  query: UseQueryResult<Item[]>
  empty: ReactNode
  keyOf: (item: Item) => string
  children: (item: Item) => ReactNode
}

/** Rows of settings with their loading, empty and failed states. */
export function List<Item>({ query, empty, keyOf, children }: ListProps<Item>) {
  if (query.data === undefined) {
    return query.error ? (
      <Unread problem={query.error} again={() => void query.refetch()} />
    ) : (
      <Blocks />
    )
  }
  if (query.data.length === 0) return empty
  return (
    <ul className="flex flex-col divide-y divide-line border-y border-line">
      {query.data.map((item) => (
        <li key={keyOf(item)}>{children(item)}</li>
      ))}
    </ul>
  )
}

/** Could not be read: said, with a way on. */
export const Unread = ({ problem, again }: { problem: unknown; again: () => void }) => (
  <Empty
    fact="This could not be read"
    next={sentenceOf(problem)}
    actions={<Button onClick={again}>Try again</Button>}
  />
)

/** Keeps the rows' places while they are read; nothing for the first moment. */
export const Blocks = () => (
  <div className="flex animate-[fade_140ms_150ms_backwards] flex-col gap-5 py-4" aria-hidden>
    {[60, 42, 52].map((width) => (
      <span key={width} className="h-3 rounded-full bg-sunken" style={{ width: `${width}%` }} />
    ))}
  </div>
)
