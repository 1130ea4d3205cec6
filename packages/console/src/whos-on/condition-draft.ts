import { type Condition, type FilterField, type FilterOperator, LIMITS } from '@beckon/protocol'
import { isList, kindOf, needsValue, operatorsFor } from './condition-fields.ts'

/** A condition while somebody is at it: as typed, minutes where the wire has seconds. */
export type Draft = {
  field: FilterField
  /** Name of the attribute. */
  key: string
  op: FilterOperator
  /** The value; or the lower end, or the list with commas. */
  value: string
  /** The upper end of “between”. */
  to: string
  off: boolean
}

/** What is missing or wrong, in words; `at` says in which box. */
export type DraftProblem = { at: 'key' | 'value' | 'to'; words: string }

export const newDraft = (field: FilterField = 'url'): Draft => ({
  field,
  key: '',
  op: operatorsFor(field)[0] ?? 'is',
  value: '',
  to: '',
  off: false,
})

export function draftFrom({ field, key = '', op, value = '', off = false }: Condition): Draft {
  const shown = (text: string) =>
    kindOf(field) === 'time' && text !== '' ? String(Number(text) / 60) : text
  const [from = '', to = ''] = op === 'between' ? value.split('..') : [value]
  return { field, key, op, value: shown(from), to: shown(to), off }
}

/** Another field keeps what still makes sense for it. */
export function withField(draft: Draft, field: FilterField): Draft {
  const operators = operatorsFor(field)
  const op = operators.includes(draft.op) ? draft.op : (operators[0] ?? 'is')
  const same = kindOf(field) === 'text' && kindOf(draft.field) === 'text'
  return { ...draft, field, op, value: same ? draft.value : '', to: same ? draft.to : '' }
}

export function conditionFrom(draft: Draft): Condition | DraftProblem {
  const { field, key, op, off } = draft
  const name = key.trim().toLowerCase()
  if (field === 'attribute' && !/^[a-z][a-z0-9_]{0,39}$/.test(name)) {
    return {
      at: 'key',
      words: name === '' ? 'Name the attribute, such as plan.' : 'Letters, digits and _ only.',
    }
  }
  const rest = {
    field,
    ...(field === 'attribute' && { key: name }),
    op,
    ...(off && { off: true }),
  }
  if (!needsValue(op)) return rest
  const value = valueFrom(draft)
  return typeof value === 'string' ? { ...rest, value } : value
}

export const isProblem = (made: Condition | DraftProblem): made is DraftProblem => 'words' in made

function valueFrom({ field, op, value, to }: Draft): string | DraftProblem {
  const text = value.trim()
  const kind = kindOf(field)
  const numeric =
    kind === 'number' || kind === 'time' || op === 'greater' || op === 'less' || op === 'between'
  if (text === '') {
    return { at: 'value', words: numeric ? 'Use a figure, such as 3.' : 'Say what to look for.' }
  }
  if (!numeric) {
    const list = isList(op)
      ? text
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean)
          .join(',')
      : text
    if (list.length <= LIMITS.conditionCharacters) return list || noValue
    return { at: 'value', words: `At most ${LIMITS.conditionCharacters} characters.` }
  }
  const number = (typed: string): number => {
    const plain = Number(typed.trim().replace(',', '.'))
    return typed.trim() === '' || (kind !== 'text' && plain < 0) ? Number.NaN : plain
  }
  const told = (figure: number) => String(kind === 'time' ? Math.round(figure * 60) : figure)
  const from = number(text)
  if (!Number.isFinite(from)) return { at: 'value', words: 'Use a figure, such as 3.' }
  if (op !== 'between') return told(from)
  const upper = number(to)
  if (!Number.isFinite(upper)) return { at: 'to', words: 'Use a figure, such as 5.' }
  if (upper < from) return { at: 'to', words: 'The second figure is the larger one.' }
  return `${told(from)}..${told(upper)}`
}

const noValue: DraftProblem = { at: 'value', words: 'Say what to look for.' }
