import type { ChatId } from '@beckon/protocol'
import { useTopic } from '../live/use-topic.ts'

/** The visitor beside the chat, as Who's On knows them. */
export function VisitorSide({ chatId }: { chatId: ChatId }) {
  const { state } = useTopic<'chat'>({ topic: 'chat', chatId })
  if (!state) return null
  return (
    <aside
      aria-label="Visitor"
      className="w-[302px] flex-none overflow-y-auto border-s border-line max-lg:hidden"
    />
  )
}
