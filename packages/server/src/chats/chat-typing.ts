import type { ChatId, VisitorId } from '@beckon/protocol'
import { createTyping } from '../conversations/typing.ts'
import type { Bus } from '../realtime/bus.ts'
import type { Seals } from '../sign-in/seals.ts'
import type { Clock } from '../time/clock.ts'
import { sealTyped } from './typed-text.ts'

type Who = 'agent' | 'visitor'
export type TypingIn = { chatId: ChatId; visitorId: VisitorId; who: Who }

export type ChatTyping = ReturnType<typeof createChatTyping>

/** Who writes in which chat on this node; every change goes over the bus to those who watch it. */
export function createChatTyping({
  bus,
  clock,
  seals,
  onAgent,
}: {
  bus: Bus
  clock: Clock
  seals: Seals
  /** Every keystroke of agents that is told of, not only the first. */
  onAgent?: (chatId: ChatId) => void
}) {
  const visitors = new Map<ChatId, VisitorId>()
  const typing = createTyping<`${Who} ${ChatId}`>({
    clock,
    onChange(key, on) {
      const [who, chatId] = key.split(' ') as [Who, ChatId]
      const visitorId = visitors.get(chatId)
      if (visitorId) bus.publish({ type: 'typing', chatId, visitorId, who, on })
      if (!typing.has(`agent ${chatId}`) && !typing.has(`visitor ${chatId}`))
        visitors.delete(chatId)
    },
  })
  function set({ chatId, visitorId, who }: TypingIn, on: boolean): void {
    visitors.set(chatId, visitorId)
    if (who === 'agent' && on) onAgent?.(chatId)
    typing.set(`${who} ${chatId}`, on)
    if (!typing.has(`agent ${chatId}`) && !typing.has(`visitor ${chatId}`)) visitors.delete(chatId)
  }

  return {
    set,
    /** What stands in the visitor's box: passed on to whoever looks, and kept nowhere. */
    read(chatId: ChatId, visitorId: VisitorId, text: string): void {
      set({ chatId, visitorId, who: 'visitor' }, text !== '')
      if (text === '') return
      const sealed = sealTyped(seals, chatId, text)
      if (sealed) bus.publish({ type: 'typed', chatId, visitorId, sealed })
    },
    stop: () => typing.stop(),
  }
}
