import type { FormField } from '@beckon/protocol'
import { type Child, type Drawing, h, type Props } from '../draw.ts'
import type { PanelState } from '../panel/state.ts'
import { words } from './words.ts'

/* One thing to fill in: its label, its box, and below it what is wrong. */

export type Type = (field: string, text: string) => void

type Box = {
  /** Its name in `fields` of the state. */
  name: string
  label: string
  kind?: FormField['kind'] | 'area'
  required?: boolean
  options?: readonly string[] | undefined
  /** What its problems are called, where it is not as usual. */
  says?: Readonly<Record<string, string>>
} & Props

export function field(state: PanelState, box: Box, type: Type): Drawing {
  const { name, label, kind = 'text', required, options, says, ...looks } = box
  const wrong = problemOf(state, name, { kind, says })
  const value = state.fields[name] ?? ''
  const isArea = kind === 'area'
  const isTick = kind === 'checkbox'
  const props: Props = {
    class: isArea ? 'box tall' : isTick ? 'tick' : 'box',
    name,
    dir: value && 'auto',
    readonly: !!state.starting,
    'aria-invalid': wrong && 'true',
    'aria-required': required && 'true',
    oninput: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      type(name, isTick ? (currentTarget.checked ? 'yes' : '') : currentTarget.value),
    ...looks,
  }
  const title = [label, !required && h('i', {}, ` ${words.optional}`)]
  return h(
    'label',
    { key: name, class: isTick ? 'field ticked' : 'field' },
    !isTick && h('span', { class: 'label' }, title),
    isArea
      ? h('textarea', { rows: '3', maxlength: '4000', value, ...props })
      : isTick
        ? h('input', { type: 'checkbox', checked: value === 'yes', ...props })
        : kind === 'select'
          ? select({ ...props, value }, options ?? [])
          : h('input', {
              type: 'text',
              inputmode: kind === 'email' && 'email',
              maxlength: kind === 'email' ? '254' : '500',
              value,
              ...props,
            }),
    isTick && h('span', {}, title),
    problem(wrong),
  )
}

/** Options before the value, so that the value is one of them when it is set. */
function select({ value, ...props }: Props, options: readonly string[]): Drawing {
  return h(
    'select',
    props,
    h('option', { value: '' }, words.choose),
    options.map((option) =>
      h('option', { key: option, value: option, selected: option === value }, option),
    ),
  )
}

export const problem = (wrong: string | undefined): Child =>
  wrong && h('span', { class: 'problem', role: 'alert' }, wrong)

/** A code in our words; anything else is a sentence of the server's. */
export function problemOf(
  { problems }: PanelState,
  name: string,
  { kind, says }: { kind?: string; says?: Readonly<Record<string, string>> | undefined } = {},
): string | undefined {
  const code = problems[name]
  const missing =
    kind === 'select' ? words.needChoice : kind === 'checkbox' ? words.needTick : words.needThis
  const usual: Record<string, string> = {
    missing,
    email: words.needEmail,
    choice: words.needChoice,
    too_long: words.needThis,
    over: words.invitationEnded,
  }
  return code && (says?.[code] ?? usual[code] ?? code)
}
