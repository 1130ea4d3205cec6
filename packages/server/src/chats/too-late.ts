import type { ChatId } from '@beckon/protocol'
import type { Picture } from '../directory/directory.ts'
import { agentName } from '../invitations/view.ts'
import { Refusal } from '../refusal.ts'
import { type ChatRecord, chatById } from '../store/chat-rows.ts'
import type { Tx } from '../store/store.ts'

/* What is said to an agent whose deed came too late: what is so now, and what can be done. */

export const hasEnded = (): Refusal =>
  new Refusal('chat_ended', 'This chat has ended. You find it under Completed.')

/** Another one was first. */
export async function outrun(tx: Tx, chatId: ChatId, picture: Picture): Promise<Refusal> {
  const now = await chatById(tx, chatId)
  return now?.state === 'queued'
    ? new Refusal('already_taken', 'This chat waits in a queue again. Take it there.')
    : answeredBy(now, picture)
}

export const answeredBy = (
  chat: Pick<ChatRecord, 'state' | 'agent_id'> | undefined,
  picture: Picture,
): Refusal =>
  chat?.agent_id && chat.state === 'active'
    ? new Refusal(
        'already_taken',
        `${agentName(picture, chat.agent_id)} has this chat now. Choose another one.`,
      )
    : hasEnded()
