import type { PanelState } from '../panel/state.ts'
import { dayOf, timeOf } from '../panel/times.ts'
import { words } from './words.ts'

/** What was said, as a plain text, saved from what this page has anyway. */
export function transcriptOf({ messages, look, chat }: PanelState): string {
  const lines = messages
    .filter(({ from }) => from !== 'system')
    .map(
      ({ from, name, text, at }) =>
        `${timeOf(at)} ${from === 'visitor' ? words.you : name}: ${text}`,
    )
  const title = [look.siteName, chat?.groupName].filter(Boolean).join(', ')
  return `${[title, dayOf(messages[0]?.at ?? 0), '', ...lines].join('\r\n')}\r\n`
}

export function saveTranscript(state: PanelState): void {
  const link = document.createElement('a')
  const file = new Blob([transcriptOf(state)], { type: 'text/plain;charset=utf-8' })
  link.href = URL.createObjectURL(file)
  link.download = 'chat.txt'
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
