import type { ChatId, ChatState } from '@beckon/protocol'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Port } from '../../../tracker/src/port.ts'
import type { PanelState } from '../panel/state.ts'
import { readAlong } from './typed.ts'

beforeEach(() => {
  vi.stubGlobal(
    'CSSStyleSheet',
    class {
      replaceSync() {}
    },
  )
})
afterEach(() => void vi.unstubAllGlobals())

/** A panel as it is drawn, and what was sent of it. */
function panel() {
  const sent: string[] = []
  const waiting: (() => void)[] = []
  const port = {
    send: ({ text }: { text: string }) => sent.push(text),
    timers: { after: (_ms: number, act: () => void) => waiting.push(act) },
  } as unknown as Port
  const along = readAlong(port, { adoptedStyleSheets: [undefined] } as unknown as ShadowRoot)
  return {
    sent,
    async draws(text: string, { typing = true, chat = 'active' as ChatState } = {}) {
      const said = along({
        look: { ...(typing && { typing }) },
        chat: { id: 'chat' as ChatId, state: chat },
        connected: true,
        leaving: false,
        again: false,
        fields: { text },
      } as unknown as PanelState)
      await Promise.resolve()
      return Boolean(said)
    },
    passes: () => waiting.splice(0).map((act) => act()).length,
  }
}

test('C7 what is typed under the sentence is sent, at most every 1.5 s, and the last of it always', async () => {
  const { draws, passes, sent } = panel()
  expect(await draws('')).toBe(true)
  for (const text of ['D', 'Do', 'Do y', 'Do you']) await draws(text)
  expect(sent).toEqual(['D'])
  passes()
  expect(sent).toEqual(['D', 'Do you'])
  passes()
  await draws('')
  expect(sent).toEqual(['D', 'Do you', ''])
})

test('C7 nothing is sent where it is off, before an agent is there, nor of what stood there before', async () => {
  const off = panel()
  expect(await off.draws('My PIN', { typing: false })).toBe(false)
  await off.draws('My PIN is', { typing: false })
  expect(off.sent).toEqual([])

  const { draws, passes, sent } = panel()
  await draws('Any', { chat: 'queued' })
  await draws('Anybody', { chat: 'queued' })
  await draws('Anybody')
  passes()
  expect(sent).toEqual([])
  await draws('Anybody?')
  expect(sent).toEqual(['Anybody?'])
  await draws('Anybody? 4711', { typing: false })
  passes()
  expect(sent).toEqual(['Anybody?'])
})
