import type { Subscription, Subscriptions, TopicOf } from '@beckon/client/streams'
import type { RefusalCode, TopicName, TopicTypes } from '@beckon/protocol'

/** What a subscription has told so far. A new object after every change, for React to compare. */
export type TopicPicture<N extends TopicName> = {
  state: TopicTypes[N]['state'] | undefined
  /** What `state` was asked for with; differs from the wish while a window moves. */
  asked: TopicOf<N> | undefined
  refused: { code: RefusalCode; message: string } | undefined
}

/** One subscription with any number of components looking at it. */
export type SharedTopic<N extends TopicName> = {
  get(): TopicPicture<N>
  watch(watcher: () => void): () => void
  /** Asks again, with these params. */
  replace(topic: TopicOf<N>): void
  /** Asks again only when the params differ from the present ones. */
  replaceIfNew(topic: TopicOf<N>): void
}

/** How long an unwatched subscription is kept: a component that comes right back finds its state. */
const LINGER_MS = 500
/** Groups are those of the dialog's opening (S23): one that is opened again must ask again. */
const lingerOf = ({ topic }: { topic: TopicName }) => (topic === 'values' ? 0 : LINGER_MS)

const anyTopic = <N extends TopicName>(topic: SharedTopic<N>) =>
  topic as unknown as SharedTopic<TopicName>

const NOTHING = { state: undefined, asked: undefined, refused: undefined }

export function createTopics(subscriptions: Subscriptions) {
  const shared = new Map<string, SharedTopic<TopicName>>()

  function open<N extends TopicName>(key: string, first: TopicOf<N>): SharedTopic<N> {
    let topic = first
    let picture: TopicPicture<N> = NOTHING
    let subscription: Subscription<N> | undefined
    let leaving: ReturnType<typeof setTimeout> | undefined
    const watchers = new Set<() => void>()
    const tell = (next: TopicPicture<N>) => {
      picture = next
      for (const watcher of watchers) watcher()
    }
    const subscribe = () =>
      subscriptions.subscribe<N>(topic, {
        onState: (state, asked) => tell({ state, asked, refused: undefined }),
        onClosed: (code, message) => tell({ ...picture, refused: { code, message } }),
      })
    const leave = () => {
      subscription?.close()
      subscription = undefined
      shared.delete(key)
    }

    const replace = (next: TopicOf<N>) => {
      topic = next
      subscription?.replace(next)
    }

    const self: SharedTopic<N> = {
      get: () => picture,
      watch(watcher) {
        clearTimeout(leaving)
        watchers.add(watcher)
        shared.set(key, anyTopic(self))
        subscription ??= subscribe()
        return () => {
          watchers.delete(watcher)
          if (watchers.size === 0) leaving = setTimeout(leave, lingerOf(topic))
        }
      },
      replace,
      replaceIfNew(next) {
        if (JSON.stringify(next) !== JSON.stringify(topic)) replace(next)
      },
    }
    return self
  }

  return {
    /** The one subscription of this key; it lives as long as somebody watches. */
    share<N extends TopicName>(key: string, topic: TopicOf<N>): SharedTopic<N> {
      const there = shared.get(key)
      // A key is made of the topic's name, so what is stored under it has this very type.
      if (there) return there as unknown as SharedTopic<N>
      const made = open(key, topic)
      shared.set(key, anyTopic(made))
      return made
    },
  }
}
