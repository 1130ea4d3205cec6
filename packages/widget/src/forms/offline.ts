import { isAddress } from '@beckon/protocol/answer'
import { newClientId } from '../../../client/src/client-id.ts'
import { type Child, h } from '../draw.ts'
import { onSubmit, type PanelDoings } from '../panel/faces.ts'
import { chosen, type Draft, type PanelState } from '../panel/state.ts'
import { timeOf } from '../panel/times.ts'
import { filled, locale } from '../panel/words.ts'
import { ask } from './asking.ts'
import { boxOf, check, topics } from './before.ts'
import { field, problem, problemOf } from './field.ts'
import { words } from './words.ts'

/* A message instead of a chat: while nobody is there, or for whoever does not want to wait. */

/** The built-in name and email, which such a message cannot do without. */
const NAME = '.name'
const EMAIL = '.email'

export const offline =
  ({ type, move }: PanelDoings) =>
  (state: PanelState): Child => {
    const { departments, connected, owed, done, chat, again } = state
    const left = done['offline.leave']
    if (left?.type === 'offline.leave') {
      return h(
        'div',
        { key: 'left', class: 'form' },
        h('h2', { class: 'greeting', role: 'status' }, words.leftTitle),
        h('p', { class: 'hint' }, filled(words.leftHint, { email: left.email })),
        h('div', { class: 'gap' }),
        h('button', { class: 'button main wide', onclick: () => move(startAgain) }, words.again),
      )
    }
    const talk = chosen(state)
    const sending = owed.some((one) => one.type === 'offline.leave')
    const waits = chat && !again && chat.state === 'queued'
    const about = { required: true, says: { missing: words.needAddress } }
    return h(
      'form',
      {
        key: 'leave',
        class: 'form',
        novalidate: true,
        onsubmit: onSubmit(() => move(leaveMessage(newClientId(), newClientId()))),
      },
      h(
        'div',
        {},
        h('h2', { class: 'greeting' }, words.leaveTitle),
        h('p', { class: 'hint', dir: 'auto' }, talk?.offline || words.byMail),
      ),
      topics(state, move),
      field(state, { name: NAME, label: words.name, required: true, autocomplete: 'name' }, type),
      field(
        state,
        { name: EMAIL, label: words.email, kind: 'email', autocomplete: 'email', ...about },
        type,
      ),
      others(state).map((one) => field(state, boxOf(one), type)),
      field(
        state,
        {
          name: 'text',
          label: words.yourMessage,
          kind: 'area',
          required: true,
          says: { missing: words.needMessage },
        },
        type,
      ),
      h('div', { class: 'gap' }),
      problem(problemOf(state, 'offline.leave')),
      !connected &&
        (sending || !departments) &&
        h('p', { class: 'hint', role: 'status' }, words.waiting),
      h(
        'button',
        { class: 'button main wide', type: 'submit', 'aria-disabled': sending && 'true' },
        sending ? words.sending : words.sendMessage,
      ),
      waits &&
        h('button', { class: 'link', type: 'button', onclick: () => move(stay) }, words.goOn),
    )
  }

const others = (state: PanelState) =>
  chosen(state)?.fields.filter(({ as }) => as !== 'name' && as !== 'email') ?? []

/** It is said until the server has it; a chat that waits in the queue is left then. */
const leaveMessage = (id: string, endId: string) => (draft: Draft) => {
  if (draft.owed.some(({ type }) => type === 'offline.leave')) return
  const { fields, chat, again } = draft
  const said = (name: string) => fields[name]?.trim() ?? ''
  const [name, email, text] = [said(NAME), said(EMAIL), fields.text.trim()]
  const problems = check(draft)
  if (!name) problems[NAME] = 'missing'
  if (!isAddress(email)) problems[EMAIL] = email ? 'email' : 'missing'
  if (!text) problems.text = 'missing'
  draft.problems = problems
  if (Object.keys(problems).length > 0) {
    draft.effects.push({ do: 'focus' })
    return
  }
  const answers = others(draft).flatMap(({ id: fieldId, label, kind }) => {
    const value = said(`.${fieldId}`)
    return value ? [{ label, value: kind === 'checkbox' ? '✓' : value }] : []
  })
  const departmentId = chosen(draft)?.id
  ask(draft, { type: 'offline.leave', id, name, email, text, departmentId, fields: answers })
  if (chat?.state === 'queued' && !again && draft.connected) {
    draft.effects.push({ do: 'send', frame: { type: 'chat.end', id: endId, chatId: chat.id } })
  }
}

const stay = (draft: Draft): void => {
  draft.leaving = false
}

function startAgain(draft: Draft): void {
  draft.leaving = false
  draft.again = true
  draft.done = {}
  draft.fields = { ...draft.fields, text: '' }
  draft.effects.push({ do: 'keep draft', text: '' }, { do: 'focus' })
}

/** When it opens again, by the visitor's own clock. */
export function closed(state: PanelState): string {
  const opensAt = chosen(state)?.opensAt ?? state.look.opensAt
  if (state.leaving || !opensAt) return state.leaving ? '' : words.nobody
  const time = timeOf(opensAt)
  const days = dayNumber(opensAt) - dayNumber(Date.now())
  if (days === 0) return filled(words.openToday, { time })
  if (days === 1) return filled(words.openTomorrow, { time })
  const day = new Date(opensAt).toLocaleDateString(locale, { weekday: 'long' })
  return filled(words.openOn, { time, day })
}

/** Days of the visitor's calendar: an hour more or less on one of them changes nothing. */
const dayNumber = (at: number): number =>
  Math.round(new Date(at).setHours(12, 0, 0, 0) / 86_400_000)
