import type { Announcement, Bus } from './bus.ts'
import { type BusWord, readWord, WORD_TYPES, wordOf } from './bus-words.ts'
import { createLastTold } from './last-told.ts'
import { createMemoryBus } from './memory-bus.ts'

/** How words are carried to other nodes and back. */
export type Carriage = {
  say(said: { readonly type: string }): void
  hear(type: string, hearer: (node: string, said: { readonly type: string }) => boolean): void
}

/** Turns words of other nodes into announcements, in their order; what it cannot read it leaves out. */
export type Telling = (words: readonly BusWord[]) => Promise<Announcement[]>

/** Words waiting for the database; more than this are read again as a whole instead. */
const MOST_WAITING = 5_000

/**
 * The bus of several nodes: listeners here hear at once, as in one process; other nodes hear a
 * moment later, each publisher's announcements in their order. Nobody hears their own again, and
 * nothing waits here while there is no link.
 */
export function createRedisBus({
  carriage,
  fault,
  onOverflow,
}: {
  carriage: Carriage
  fault(error: unknown): void
  /** Words were given up: what they were about has to be found in another way. */
  onOverflow(): void
}) {
  const here = createMemoryBus({ fault })
  const told = createLastTold()
  const typing = new Map<string, Map<string, Announcement>>()
  let tell: Telling | undefined
  let waiting: BusWord[] = []
  let telling: Promise<void> | undefined

  /** What was found out without being told. */
  function deliver(announcement: Announcement): void {
    if (!told.isOld(announcement)) here.deliver(announcement)
  }

  async function tellAll(tellOf: Telling): Promise<void> {
    while (waiting.length > 0) {
      const words = waiting
      waiting = []
      try {
        for (const announcement of await tellOf(words)) deliver(announcement)
      } catch (error) {
        fault(error)
        onOverflow()
      }
    }
    telling = undefined
  }

  function hear(node: string, said: { readonly type: string }): boolean {
    const word = readWord(said)
    if (!word) return false
    remember(node, word)
    waiting.push(word)
    if (waiting.length > MOST_WAITING) {
      waiting = []
      onOverflow()
    } else if (tell) telling ??= tellAll(tell)
    return true
  }

  /** What lasts until its node says otherwise: somebody has to, should it die. */
  function remember(node: string, word: BusWord): void {
    const key =
      word.type === 'typing'
        ? `${word.type} ${word.who} ${word.chatId}`
        : word.type === 'attention'
          ? `${word.type} ${word.attention.connectionId}`
          : undefined
    if (key === undefined) return
    const over = endOf(word as Announcement)
    const own = typing.get(node) ?? new Map<string, Announcement>()
    if (isOver(word)) own.delete(key)
    else if (over) own.set(key, over)
    if (own.size > 0) typing.set(node, own)
    else typing.delete(node)
  }

  for (const type of WORD_TYPES) carriage.hear(type, hear)

  return {
    publish(announcement: Announcement): void {
      if (!told.isOld(announcement)) here.publish(announcement)
      const word = wordOf(announcement)
      if (word) carriage.say(word)
    },
    subscribe: here.subscribe,
    deliver,
    /** From here on words of other nodes are told. */
    begin(how: Telling): void {
      tell = how
      if (waiting.length > 0) telling ??= tellAll(how)
    },
    /** Of a node that cannot say it any more: nobody writes there, nobody looks. */
    silence(node: string): void {
      const own = typing.get(node)
      typing.delete(node)
      for (const over of own?.values() ?? []) here.deliver(over)
    },
    async settled(): Promise<void> {
      await telling
    },
  } satisfies Bus & Record<string, unknown>
}

const isOver = (word: BusWord): boolean =>
  word.type === 'typing'
    ? !word.on
    : word.type === 'attention' && word.attention.claims.length === 0

function endOf(announcement: Announcement): Announcement | undefined {
  if (announcement.type === 'typing') return { ...announcement, on: false }
  if (announcement.type !== 'attention') return undefined
  return { type: 'attention', attention: { ...announcement.attention, claims: [] } }
}
