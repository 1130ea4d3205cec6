import type { VisitorServerFrame } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { chat, invitation, look, welcome } from '../../stories/stories.ts'
import { takeOver } from '../panel/handover.ts'
import {
  apply,
  close,
  type Effect,
  hear,
  initialState,
  type Move,
  pressLauncher,
  type WidgetState,
} from '../state.ts'
import { decline, judge, paint, reply, strikeClock, type } from './card-state.ts'
import { keepOpen } from './closing.ts'

const ID = invitation().id

type Kept = Pick<WidgetState, 'announced' | 'written'>

/** Goes through moves; answers the last state and every effect on the way. */
function after(moves: readonly Move[], kept: Kept = {}) {
  let state: WidgetState = initialState(kept)
  const effects: Effect[] = []
  for (const move of moves) {
    const [next, more] = apply(state, move)
    state = next
    effects.push(...more)
  }
  const sent = effects.flatMap((effect) => (effect.do === 'send' ? [effect.frame.type] : []))
  return { state, effects, sent, card: state.card }
}

const frame =
  (said: VisitorServerFrame): Move =>
  (draft) =>
    hear(draft, { type: 'frame', frame: said })
const greeted = (changes = {}) => frame(welcome(changes))
const invited = (changes = {}) => frame({ type: 'invitation', invitation: invitation(changes) })
const ended = (state: 'ignored' | 'withdrawn' | 'accepted' | 'declined') =>
  frame({ type: 'invitation.ended', invitationId: ID, state })
const typed =
  (text: string, now = 0): Move =>
  (draft) =>
    type(draft, text, now)
const decent: Move = (draft) => judge(draft, true)
const indecent: Move = (draft) => judge(draft, false)
const shown = [greeted(), invited(), decent, paint]
const replied: Move = (draft) => reply(draft, 'reply-0001')

describe('an invitation arrives', () => {
  test('S46 receiving it is not yet viewed, painting it is, and only once', () => {
    expect(after([greeted(), invited(), decent]).sent).toEqual([])
    expect(after([...shown, paint]).sent).toEqual(['invitation.viewed'])
  })

  test('S46 while the page is busy it waits, is not viewed, and is shown on the visitor’s wish', () => {
    const busy = [greeted(), invited(), indecent, paint]
    expect(after(busy).card).toMatchObject({ shown: false })
    expect(after(busy).sent).not.toContain('invitation.viewed')
    const wished = after([...busy, pressLauncher, indecent])
    expect(wished.card).toMatchObject({ shown: true })
    expect(wished.state.open).toBe(false)
  })

  test('I7 once painted, it stays although the page becomes busy', () => {
    expect(after([...shown, indecent]).card).toMatchObject({ shown: true })
  })

  test('I11 what a lost connection swallowed is said again after the next one', () => {
    const again = after([...shown, greeted({ invitation: invitation({ state: 'delivered' }) })])
    expect(again.sent.at(-1)).toBe('invitation.viewed')
    const known = after([...shown, greeted({ invitation: invitation({ state: 'viewed' }) })])
    expect(known.sent.filter((type) => type === 'invitation.viewed')).toHaveLength(1)
  })

  test('it is announced once per visit, not on later pages', () => {
    const announced = (kept?: Kept) =>
      after([greeted({ invitation: invitation() }), decent, paint], kept).effects.filter(
        (effect) => effect.do === 'announce',
      )
    expect(announced()).toHaveLength(1)
    expect(announced({ announced: ID, written: '' })).toHaveLength(0)
  })

  test('typing is told at most every 2 s and keeps the text for the next page', () => {
    const { sent, state } = after([...shown, typed('a', 0), typed('ab', 1999), typed('abc', 2000)])
    expect(sent.filter((type) => type === 'invitation.typing')).toHaveLength(2)
    expect(state).toMatchObject({ announced: ID, written: 'abc' })
  })

  test('the last 20 s offer to keep it open only while that may be', () => {
    const closing = (canKeep: boolean) =>
      after([
        greeted(),
        invited({ state: 'viewed', remainingMs: 60_000, canKeep }),
        decent,
        paint,
        strikeClock,
      ])
    expect(closing(true).card).toMatchObject({ closing: true })
    expect(closing(false).card).toMatchObject({ closing: false })
    expect(closing(true).effects).toContainEqual({ do: 'wake', ms: 40_000 })
    const kept = after([...shown, strikeClock, (draft) => keepOpen(draft, 'keep-0001')])
    expect(kept.card).toMatchObject({ closing: false })
    expect(kept.sent.at(-1)).toBe('invitation.keep')
  })
})

describe('an answer', () => {
  test('Reply with an empty box moves the focus to the box', () => {
    const { effects, sent } = after([...shown, replied])
    expect(effects.at(-1)).toEqual({ do: 'focus', on: 'box' })
    expect(sent).not.toContain('invitation.reply')
  })

  test('S38 a reply is said at once, opens the panel and is the panel’s to see through', () => {
    const { state, effects, sent } = after([...shown, typed(' hello '), replied])
    expect(state).toMatchObject({ open: true, replying: { text: 'hello' } })
    expect(state.written).toBeUndefined()
    expect(sent.at(-1)).toBe('invitation.reply')
    expect(effects).toContainEqual({
      do: 'start',
      starting: { id: 'reply-0001', text: 'hello', to: invitation() },
    })
    expect(after([...shown, typed('x'), replied, takeOver]).state.replying).toBeUndefined()
  })

  test('I13 its card does not come back with the next welcome', () => {
    const again = greeted({ invitation: invitation({ state: 'viewed' }) })
    expect(after([...shown, typed('x'), replied, takeOver, again]).card).toBeUndefined()
  })

  test('I12 answered in another tab: gone here, and the panel does not jump open', () => {
    const { card, state } = after([
      ...shown,
      ended('accepted'),
      frame({ type: 'chat', chat: chat() }),
    ])
    expect(card).toBeUndefined()
    expect(state.open).toBe(false)
  })

  test('I12 words that were not sent when another tab replied go into the panel’s box', () => {
    const { effects } = after([...shown, typed('and '), ended('accepted')])
    expect(effects).toContainEqual({ do: 'leave', text: 'and' })
    // From another page, and perhaps what has just been sent from there.
    const kept = { announced: ID, written: 'hello' }
    const copy = after([greeted({ invitation: invitation() }), ended('accepted')], kept)
    expect(copy.effects.map((effect) => effect.do)).not.toContain('leave')
  })

  test('No thanks declines and takes the card away', () => {
    const { card, sent } = after([...shown, (draft) => decline(draft, 'decline-1')])
    expect(card).toBeUndefined()
    expect(sent.at(-1)).toBe('invitation.decline')
  })
})

test('I13 a No thanks the server did not hear is said again, and the card stays away', () => {
  const again = after([
    ...shown,
    (draft) => decline(draft, 'decline-1'),
    greeted({ invitation: invitation({ state: 'viewed' }) }),
  ])
  expect(again.card).toBeUndefined()
  expect(again.sent.filter((type) => type === 'invitation.decline')).toHaveLength(2)
})

describe('the end', () => {
  test('S45 untouched, the card leaves without words', () => {
    expect(after([...shown, ended('ignored')]).card).toBeUndefined()
    expect(after([...shown, ended('withdrawn')]).card).toBeUndefined()
  })

  test('S45 with something typed, the text stays and a chat is offered', () => {
    const { card, effects } = after([...shown, typed('hm'), ended('withdrawn')])
    expect(card).toBeUndefined()
    expect(effects).toContainEqual({ do: 'leave', text: 'hm', ended: invitation() })
    const no = after([...shown, typed('hm'), ended('declined')])
    expect(no.effects.map((effect) => effect.do)).not.toContain('leave')
  })

  test('S45 at the deadline of a page that hears nothing it goes by itself, and may come back', () => {
    const viewed = { state: 'viewed' as const, remainingMs: 15_000 }
    const late = [greeted(), invited(viewed), decent, paint, typed('hm'), strikeClock]
    expect(after(late).effects).toContainEqual({ do: 'wake', ms: 18_000 })
    expect(after(late).card).toBeDefined()
    const over = after([...late, strikeClock])
    expect(over.card).toBeUndefined()
    expect(over.effects.at(-1)).toMatchObject({ do: 'leave', text: 'hm' })
    const held = after([...late, strikeClock, greeted({ invitation: invitation(viewed) })])
    expect(held.card).toBeDefined()
    expect(held.state.written).toBe('hm')
  })

  test('I11 ended while this browser was away: not there after the welcome', () => {
    expect(after([...shown, greeted()]).card).toBeUndefined()
  })

  test('what was written in a card of an earlier page becomes the draft of the panel', () => {
    const { effects } = after([greeted()], { announced: ID, written: 'hm' })
    expect(effects).toContainEqual({ do: 'leave', text: 'hm' })
  })

  test('another person on the same computer finds nothing', () => {
    const { state } = after([...shown, typed('secret'), frame({ type: 'reset' })])
    expect(state).toMatchObject({ card: undefined, open: false, unread: undefined })
    expect([state.announced, state.written]).toEqual([undefined, undefined])
  })
})

describe('the panel', () => {
  test('C5 closing gives the focus back to the launcher', () => {
    const { effects, state } = after([greeted({ look: look() }), pressLauncher, close])
    expect(state.open).toBe(false)
    expect(effects.at(-1)).toEqual({ do: 'focus', on: 'launcher' })
  })
})
