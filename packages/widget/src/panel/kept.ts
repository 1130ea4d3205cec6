import type { VisitorChat } from '@beckon/protocol'
import type { Port } from '../../../tracker/src/port.ts'

/*
 * What the widget leaves in the browser between pages, through the port’s storage: `open`, the
 * card's `announced` and `written`, a `start` on its way, the panel's `draft`, the `talk` as it last
 * stood, and what is `left` of a card for the panel to take up.
 */

/** Storage belongs to the page's origin: what comes out may be anything. */
export function kept<T>(
  { storage }: Port,
  key: string,
  is: (value: Partial<T>) => boolean,
): T | undefined {
  try {
    const value: unknown = JSON.parse(storage.get(key) ?? '')
    return is(value as Partial<T>) ? (value as T) : undefined
  } catch {
    // Not there, or not ours.
  }
}

/** Keeps it, or forgets what was kept. */
export const keep = ({ storage }: Port, key: string, value: object | undefined): void =>
  storage.set(key, value ? JSON.stringify(value) : null)

type Talk = { chat: VisitorChat; at: number }

/** How long after its last word a chat that is over may still be there on a page. */
const TALK_MS = 3_600_000

/** The server tells a new page of a chat that goes on; one that is over is asked for by what is kept. */
export function lastTalk(port: Port) {
  const left = kept<Talk>(
    port,
    'talk',
    ({ chat, at = 0 }) => typeof chat?.id === 'string' && Date.now() - at < TALK_MS,
  )
  let said: string | undefined
  return {
    was: left && { ...left.chat, state: 'ended' as const },
    keep({ chat, again }: { chat?: VisitorChat; again: boolean }): void {
      const now = chat && !again ? `${chat.id} ${chat.state} ${chat.lastSeq}` : ''
      if (now !== said) keep(port, 'talk', now ? { chat, at: Date.now() } : undefined)
      said = now
    },
  }
}
