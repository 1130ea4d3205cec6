import type { ChatId } from '@beckon/protocol'
import { useTopic } from '../live/use-topic.ts'
import { VisitPane } from '../whos-on/details/visit-pane.tsx'

/** The visitor beside the chat, live, as Who's On knows them. */
export function VisitorSide({ chatId }: { chatId: ChatId }) {
  const { state } = useTopic<'chat'>({ topic: 'chat', chatId })
  if (!state) return null
  return (
    <div className="contents max-lg:hidden">
      <VisitPane key={state.chat.visitId} visitId={state.chat.visitId} />
    </div>
  )
}
