import { type Condition, FILTER_FIELDS, FILTER_OPERATORS } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { conditionFrom, type Draft, draftFrom, newDraft, withField } from './condition-draft.ts'
import { choicesFor, FIELD_GROUPS, operatorsFor } from './condition-fields.ts'
import { sentenceOf } from './condition-words.ts'

const draft = (part: Partial<Draft>): Draft => ({ ...newDraft('url'), ...part })
const NO_SITES = new Map()

describe('a condition while it is typed', () => {
  test.each<[Partial<Draft>, Condition]>([
    [
      { field: 'url', op: 'contains', value: ' /cart ' },
      { field: 'url', op: 'contains', value: '/cart' },
    ],
    [
      { field: 'duration', op: 'greater', value: '1,5' },
      { field: 'duration', op: 'greater', value: '90' },
    ],
    [
      { field: 'idle', op: 'between', value: '1', to: '5' },
      { field: 'idle', op: 'between', value: '60..300' },
    ],
    [
      { field: 'country', op: 'in', value: 'DE,FR' },
      { field: 'country', op: 'in', value: 'DE,FR' },
    ],
    [
      { field: 'city', op: 'not_in', value: ' Bonn ,, Köln ' },
      { field: 'city', op: 'not_in', value: 'Bonn,Köln' },
    ],
    [
      { field: 'attribute', key: ' Plan ', op: 'less', value: '-2.5' },
      { field: 'attribute', key: 'plan', op: 'less', value: '-2.5' },
    ],
    [
      { field: 'search', op: 'empty', value: 'left over', off: true },
      { field: 'search', op: 'empty', off: true },
    ],
  ])('W7 %j is %j, there and back', (typed, condition) => {
    expect(conditionFrom(draft(typed))).toEqual(condition)
    expect(conditionFrom(draftFrom(condition))).toEqual(condition)
  })

  test.each<[Partial<Draft>, string, string]>([
    [{ field: 'url', op: 'is', value: '  ' }, 'value', 'Say what to look for.'],
    [{ field: 'city', op: 'in', value: ' , ' }, 'value', 'Say what to look for.'],
    [{ field: 'hits', op: 'greater', value: 'many' }, 'value', 'Use a figure, such as 3.'],
    [{ field: 'hits', op: 'greater', value: '-1' }, 'value', 'Use a figure, such as 3.'],
    [{ field: 'hits', op: 'between', value: '3', to: '' }, 'to', 'Use a figure, such as 5.'],
    [
      { field: 'hits', op: 'between', value: '3', to: '2' },
      'to',
      'The second figure is the larger one.',
    ],
    [{ field: 'attribute', op: 'is', value: 'x' }, 'key', 'Name the attribute, such as plan.'],
    [
      { field: 'attribute', key: 'a-b', op: 'is', value: 'x' },
      'key',
      'Letters, digits and _ only.',
    ],
    [{ field: 'url', op: 'in', value: 'x'.repeat(501) }, 'value', 'At most 500 characters.'],
  ])('W7 %j is refused at its %s in words', (typed, at, words) => {
    expect(conditionFrom(draft(typed))).toEqual({ at, words })
  })

  test('W7 every field but a place on the map is offered, with operators that exist', () => {
    const offered = FIELD_GROUPS.flatMap(({ fields }) => fields)
    expect([...offered, 'place'].sort()).toEqual([...FILTER_FIELDS].sort())
    const used = new Set(offered.flatMap((field) => [...operatorsFor(field)]))
    expect([...used].sort()).toEqual([...FILTER_OPERATORS].sort())
  })

  test('W7 another field keeps what makes sense for it', () => {
    const typed = draft({ field: 'url', op: 'contains', value: 'bike' })
    expect(withField(typed, 'title')).toMatchObject({ op: 'contains', value: 'bike' })
    expect(withField(typed, 'hits')).toMatchObject({ op: 'greater', value: '' })
    expect(withField(typed, 'country')).toMatchObject({ op: 'is', value: '' })
  })

  test('W7 countries are those there are, by name', () => {
    const countries = choicesFor('country', NO_SITES) ?? []
    const codes = countries.map(({ value }) => value)
    expect(codes).toEqual(expect.arrayContaining(['DE', 'GB', 'TL', 'PL']))
    for (const none of ['EU', 'ZZ', 'DD', 'SU', 'UK']) expect(codes).not.toContain(none)
    expect(new Set(countries.map(({ label }) => label)).size).toBe(countries.length)
  })

  test.each<[Condition, string]>([
    [{ field: 'country', op: 'in', value: 'de,PL' }, 'Country is one of Germany, Poland'],
    [{ field: 'duration', op: 'greater', value: '180' }, 'Duration > 3 min'],
    [{ field: 'idle', op: 'between', value: '90..300' }, 'Idle 1.5 min – 5 min'],
    [{ field: 'attribute', key: 'plan', op: 'is_not', value: 'pro' }, 'plan is not pro'],
    [{ field: 'site', op: 'is', value: 'gone' }, 'Site is another site'],
    [{ field: 'search', op: 'not_empty' }, 'Search phrase is known'],
  ])('W7 %j reads “%s”', (condition, words) => {
    expect(sentenceOf(condition, NO_SITES)).toBe(words)
  })
})
