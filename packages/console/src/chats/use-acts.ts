import type { ChatId } from '@beckon/protocol'
import { useMemo } from 'react'
import { sentenceOf } from '../api.ts'
import { sendCommand } from '../live/live.ts'
import { toast } from '../parts/toast-queue.ts'

export type Acts = ReturnType<typeof useActs>

/** What is done with one click; a refusal is told, and the screen shows what is. */
export const useActs = (chatId: ChatId) =>
  useMemo(() => {
    const act = (type: 'chat.take' | 'chat.join' | 'chat.leave' | 'chat.takeOver') => async () => {
      try {
        await sendCommand({ type, chatId })
      } catch (thrown) {
        toast.show({ text: sentenceOf(thrown) })
      }
    }
    return {
      take: act('chat.take'),
      join: act('chat.join'),
      leave: act('chat.leave'),
      takeOver: act('chat.takeOver'),
    }
  }, [chatId])
