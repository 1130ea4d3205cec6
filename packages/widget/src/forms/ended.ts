import { isAddress } from '@beckon/protocol/answer'
import { newClientId } from '../../../client/src/client-id.ts'
import { avatar } from '../card/card.ts'
import { type Child, type Drawing, h } from '../draw.ts'
import { icon } from '../icons.ts'
import { onSubmit, type PanelDoings, startOver } from '../panel/faces.ts'
import type { Draft, Owed, PanelState } from '../panel/state.ts'
import { filled } from '../panel/words.ts'
import { ask } from './asking.ts'
import { field, problem, problemOf } from './field.ts'
import { saveTranscript } from './transcript.ts'
import { words } from './words.ts'

/** A chat that is over: by whom, how it was, and what may be kept of it. */
export const ended =
  (doings: PanelDoings) =>
  (state: PanelState): Child => {
    const { chat } = state
    return h(
      'div',
      { key: 'over', class: 'over' },
      h('p', { role: 'status' }, endWords(state)),
      chat?.says && h('p', { class: 'hint', dir: 'auto' }, chat.says),
      survey(state, doings),
      state.messages.some(({ from }) => from === 'agent') && keeping(state, doings),
      h(
        'button',
        { class: 'link', type: 'button', onclick: () => doings.move(startOver) },
        words.again,
      ),
    )
  }

const endWords = ({ chat }: PanelState): string => {
  if (chat?.endedBy === 'visitor') return words.youEnded
  const { name } = (chat?.endedBy && chat.agent) || {}
  return name ? filled(words.endedBy, { name }) : words.hasEnded
}

const SHAPES = [
  'M7.5 8 10 9M14 9l2.5-1M16 16s-1.5-2-4-2-4 2-4 2',
  'M9 9v.01M15 9v.01M16 16s-1.5-2-4-2-4 2-4 2',
  'M9 9v.01M15 9v.01M8 15h8',
  'M9 9v.01M15 9v.01M8 14s1.5 2 4 2 4-2 4-2',
  'M9 9v.01M15 9v.01M18 13a6 6 0 0 1-12 0Z',
]

type Answer = Extract<Owed, { type: 'survey.answer' }>
const isAnswer = (one: Owed | undefined): one is Answer => one?.type === 'survey.answer'

/** Five faces with words. One tap is an answer; a comment may follow, and then it stands. */
function survey(state: PanelState, { move, type }: PanelDoings): Child {
  const { chat, done, owed, fields } = state
  const asked = chat?.survey
  if (!asked) return
  const going = owed.find(isAnswer)
  const stored = done['survey.answer']
  const last = isAnswer(stored) ? stored : undefined
  const rating = going?.rating ?? last?.rating ?? asked.rating
  if (!going && rating && (!asked.comment || last?.comment)) {
    return h('p', { key: 'survey', class: 'title', role: 'status' }, words.thanks)
  }
  const rate = (value: number, comment?: string) =>
    move((draft) => {
      if (!chat) return
      ask(draft, {
        type: 'survey.answer',
        id: newClientId(),
        chatId: chat.id,
        rating: value,
        ...(comment && { comment }),
      })
    })
  const question =
    asked.question ||
    (chat.agent ? filled(words.rateWith, { name: chat.agent.name }) : words.rateChat)
  const face = (shape: string, at: number): Drawing => {
    const value = at + 1
    const is = value === rating
    return h(
      'button',
      {
        key: `${value}`,
        class: is ? 'face is' : 'face',
        type: 'button',
        'aria-pressed': `${is}`,
        onclick: () => rate(value),
      },
      icon(`M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20${shape}`),
      words[`rate${value}` as 'rate1'],
    )
  }
  return h(
    'form',
    {
      key: 'survey',
      class: 'survey',
      onsubmit: onSubmit(() => rating && rate(rating, fields.comment?.trim())),
    },
    h(
      'div',
      { class: 'asked' },
      chat.agent && avatar(chat.agent),
      h(
        'div',
        { class: 'who' },
        h('b', { class: 'title', id: 'asked', dir: 'auto' }, question),
        h('span', { class: 'hint' }, words.oneTap),
      ),
    ),
    h('div', { class: 'faces', role: 'group', 'aria-labelledby': 'asked' }, SHAPES.map(face)),
    asked.comment &&
      rating && [
        h('textarea', {
          class: 'box tall',
          rows: '2',
          dir: fields.comment && 'auto',
          maxlength: '1000',
          'aria-label': words.comment,
          placeholder: words.comment,
          value: fields.comment ?? '',
          oninput: ({ currentTarget }: { currentTarget: HTMLTextAreaElement }) =>
            type('comment', currentTarget.value),
        }),
        h('button', { class: 'button main wide', type: 'submit' }, words.send),
      ],
    problem(problemOf(state, 'survey.answer')),
  )
}

/** The conversation as a mail or as a file. */
function keeping(state: PanelState, { move, type }: PanelDoings): Drawing {
  const { done, owed, fields } = state
  const mailed = done['transcript.mail']
  const sending = owed.some((one) => one.type === 'transcript.mail')
  const isOpen = fields.mail !== undefined && !mailed
  return h(
    'div',
    { key: 'keep', class: 'keeping' },
    h('b', { class: 'title' }, words.keepTalk),
    mailed?.type === 'transcript.mail'
      ? h('p', { class: 'hint', role: 'status' }, filled(words.mailed, { email: mailed.email }))
      : isOpen
        ? h(
            'form',
            {
              key: 'mail',
              class: 'mail',
              novalidate: true,
              onsubmit: onSubmit(() => move(mailIt)),
            },
            field(
              state,
              {
                name: 'mail',
                label: words.email,
                kind: 'email',
                required: true,
                autocomplete: 'email',
                says: { missing: words.needEmail },
              },
              type,
            ),
            problem(problemOf(state, 'transcript.mail')),
            h(
              'button',
              { class: 'button main wide', type: 'submit', 'aria-disabled': sending && 'true' },
              sending ? words.sending : words.mailIt,
            ),
          )
        : false,
    h(
      'div',
      { class: 'pair' },
      !isOpen &&
        !mailed &&
        h(
          'button',
          { class: 'button', type: 'button', onclick: () => move(openMail) },
          words.mailIt,
        ),
      h(
        'button',
        { class: 'button', type: 'button', onclick: () => saveTranscript(state) },
        words.download,
      ),
    ),
  )
}

/** With the address they gave before. */
function openMail(draft: Draft): void {
  draft.fields = { ...draft.fields, mail: draft.fields['.email'] ?? '' }
  draft.effects.push({ do: 'focus' })
}

function mailIt(draft: Draft): void {
  const { chat, fields } = draft
  const email = fields.mail?.trim() ?? ''
  if (!chat || draft.owed.some(({ type }) => type === 'transcript.mail')) return
  if (isAddress(email)) {
    draft.problems = {}
    ask(draft, { type: 'transcript.mail', id: newClientId(), chatId: chat.id, email })
    return
  }
  draft.problems = { mail: email ? 'email' : 'missing' }
  draft.effects.push({ do: 'focus' })
}
