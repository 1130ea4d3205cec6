import type { Tag, VisitorId } from '@beckon/protocol'
import { sendCommand } from '../../live/live.ts'
import { TagsLine } from './tags-line.tsx'

/** What agents call this visitor, in words the whole brand shares. */
export const VisitorTags = ({
  visitorId,
  tags,
}: {
  visitorId: VisitorId
  tags: readonly Tag[]
}) => (
  <TagsLine
    tags={tags}
    onPut={(name) => sendCommand({ type: 'visitor.tag', visitorId, name })}
    onTake={({ id }) => sendCommand({ type: 'visitor.untag', visitorId, tagId: id })}
  />
)
