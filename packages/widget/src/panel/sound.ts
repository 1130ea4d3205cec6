import type { Message, VisitorServerFrame } from '@beckon/protocol'
import type { Port } from '../../../tracker/src/port.ts'

/** Only for whoever has written; in one tab. */
export function ringFor(
  { chatId, event }: Extract<VisitorServerFrame, { type: 'chat.event' }>,
  before: readonly Message[],
  storage: Port['storage'],
): void {
  const news = event.messages?.findLast(({ from }) => from === 'agent')
  const hasWritten = before.some(({ from }) => from === 'visitor')
  const mark = `${chatId} ${news?.seq}`
  if (!news || !hasWritten || storage.get('rung') === mark) return
  storage.set('rung', mark)
  ring()
}

/** Two short soft notes, made here: nothing to fetch, and no policy to ask. */
function ring(): void {
  try {
    const { AudioContext } = globalThis
    const context = new AudioContext()
    const loudness = context.createGain()
    loudness.connect(context.destination)
    for (const [at, pitch] of [
      [0, 660],
      [0.12, 880],
    ] as const) {
      const tone = context.createOscillator()
      tone.frequency.value = pitch
      tone.connect(loudness)
      const begin = context.currentTime + at
      loudness.gain.setValueAtTime(0.0001, begin)
      loudness.gain.exponentialRampToValueAtTime(0.08, begin + 0.02)
      loudness.gain.exponentialRampToValueAtTime(0.0001, begin + 0.11)
      tone.start(begin)
      tone.stop(begin + 0.12)
      tone.onended = () => at && void context.close()
    }
  } catch {
    // No sound here: the message is on the screen all the same.
  }
}
