import type { AgentId, OfflineRow } from '@beckon/protocol'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Input } from '../parts/input.tsx'
import { OfflineItem } from './offline-item.tsx'

type Page = { items: OfflineRow[]; next: string | null }

/** What was answered or put aside, found by name, address or words. */
export function DoneList({ agentId }: { agentId: AgentId }) {
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(typed.trim())
  const found = useInfiniteQuery({
    queryKey: ['offline-messages', 'done', words],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ state: 'done' })
      if (words) query.set('q', words)
      if (pageParam) query.set('before', pageParam)
      return api<Page>('GET', `/offline-messages?${query}`)
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
  const items = found.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <div className="px-2 pb-2">
        <Input
          type="search"
          aria-label="Search offline messages that are done"
          placeholder="Name, email or words"
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto px-2 pb-3">
        {found.error && (
          <Empty
            fact="The messages could not be read"
            next={sentenceOf(found.error)}
            actions={<Button onClick={() => void found.refetch()}>Try again</Button>}
          />
        )}
        {found.isSuccess && items.length === 0 && (
          <Empty fact={words ? `No message has “${words}”` : 'None is done yet'} />
        )}
        {items.map((row) => (
          <OfflineItem key={row.id} row={row} agentId={agentId} />
        ))}
        {found.hasNextPage && (
          <div className="flex justify-center py-2">
            <Button
              size={26}
              busy={found.isFetchingNextPage && 'Reading…'}
              onClick={() => void found.fetchNextPage()}
            >
              Show older
            </Button>
          </div>
        )}
      </div>
    </>
  )
}
