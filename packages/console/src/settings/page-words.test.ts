import { PAGE_CAUSES } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { pageWords } from './page-words.ts'

test.each(PAGE_CAUSES)('W18 %s is one cause and its mending step', (cause) => {
  const { text } = pageWords({ cause, detail: 'https://www.shop.example' }, 'https://chat.example')
  expect(text).toMatch(/^[A-Z].*[.:]$/)
})

test('W18 what can be allowed or copied is at hand', () => {
  const at = 'https://chat.example'
  expect(pageWords({ cause: 'other_origin', detail: 'https://www.shop.example' }, at).allow).toBe(
    'https://www.shop.example',
  )
  expect(pageWords({ cause: 'policy_connect' }, at).line).toContain('wss://chat.example')
})
