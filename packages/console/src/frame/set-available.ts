import { sentenceOf } from '../api.ts'
import { sendCommand } from '../live/live.ts'
import { toast } from '../parts/toast-queue.ts'

const say = (thrown: unknown) => void toast.show({ text: sentenceOf(thrown) })

/** The agent's own switch. Whoever goes with chats open is asked what becomes of them. */
export function setAvailable(available: boolean, openChats = 0): void {
  sendCommand({ type: 'availability.set', available }).then(
    () =>
      toast.show(
        available
          ? { text: 'You are available' }
          : openChats === 0
            ? { text: 'You are unavailable' }
            : {
                text: 'You are unavailable',
                second: `${chatsWord(openChats, 'Your')} with you.`,
                action: { label: 'Hand on', onAct: () => void handOn() },
              },
      ),
    say,
  )
}

/** All open chats go to others, or back to their queues. */
export async function handOn(): Promise<boolean> {
  try {
    const { handed } = await sendCommand({ type: 'chats.handOn' })
    toast.show({ text: handed === 1 ? 'Handed on 1 chat' : `Handed on ${handed} chats` })
    return true
  } catch (thrown) {
    say(thrown)
    return false
  }
}

const chatsWord = (n: number, whose: string): string =>
  n === 1 ? `${whose} chat stays` : `${whose} ${n} chats stay`
