import { describe, expect, test } from 'vitest'
import { createDrafts, FIRST_WORDS } from './drafts.ts'

function aStorage() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

describe('drafts', () => {
  test('S25 what was written to a visitor is there again, for this visitor and agent only', () => {
    const storage = aStorage()
    const drafts = createDrafts(storage, 'ana')
    drafts.keep('marta', 'Hello M')
    expect(drafts.begin('marta')).toEqual({ template: 'Hello M', isDraft: true })
    expect(drafts.begin('elif')).toEqual({ template: FIRST_WORDS, isDraft: false })
    expect(createDrafts(storage, 'priya').begin('marta').isDraft).toBe(false)
  })

  test('W13 after sending the draft is gone and its words begin the next one', () => {
    const drafts = createDrafts(aStorage(), 'ana')
    drafts.keep('marta', 'Hello M')
    drafts.sent('marta', { template: 'Hello M', groupId: 'bikes' })
    expect(drafts.begin('marta')).toEqual({ template: 'Hello M', isDraft: false })
    expect(drafts.lastGroup()).toBe('bikes')
  })

  test('S25 spoilt or forbidden storage never stops the dialog', () => {
    const storage = aStorage()
    storage.kept.set('beckon.drafts.ana', '{"x":')
    expect(createDrafts(storage, 'ana').begin('marta').template).toBe(FIRST_WORDS)
    const forbidden = {
      getItem: () => {
        throw new Error('SecurityError')
      },
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
    }
    const drafts = createDrafts(forbidden, 'ana')
    drafts.keep('marta', 'x')
    expect(drafts.begin('marta').template).toBe(FIRST_WORDS)
  })
})
