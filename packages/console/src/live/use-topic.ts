import type { TopicOf } from '@beckon/client/streams'
import type { RefusalCode, Topic, TopicName, TopicTypes } from '@beckon/protocol'
import { useCallback, useEffect, useId, useMemo, useSyncExternalStore } from 'react'
import { live } from './live.ts'
import { useLiveStatus } from './use-freshness.ts'

export type TopicView<N extends TopicName> = {
  /** Undefined until the first snapshot; after a move the old state until the new one. */
  state: TopicTypes[N]['state'] | undefined
  /** What `state` was asked for with. */
  asked: TopicOf<N> | undefined
  fresh: 'connecting' | 'live' | 'old'
  /** It is over: not there, or not this agent's. */
  refused?: { code: RefusalCode; message: string } | undefined
  /** Asks for a new snapshot of the same thing. */
  again: () => void
}

const EMPTY = { state: undefined, asked: undefined, refused: undefined }
const nothing = () => () => {}

/**
 * Subscribes while the component is there; null = to nothing. Components that look at the same
 * visit, chat or standing share one subscription; every window and map has its own, which moves
 * when its params do.
 */
export function useTopic<N extends TopicName>(topic: TopicOf<N> | null): TopicView<N> {
  const own = useId()
  const { connected } = useLiveStatus()
  const key = topic && keyOf(topic, own)
  const wish = topic && JSON.stringify(topic)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names what is shared; the params of later renders go through replace
  const shared = useMemo(() => (topic && key ? live.share<N>(key, topic) : null), [key])

  const picture = useSyncExternalStore<ReturnType<NonNullable<typeof shared>['get']>>(
    shared?.watch ?? nothing,
    shared?.get ?? (() => EMPTY),
  )
  useEffect(() => {
    if (wish) shared?.replaceIfNew(JSON.parse(wish))
  }, [shared, wish])
  const again = useCallback(() => {
    if (wish) shared?.replace(JSON.parse(wish))
  }, [shared, wish])

  const fresh = picture.state === undefined ? 'connecting' : connected ? 'live' : 'old'
  return { ...picture, fresh, again }
}

function keyOf(topic: Topic, own: string): string {
  switch (topic.topic) {
    case 'window':
    case 'map':
      return `${topic.topic} ${own}`
    case 'counts':
      return topic.filter ? `counts ${own}` : 'counts'
    case 'visit':
    case 'values':
      return `${topic.topic} ${topic.visitId}`
    case 'visitor':
      return `visitor ${topic.visitorId}`
    case 'chat':
      return `chat ${topic.chatId}`
    default:
      return topic.topic
  }
}
