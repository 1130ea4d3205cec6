import type { OfflineMessageId } from '@beckon/protocol'
import { Link, useParams } from '@tanstack/react-router'
import { ArrowLeft, Mails } from 'lucide-react'
import { useState } from 'react'
import { TopBar } from '../frame/top-bar.tsx'
import { FreshnessBar } from '../live/freshness-bar.tsx'
import { FreshnessPill } from '../live/freshness-pill.tsx'
import { useFreshness } from '../live/use-freshness.ts'
import { useTopic } from '../live/use-topic.ts'
import { cx } from '../parts/class-names.ts'
import { Empty } from '../parts/empty.tsx'
import { Segment } from '../parts/segment.tsx'
import { PHONE, useMedia } from '../parts/use-media.ts'
import { DoneList } from './done-list.tsx'
import { OfflineMessage } from './offline-message.tsx'
import { WaitingList } from './waiting-list.tsx'

/** **Offline messages**: what visitors left, to be taken and answered by mail (C4). */
export function OfflineScreen() {
  const { state } = useTopic<'offline'>({ topic: 'offline' })
  const { state: me } = useTopic<'me'>({ topic: 'me' })
  const messageId = useParams({ strict: false }).messageId as OfflineMessageId | undefined
  const freshness = useFreshness()
  const [tab, setTab] = useState<'waiting' | 'done'>('waiting')
  const waiting = state && Object.values(state.messages).filter((row) => !row.doneAt).length
  // On a phone one of the two is the page.
  const List = useMedia(PHONE) && !messageId ? 'main' : 'aside'

  return (
    <>
      <TopBar title="Offline messages">
        <FreshnessPill freshness={freshness} />
      </TopBar>
      <FreshnessBar freshness={freshness} />
      <div className="flex min-h-0 flex-1">
        <List
          aria-label="Offline messages"
          className={cx(
            'flex w-[283px] flex-none flex-col border-e border-line max-md:w-full max-md:border-e-0',
            messageId && 'max-md:hidden',
          )}
        >
          <Link
            to="/chats"
            activeOptions={{ exact: true }}
            className="ring-inside mx-2 mt-2 flex h-8 flex-none items-center gap-2 rounded-input px-2 text-text-2 hover:bg-hover hover:text-text"
          >
            <ArrowLeft size={15} aria-hidden className="rtl:rotate-180" />
            Chats
          </Link>
          <div className="px-2 py-2">
            <Segment
              label="Which messages"
              fill
              value={tab}
              onChange={setTab}
              options={[
                {
                  value: 'waiting',
                  label: 'Waiting',
                  ...(waiting !== undefined && { count: waiting }),
                },
                { value: 'done', label: 'Done' },
              ]}
            />
          </div>
          {state && me && tab === 'waiting' && <WaitingList state={state} agentId={me.agentId} />}
          {me && tab === 'done' && <DoneList agentId={me.agentId} />}
        </List>
        <main className={cx('flex min-w-0 flex-1', !messageId && 'max-md:hidden')}>
          {messageId && me ? (
            <OfflineMessage
              key={messageId}
              messageId={messageId}
              live={state?.messages[messageId]}
              agentId={me.agentId}
            />
          ) : (
            <Empty
              drawing={<Mails size={56} strokeWidth={1} />}
              fact={waiting ? 'No message is open here' : 'Offline messages open here'}
              next={waiting ? 'Choose one on the left.' : 'None waits now.'}
            />
          )}
        </main>
      </div>
    </>
  )
}
