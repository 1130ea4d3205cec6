import type { ChatId } from '@beckon/protocol'
import { useParams } from '@tanstack/react-router'
import { MessagesSquare } from 'lucide-react'
import { BoardLink } from '../board/board-link.tsx'
import { TopBar } from '../frame/top-bar.tsx'
import { FreshnessBar } from '../live/freshness-bar.tsx'
import { FreshnessPill } from '../live/freshness-pill.tsx'
import { useFreshness } from '../live/use-freshness.ts'
import { useTopic } from '../live/use-topic.ts'
import { OfflineEntry } from '../offline/offline-entry.tsx'
import { cx } from '../parts/class-names.ts'
import { Elapsed } from '../parts/elapsed.tsx'
import { Empty } from '../parts/empty.tsx'
import { Segment } from '../parts/segment.tsx'
import { PHONE, useMedia } from '../parts/use-media.ts'
import { useNow } from '../server-clock.ts'
import { type ChatTab, countChats } from './chat-lists.ts'
import { CompletedList } from './completed-list.tsx'
import { Conversation, NoSuchChat } from './conversation.tsx'
import { OpenList } from './open-list.tsx'
import { useChatKeys } from './use-chat-keys.ts'
import { useChatTab } from './use-chat-tab.ts'
import { useOpenSections } from './use-open-sections.ts'
import { VisitorSide } from './visitor-side.tsx'

/** What else stands in the address was never one: asked for, it would not be understood. */
const AN_ID = /^[0-9A-Za-z_-]{8,64}$/

export function ChatsScreen() {
  const { state: chats } = useTopic<'chats'>({ topic: 'chats' })
  const { state: me } = useTopic<'me'>({ topic: 'me' })
  const chatId = useParams({ strict: false }).chatId as ChatId | undefined
  const freshness = useFreshness()
  const [tab, setTab] = useChatTab()
  const counts = chats && me ? countChats(chats, me) : undefined
  // On a phone one of the two is the page; there the list is its main part until a chat is open.
  const List = useMedia(PHONE) && !chatId ? 'main' : 'aside'
  const order = useOpenSections(tab, chats, me)
  useChatKeys(order?.sections, chatId)

  return (
    <>
      <TopBar title="Chats">
        {counts && <Totals counts={counts} />}
        <FreshnessPill freshness={freshness} />
        {me?.roles.includes('manager') && <BoardLink />}
      </TopBar>
      <FreshnessBar freshness={freshness} />
      <div className="flex min-h-0 flex-1">
        <List
          aria-label="Chats"
          className={cx(
            'flex w-[283px] flex-none flex-col border-e border-line max-md:w-full max-md:border-e-0',
            chatId && 'max-md:hidden',
          )}
        >
          <div className="px-2 py-2.5">
            <Segment
              label="Which chats"
              fill
              value={tab}
              onChange={setTab}
              options={[
                { value: 'mine', label: 'Mine', count: counts?.mine },
                { value: 'queue', label: 'Queue', count: counts?.queue },
                { value: 'all', label: 'All', count: counts?.all },
                { value: 'completed', label: 'Completed' },
              ]}
            />
          </div>
          <OfflineEntry />
          {order && me && tab !== 'completed' && (
            <OpenList tab={tab} order={order} me={me} open={chatId} />
          )}
          {chats && me && tab === 'completed' && (
            <CompletedList agentId={me.agentId} chats={chats} />
          )}
        </List>
        <main className={cx('flex min-w-0 flex-1', !chatId && 'max-md:hidden')}>
          {chatId && !AN_ID.test(chatId) ? (
            <NoSuchChat />
          ) : chatId && me ? (
            <>
              <Conversation key={chatId} chatId={chatId} me={me} />
              <VisitorSide chatId={chatId} />
            </>
          ) : (
            <NoneOpen tab={tab} counts={counts} />
          )}
        </main>
      </div>
    </>
  )
}

type Counts = ReturnType<typeof countChats>

/** The list beside it says where the others are. */
function NoneOpen({ tab, counts }: { tab: ChatTab; counts: Counts | undefined }) {
  const listed = tab === 'completed' || (counts !== undefined && counts[tab] > 0)
  return (
    <Empty
      drawing={<MessagesSquare size={56} strokeWidth={1} />}
      fact={counts && counts.all > 0 ? 'No chat is open here' : 'Chats open here'}
      next={
        listed ? 'Choose one on the left.' : counts?.all === 0 ? 'None is open now.' : undefined
      }
    />
  )
}

function Totals({ counts }: { counts: Counts }) {
  const now = useNow()
  const long = counts.tooLongFrom !== undefined && now >= counts.tooLongFrom
  return (
    <p className="flex items-center gap-4 whitespace-nowrap text-text-2 tabular-nums max-lg:hidden">
      <span>
        <strong className="font-semibold text-text">{counts.mine}</strong> mine
      </span>
      <span>
        <strong className="font-semibold text-text">{counts.queue}</strong> in queue
      </span>
      <span>
        <strong className="font-semibold text-text">{counts.colleagues}</strong> with colleagues
      </span>
      {counts.waitingSince !== undefined && (
        <span className="border-s border-line ps-4">
          Longest wait{' '}
          <Elapsed
            since={counts.waitingSince}
            className={`font-medium tabular-nums ${long ? 'text-amber-text' : 'text-text'}`}
          />
        </span>
      )}
    </p>
  )
}
