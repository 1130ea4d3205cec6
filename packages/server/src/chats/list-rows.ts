import type { ChatRow } from '@beckon/protocol'
import type { Directory, Picture } from '../directory/directory.ts'
import type { ChatEntry } from '../store/chat-rows.ts'
import type { ChatFeed } from './feed.ts'
import { chatRow } from './view.ts'

/** A row of the list, and its text to compare it by. */
export type ListRow = { readonly row: ChatRow; readonly text: string }

/** Rows of lists of chats: however many consoles show an entry, its row is made once. */
export function createListRows({
  directory,
  feed,
}: {
  directory: Directory
  feed: Pick<ChatFeed, 'writing'>
}) {
  const known = new WeakMap<ChatEntry, ListRow & { picture: Picture }>()

  /** The row as it is, but for whether the visitor types now. */
  const typing = (row: ChatRow): ListRow => {
    const { typing: _, ...quiet } = row
    return listRow({ ...quiet, ...(feed.writing(row.id).visitor && { typing: true }) })
  }

  return {
    of(entry: ChatEntry): ListRow {
      const picture = directory.now
      const before = known.get(entry)
      if (before?.picture === picture && isTyping(before) === feed.writing(entry.id).visitor) {
        return before
      }
      const made = { ...typing(chatRow(entry, picture)), picture }
      known.set(entry, made)
      return made
    },
    typing,
  }
}

const isTyping = ({ row }: ListRow): boolean => row.typing === true
const listRow = (row: ChatRow): ListRow => ({ row, text: JSON.stringify(row) })
