import type { AgentId, ChatRow, EndedChatsAsk } from '@beckon/protocol'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Input } from '../parts/input.tsx'
import { ChatItem } from './chat-item.tsx'

type Page = { items: ChatRow[]; next: string | null }

/** Ended chats this agent may open, found by name, number or words. */
export function CompletedList({ agentId }: { agentId: AgentId }) {
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(typed.trim())
  const chats = useInfiniteQuery({
    queryKey: ['chats', 'ended', words],
    queryFn: ({ pageParam }) => {
      const ask: EndedChatsAsk = { text: words, ...(pageParam && { before: pageParam }) }
      return api<Page>('POST', '/chats/search', ask)
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  const items = chats.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <div className="px-2 pb-2">
        <Input
          type="search"
          aria-label="Search completed chats"
          placeholder="Name, number or words"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto px-2 pb-3">
        {chats.error && (
          <Empty
            fact="The chats could not be read"
            next={sentenceOf(chats.error)}
            actions={<Button onClick={() => void chats.refetch()}>Try again</Button>}
          />
        )}
        {chats.isSuccess && items.length === 0 && (
          <Empty fact={words ? `No chat has “${words}”` : 'No chat has ended yet'} />
        )}
        {items.map((chat) => (
          <ChatItem key={chat.id} chat={chat} agentId={agentId} draft={false} />
        ))}
        {chats.hasNextPage && (
          <div className="flex justify-center py-2">
            <Button
              size={26}
              busy={chats.isFetchingNextPage && 'Reading…'}
              onClick={() => void chats.fetchNextPage()}
            >
              Show older
            </Button>
          </div>
        )}
      </div>
    </>
  )
}
