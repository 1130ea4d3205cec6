import type { ChatId } from '@beckon/protocol'
import type { Directory } from '../directory/directory.ts'
import { invitationView } from '../invitations/view.ts'
import { invitationsById } from '../store/invitation-rows.ts'
import { messagesAfter } from '../store/message-rows.ts'
import type { Store } from '../store/store.ts'
import type { Announcement } from './bus.ts'
import { rowsBehind } from './bus-words.ts'
import type { Telling } from './redis-bus.ts'

/**
 * Doorbells of other nodes, answered from the database: one look for however many came together.
 * A burst may bring a message before its own word; whoever hears it goes by its number.
 */
export const createTelling =
  ({ store, directory }: { store: Store; directory: Directory }): Telling =>
  async (words) => {
    const behind = rowsBehind(words)
    const { invitations, messages } = await store.read(async (db) => ({
      invitations:
        behind.invitations.length === 0 ? [] : await invitationsById(db, behind.invitations),
      messages: new Map(
        await Promise.all(
          [...behind.messages].map(
            async ([chatId, seq]) => [chatId, await messagesAfter(db, chatId, seq - 1)] as const,
          ),
        ),
      ),
    }))
    const rows = new Map(invitations.map((row) => [row.id as string, row]))
    return words.flatMap((word): Announcement[] => {
      if (word.type === 'invitation') {
        const row = rows.get(word.id)
        if (!row) return []
        const invitation = invitationView(row, directory.now, word.typing)
        return [{ type: 'invitation', brandId: row.brand_id, invitation }]
      }
      if (word.type === 'message') {
        const { chatId, visitorId, seq } = word as typeof word & { chatId: ChatId }
        const message = messages.get(chatId)?.find((one) => one.seq === seq)
        return message ? [{ type: 'message', chatId, visitorId: visitorId as never, message }] : []
      }
      return [word as Announcement]
    })
  }
