import type { ChatId, ChatsState, MeState } from '@beckon/protocol'
import { useNavigate, useParams } from '@tanstack/react-router'
import { MessagesSquare } from 'lucide-react'
import { useEffect, useState } from 'react'
import { TopBar } from '../frame/top-bar.tsx'
import { FreshnessBar } from '../live/freshness-bar.tsx'
import { FreshnessPill } from '../live/freshness-pill.tsx'
import { useFreshness } from '../live/use-freshness.ts'
import { useTopic } from '../live/use-topic.ts'
import { cx } from '../parts/class-names.ts'
import { Elapsed } from '../parts/elapsed.tsx'
import { Empty } from '../parts/empty.tsx'
import { Segment } from '../parts/segment.tsx'
import { PHONE, useMedia } from '../parts/use-media.ts'
import { useNow } from '../server-clock.ts'
import { ChatItem } from './chat-item.tsx'
import { type ChatTab, countChats, sectionsOf } from './chat-lists.ts'
import { CompletedList } from './completed-list.tsx'
import { Conversation } from './conversation.tsx'
import { hasDraft } from './draft.ts'
import { VisitorSide } from './visitor-side.tsx'

export function ChatsScreen() {
  const { state: chats } = useTopic<'chats'>({ topic: 'chats' })
  const { state: me } = useTopic<'me'>({ topic: 'me' })
  const chatId = useParams({ strict: false }).chatId as ChatId | undefined
  const freshness = useFreshness()
  const [tab, setTab] = useState<ChatTab>('mine')
  const counts = chats && me ? countChats(chats, me.agentId) : undefined
  // On a phone one of the two is the page; there the list is its main part until a chat is open.
  const List = useMedia(PHONE) && !chatId ? 'main' : 'aside'
  useChatKeys({ chats, me, tab, chatId })

  return (
    <>
      <TopBar title="Chats">
        {counts && <Totals counts={counts} />}
        <FreshnessPill freshness={freshness} />
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
          {chats && me && tab !== 'completed' && <OpenList tab={tab} chats={chats} me={me} />}
          {me && tab === 'completed' && <CompletedList agentId={me.agentId} />}
        </List>
        <main className={cx('flex min-w-0 flex-1', !chatId && 'max-md:hidden')}>
          {chatId && me ? (
            <>
              <Conversation key={chatId} chatId={chatId} me={me} />
              <VisitorSide chatId={chatId} />
            </>
          ) : (
            <Empty
              drawing={<MessagesSquare size={56} strokeWidth={1} />}
              fact={counts && counts.all > 0 ? 'No chat is open here' : 'Chats open here'}
              next={counts && counts.all > 0 ? 'Choose one on the left.' : 'None is open now.'}
            />
          )}
        </main>
      </div>
    </>
  )
}

function nextWords(me: MeState): string {
  const groups = me.groups.filter((group) => group.active).map((group) => group.name)
  if (!me.available) return 'You are unavailable. Chats you invited come to you either way.'
  if (groups.length === 0) return 'You are not active in any group. Chats you invited come to you.'
  return `You are available for ${new Intl.ListFormat('en').format(groups)}.`
}

function Totals({ counts }: { counts: ReturnType<typeof countChats> }) {
  const now = useNow()
  const long = counts.waitingSince !== undefined && now - counts.waitingSince >= 60_000
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

type OpenListProps = { tab: Exclude<ChatTab, 'completed'>; chats: ChatsState; me: MeState }

function OpenList({ tab, chats, me }: OpenListProps) {
  const sections = sectionsOf(tab, chats, me.agentId)
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-2 pb-3">
      {sections.length === 0 && (
        <Empty
          fact={tab === 'queue' ? 'Nobody waits' : 'No chats'}
          next={tab === 'mine' ? nextWords(me) : undefined}
        />
      )}
      {sections.map((section) => (
        <section key={section.name} aria-label={section.name} className="mb-2">
          <h2 className="flex justify-between px-2.5 py-1 text-micro font-medium text-text-3">
            {section.name}
            <span className="tabular-nums">{section.chats.length}</span>
          </h2>
          <div className="flex flex-col gap-0.5">
            {section.chats.map((chat) => (
              <ChatItem
                key={chat.id}
                chat={chat}
                agentId={me.agentId}
                draft={chat.agentId === me.agentId && hasDraft(chat.id)}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}

type ChatKeysProps = {
  chats: ChatsState | undefined
  me: MeState | undefined
  tab: ChatTab
  chatId: ChatId | undefined
}

/** `⌥↑` and `⌥↓` go to the chat before and after. */
function useChatKeys({ chats, me, tab, chatId }: ChatKeysProps): void {
  const navigate = useNavigate()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
      if (!event.altKey || step === 0 || !chats || !me || tab === 'completed') return
      const ids = sectionsOf(tab, chats, me.agentId).flatMap((one) => one.chats.map(({ id }) => id))
      const at = chatId ? ids.indexOf(chatId) : -1
      const next = ids[at === -1 ? 0 : at + step]
      if (!next) return
      event.preventDefault()
      void navigate({ to: '/chats/$chatId', params: { chatId: next } })
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [chats, me, tab, chatId, navigate])
}
