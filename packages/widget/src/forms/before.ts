import type { FormField, OfferedDepartment } from '@beckon/protocol'
import { answerProblem } from '@beckon/protocol/answer'
import { newClientId } from '../../../client/src/client-id.ts'
import { type Child, type Drawing, h } from '../draw.ts'
import { onSubmit, type PanelDoings } from '../panel/faces.ts'
import { chosen, type Draft, type PanelState, send, without } from '../panel/state.ts'
import { start } from './asking.ts'
import { field, problem, problemOf } from './field.ts'
import { words } from './words.ts'

/** Topic, the department's own fields, and the first question. */
export const before =
  ({ type, move }: PanelDoings) =>
  (state: PanelState): Child => {
    const { departments, starting, connected, look } = state
    const talk = chosen(state)
    const isOpen = departments && (talk || departments.length === 0)
    return h(
      'form',
      { key: 'form', class: 'form', novalidate: true, onsubmit: onSubmit(() => move(begin)) },
      h('h2', { class: 'greeting', dir: 'auto' }, talk?.greeting || look.style.greeting),
      topics(state, move),
      (isOpen || departments) && [
        fieldsOf(talk).map((one) => field(state, boxOf(one), type)),
        field(
          state,
          {
            name: 'text',
            label: words.question,
            kind: 'area',
            required: true,
            says: { missing: words.needQuestion },
          },
          type,
        ),
      ],
      mayHelp(state),
      h('div', { class: 'gap' }),
      !connected &&
        (starting || !departments) &&
        h('p', { class: 'hint', role: 'status' }, words.waiting),
      h(
        'button',
        { class: 'button main wide', type: 'submit', 'aria-disabled': starting && 'true' },
        starting ? words.starting : words.start,
      ),
    )
  }

/** A question that the brand's own articles may answer is shown them once, before anybody is asked. */
export function begin(draft: Draft): void {
  const text = draft.fields.text.trim()
  const problems = draft.replyTo ? {} : check(draft)
  const go = (now: Draft) => start(now, newClientId(), problems)
  const isNew = draft.help?.text !== text && text !== '' && !draft.replyTo
  if (isNew && draft.connected && Object.keys(problems).length === 0) {
    draft.help = { text, go }
    send(draft, { type: 'articles.ask', text })
  } else go(draft)
}

/** Read beside the page, which stays as it is. */
const mayHelp = ({ help }: PanelState): Child =>
  help?.found?.length
    ? h(
        'section',
        { key: 'help', class: 'help', role: 'status' },
        h('b', {}, words.mayHelp),
        help.found.map(({ title, url }) =>
          h('a', { key: url, href: url, target: '_blank', rel: 'noopener', dir: 'auto' }, title),
        ),
      )
    : undefined

const fieldsOf = (talk: OfferedDepartment | undefined): readonly FormField[] => talk?.fields ?? []

/** What stands in `fields` for it. */
export const boxOf = ({ id, kind, label, required, options, as }: FormField) => ({
  name: `.${id}`,
  label: label || (as === 'email' ? words.email : words.name),
  kind,
  required,
  options,
  // Names and addresses, which the browser may know.
  autocomplete: (as === 'email' || as === 'name') && as,
  placeholder: as === 'email' && !required && words.emailHint,
})

/** Where there is a choice: a few side by side, many in a list. */
export function topics(state: PanelState, move: PanelDoings['move']): Child {
  const { departments = [], departmentId, starting } = state
  if (departments.length < 2) return
  const wrong = problemOf(state, 'topic', { kind: 'select' })
  const choose = (id: string) => {
    const department = departments.find((one) => one.id === id)
    move((draft: Draft) => {
      draft.departmentId = department?.id
      draft.problems = without(draft.problems, 'topic')
    })
  }
  return h(
    'fieldset',
    { key: 'topic', class: 'field', 'aria-invalid': wrong && 'true', disabled: !!starting },
    h('legend', { class: 'label' }, words.topic),
    departments.length > MOST_SIDE_BY_SIDE
      ? h(
          'select',
          {
            class: 'box',
            'aria-label': words.topic,
            'aria-invalid': wrong && 'true',
            onchange: ({ currentTarget }: { currentTarget: HTMLSelectElement }) =>
              choose(currentTarget.value),
          },
          h('option', { value: '' }, words.choose),
          departments.map(({ id, name }) =>
            h('option', { key: id, value: id, selected: id === departmentId }, name),
          ),
        )
      : h(
          'div',
          { class: 'topics' },
          departments.map(({ id, name }) => topic(id, name, { is: id === departmentId, choose })),
        ),
    problem(wrong),
  )
}

const MOST_SIDE_BY_SIDE = 6

const topic = (
  id: string,
  name: string,
  { is, choose }: { is: boolean; choose(id: string): void },
): Drawing =>
  h(
    'label',
    { key: id, class: is ? 'topic is' : 'topic', dir: 'auto' },
    h('input', { type: 'radio', name: 'topic', checked: is, onchange: () => choose(id) }),
    name,
  )

/** What is still wrong in the form of the chosen department. */
export function check(state: PanelState): Record<string, string> {
  const { departments = [], fields } = state
  const talk = chosen(state)
  const problems: Record<string, string> = {}
  if (departments.length > 1 && !talk) problems.topic = 'missing'
  for (const one of fieldsOf(talk)) {
    const wrong = answerProblem(one, fields[`.${one.id}`]?.trim() ?? '')
    if (wrong) problems[`.${one.id}`] = wrong
  }
  return problems
}
