import type { ChatId, Tag } from '@beckon/protocol'
import { sendCommand } from '../live/live.ts'
import { TagsLine } from '../whos-on/details/tags-line.tsx'

/** What this chat is about, in words the whole brand shares. */
export const ChatTags = ({
  chatId,
  tags,
  begun,
}: {
  chatId: ChatId
  tags: readonly Tag[]
  begun: boolean
}) => (
  <TagsLine
    tags={tags}
    begun={begun}
    onPut={(name) => sendCommand({ type: 'chat.tag', chatId, name })}
    onTake={({ id }) => sendCommand({ type: 'chat.untag', chatId, tagId: id })}
  />
)
