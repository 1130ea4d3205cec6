import { describe, expect, test } from 'vitest'
import { chat, invitation, look, welcome } from '../stories/stories.ts'
import {
  apply,
  type Effect,
  initialState,
  type KeptCard,
  type WidgetHappening,
  type WidgetState,
} from './state.ts'

const ID = invitation().id

/** Goes through happenings; answers the last state and every effect on the way. */
function after(happenings: readonly WidgetHappening[], kept?: KeptCard, reopen = false) {
  let state: WidgetState = initialState(kept, reopen)
  const effects: Effect[] = []
  for (const happening of happenings) {
    const [next, more] = apply(state, happening)
    state = next
    effects.push(...more)
  }
  const sent = effects.flatMap((effect) => (effect.do === 'send' ? [effect.frame.type] : []))
  return { state, effects, sent, card: state.card }
}

const greeted = (changes = {}): WidgetHappening => ({ type: 'frame', frame: welcome(changes) })
const invited = (changes = {}): WidgetHappening => ({
  type: 'frame',
  frame: { type: 'invitation', invitation: invitation(changes) },
})
const ended = (state: 'ignored' | 'withdrawn' | 'accepted' | 'declined'): WidgetHappening => ({
  type: 'frame',
  frame: { type: 'invitation.ended', invitationId: ID, state },
})
const typed = (text: string, now = 0): WidgetHappening => ({ type: 'typed', text, now })
const decent: WidgetHappening = { type: 'decency', ok: true }
const painted: WidgetHappening = { type: 'painted' }
const shown = [greeted(), invited(), decent, painted]
const replied: WidgetHappening = { type: 'replied', id: 'reply-0001' }
const accepted: WidgetHappening = {
  type: 'frame',
  frame: { type: 'done', id: 'reply-0001', chatId: chat().id },
}

describe('an invitation arrives', () => {
  test('S46 receiving it is delivered, painting it is viewed, and only once', () => {
    expect(after([greeted(), invited()]).sent).toEqual(['invitation.delivered'])
    expect(after([greeted(), invited(), decent]).sent).toEqual(['invitation.delivered'])
    expect(after([...shown, painted]).sent).toEqual(['invitation.delivered', 'invitation.viewed'])
  })

  test('S46 while the page is busy it waits, is not viewed, and is shown on the visitor’s wish', () => {
    const busy = [greeted(), invited(), { type: 'decency', ok: false } as const, painted]
    expect(after(busy).card).toMatchObject({ is: 'open', shown: false, painted: false })
    expect(after(busy).sent).not.toContain('invitation.viewed')
    const wished = after([...busy, { type: 'launcher pressed' }, { type: 'decency', ok: false }])
    expect(wished.card).toMatchObject({ shown: true })
    expect(wished.state.open).toBe(false)
  })

  test('I7 once painted, it stays although the page becomes busy', () => {
    expect(after([...shown, { type: 'decency', ok: false }]).card).toMatchObject({ shown: true })
  })

  test('I11 what a lost connection swallowed is said again after the next one', () => {
    const again = after([...shown, greeted({ invitation: invitation({ state: 'delivered' }) })])
    expect(again.sent.at(-1)).toBe('invitation.viewed')
    const known = after([...shown, greeted({ invitation: invitation({ state: 'viewed' }) })])
    expect(known.sent.filter((type) => type === 'invitation.viewed')).toHaveLength(1)
  })

  test('it is announced once per visit, not on later pages', () => {
    const announced = (kept?: KeptCard) =>
      after([greeted({ invitation: invitation() }), decent, painted], kept).effects.filter(
        (effect) => effect.do === 'announce',
      )
    expect(announced()).toHaveLength(1)
    expect(announced({ invitationId: ID, text: '' })).toHaveLength(0)
  })

  test('typing is told at most every 2 s and keeps the text for the next page', () => {
    const { sent, effects } = after([
      ...shown,
      typed('a', 0),
      typed('ab', 1999),
      typed('abc', 2000),
    ])
    expect(sent.filter((type) => type === 'invitation.typing')).toHaveLength(2)
    expect(effects.at(-2)).toEqual({ do: 'keep card', card: { invitationId: ID, text: 'abc' } })
  })

  test('the last 20 s offer to keep it open only while that may be', () => {
    const closing = (canKeep: boolean) =>
      after([
        greeted(),
        invited({ state: 'viewed', remainingMs: 60_000, canKeep }),
        decent,
        painted,
        { type: 'closing' },
      ])
    expect(closing(true).card).toMatchObject({ closing: true })
    expect(closing(false).card).toMatchObject({ closing: false })
    expect(closing(true).effects).toContainEqual({ do: 'wake', ms: 40_000 })
    const kept = after([...shown, { type: 'closing' }, { type: 'kept open', id: 'keep-0001' }])
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

  test('S38 the reply opens the panel in this tab when the server has taken it', () => {
    const waiting = after([...shown, typed(' hello '), replied])
    expect(waiting.state).toMatchObject({ open: false, card: { is: 'replying', text: 'hello' } })
    const { state } = after([...shown, typed('hello'), replied, accepted])
    expect(state.open).toBe(true)
    expect(after([...shown, typed('x'), replied, accepted, { type: 'panel ready' }]).card.is).toBe(
      'none',
    )
  })

  test('I13 a reply that a page change overtook is sent again with the same id', () => {
    const kept = { invitationId: ID, text: 'hello', replyId: 'reply-0001' }
    const { sent, card } = after([greeted({ invitation: invitation({ state: 'viewed' }) })], kept)
    expect(card).toMatchObject({ is: 'replying', replyId: 'reply-0001', text: 'hello' })
    expect(sent).toContain('invitation.reply')
  })

  test('I12 answered in another tab: gone here, and the panel does not jump open', () => {
    const { card, state } = after([
      ...shown,
      ended('accepted'),
      { type: 'frame', frame: { type: 'chat', chat: chat() } },
    ])
    expect(card.is).toBe('none')
    expect(state.open).toBe(false)
  })

  test('a reply after the end keeps the text and offers a chat', () => {
    const refused: WidgetHappening = {
      type: 'frame',
      frame: { type: 'refused', id: 'reply-0001', code: 'invitation_ended', message: '' },
    }
    const late = [...shown, typed('hello'), replied, refused]
    expect(after(late).card).toMatchObject({ is: 'ended', text: 'hello' })
    const started = after([...late, { type: 'started anyway' }])
    expect(started.effects.at(-1)).toEqual({ do: 'begin', text: 'hello' })
    expect(started.state.open).toBe(true)
  })

  test('a refusal that will pass gives the box back with the reason', () => {
    const { card } = after([
      ...shown,
      typed('hello'),
      replied,
      {
        type: 'frame',
        frame: { type: 'refused', id: 'reply-0001', code: 'rate_limited', message: 'Wait.' },
      },
    ])
    expect(card).toMatchObject({ is: 'open', text: 'hello', problem: 'Wait.' })
  })

  test('No thanks declines and takes the card away', () => {
    const { card, sent } = after([...shown, { type: 'declined', id: 'decline-1' }])
    expect(card.is).toBe('none')
    expect(sent.at(-1)).toBe('invitation.decline')
  })
})

test('I13 a No thanks the server did not hear is said again, and the card stays away', () => {
  const again = after([
    ...shown,
    { type: 'declined', id: 'decline-1' },
    greeted({ invitation: invitation({ state: 'viewed' }) }),
  ])
  expect(again.card.is).toBe('none')
  expect(again.sent.filter((type) => type === 'invitation.decline')).toHaveLength(2)
})

describe('the end', () => {
  test('S45 untouched, the card leaves without words', () => {
    expect(after([...shown, ended('ignored')]).card.is).toBe('none')
    expect(after([...shown, ended('withdrawn')]).card.is).toBe('none')
  })

  test('S45 with something typed, the text stays and a chat is offered', () => {
    expect(after([...shown, typed('hm'), ended('withdrawn')]).card).toMatchObject({
      is: 'ended',
      text: 'hm',
    })
    expect(after([...shown, typed('hm'), ended('declined')]).card.is).toBe('none')
  })

  test('I11 ended while this browser was away: not there after the welcome', () => {
    expect(after([...shown, greeted()]).card.is).toBe('none')
  })

  test('what was written in a card of an earlier page becomes the draft of the panel', () => {
    const { effects } = after([greeted()], { invitationId: ID, text: 'hm' })
    expect(effects).toContainEqual({ do: 'keep draft', text: 'hm' })
  })

  test('another person on the same computer finds nothing', () => {
    const { state, effects } = after([
      ...shown,
      typed('secret'),
      { type: 'frame', frame: { type: 'reset' } },
    ])
    expect(state).toMatchObject({ card: { is: 'none' }, open: false, unread: 0 })
    expect(effects.at(-1)).toEqual({ do: 'keep card', card: undefined })
  })
})

describe('the panel', () => {
  test('C5 a chat that was open on the page before opens again, without taking the focus', () => {
    const { state, effects } = after([greeted({ chat: chat() })], undefined, true)
    expect(state.open).toBe(true)
    expect(effects).toEqual([{ do: 'keep open', open: true }])
    expect(after([greeted()], undefined, true).state.open).toBe(false)
  })

  test('C5 closing gives the focus back to the launcher', () => {
    const { effects, state } = after([
      greeted({ look: look() }),
      { type: 'launcher pressed' },
      { type: 'closed' },
    ])
    expect(state.open).toBe(false)
    expect(effects.at(-1)).toEqual({ do: 'focus', on: 'launcher' })
  })
})
