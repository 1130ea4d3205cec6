import type { AgentId, ChatsState, EndedChatsAsk, FoundChat } from '@beckon/protocol'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Input } from '../parts/input.tsx'
import { queryClient } from '../queries.ts'
import { ChatItem } from './chat-item.tsx'
import { askOf, type CompletedFilter, CompletedFilterMenu } from './completed-filter.tsx'

type Page = { items: FoundChat[]; next: string | null }

const ENDED = ['chats', 'ended']

/** Those of the live list that have ended lately. */
const endedIn = ({ chats }: ChatsState): string =>
  Object.values(chats)
    .filter(({ state }) => state === 'ended')
    .map(({ id }) => id)
    .join()

type CompletedListProps = { agentId: AgentId; chats: ChatsState }

/** Ended chats this agent may open, found by name, address, number or words. */
export function CompletedList({ agentId, chats: live }: CompletedListProps) {
  const [typed, setTyped] = useState('')
  const [filter, setFilter] = useState<CompletedFilter>({})
  const words = useRested(typed.trim())
  const chats = useInfiniteQuery({
    queryKey: [...ENDED, words, filter],
    queryFn: ({ pageParam }) => {
      const ask: EndedChatsAsk = {
        ...askOf(filter),
        text: words,
        ...(pageParam && { before: pageParam }),
      }
      return api<Page>('POST', '/chats/search', ask)
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    // What was found stays until there is something else: nothing blinks while somebody types.
    placeholderData: keepPreviousData,
  })
  const ended = endedIn(live)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again when another one has ended
  useEffect(() => void queryClient.invalidateQueries({ queryKey: ENDED }), [ended])
  const items = chats.data?.pages.flatMap((page) => page.items) ?? []
  const narrowed = Object.keys(filter).length > 0
  return (
    <>
      <div className="flex gap-1.5 px-2 pb-2">
        <Input
          type="search"
          aria-label="Search completed chats"
          placeholder="Name, number or words"
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <CompletedFilterMenu filter={filter} onFilter={setFilter} />
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
          <Empty
            fact={
              words ? `No chat has “${words}”` : narrowed ? 'No such chat' : 'No chat has ended yet'
            }
            actions={narrowed && <Button onClick={() => setFilter({})}>Search all chats</Button>}
          />
        )}
        {items.map((chat) => (
          <ChatItem
            key={chat.id}
            chat={chat}
            agentId={agentId}
            found={chat.excerpt && <Marked text={chat.excerpt} words={words} />}
          />
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

/** The words that were searched for stand out where they were said. */
function Marked({ text, words }: { text: string; words: string }): ReactNode {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const low = text.toLowerCase()
  const at = wanted
    .map((word) => ({ from: low.indexOf(word), word }))
    .filter(({ from }) => from >= 0)
    .sort((a, b) => b.word.length - a.word.length)[0]
  if (!at) return text
  const to = at.from + at.word.length
  return (
    <>
      {text.slice(0, at.from)}
      <mark className="rounded-[3px] bg-accent-soft font-medium text-accent-text">
        {text.slice(at.from, to)}
      </mark>
      {text.slice(to)}
    </>
  )
}

/** Between two keys nothing is asked for. */
const RESTED_MS = 160

function useRested(value: string): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), RESTED_MS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
