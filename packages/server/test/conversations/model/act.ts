import fc from 'fast-check'
import { RACERS, type Racer } from './races.ts'
import { AGENTS, type AgentName, GROUPS, type GroupName } from './world.ts'

/** One step of a history. `v` picks a visitor, `t` a tab of theirs. */
export type Act =
  | {
      do: 'invite'
      a: AgentName
      v: number
      g: GroupName
      template: string
      replace: boolean
      again: boolean
    }
  | { do: 'inviteTwice' | 'takeTwice' | 'lateReply'; v: number }
  | { do: 'withdraw'; a: AgentName; v: number }
  | { do: 'openTab'; v: number; blog: boolean }
  | { do: 'closeTab' | 'navigate' | 'leave'; v: number }
  | {
      do: 'delivered' | 'viewed' | 'typing' | 'keep' | 'decline' | 'reply'
      v: number
      t: number
      foreign: boolean
    }
  | {
      do: 'replyTwice' | 'viewedTwice' | 'start' | 'visitorSend' | 'visitorEnd' | 'openChat'
      v: number
      t: number
    }
  | { do: 'visitorTypes' | 'visitorSees'; v: number; on: boolean }
  | { do: 'agentTypes' | 'agentSees'; a: AgentName; v: number; on: boolean }
  | { do: 'race'; v: number; one: Racer; two: Racer; atDeadline: boolean }
  | { do: 'agentSend' | 'take' | 'agentEnd'; a: AgentName; v: number }
  | { do: 'tick'; ms: number }
  | { do: 'toggle'; what: 'support' | 'ben' | 'available' | 'shop' }
  | { do: 'restart' | 'repeat' }

/** The acts of these names. */
export type ActOf<Name extends Act['do']> = Extract<Act, { do: Name }>

const v = fc.nat({ max: 1 })
const t = fc.nat({ max: 2 })
const a = fc.constantFrom(...AGENTS)
const agent = fc.oneof({ weight: 4, arbitrary: fc.constantFrom<AgentName>('ada', 'ben') }, a)
const template = fc.constantFrom(
  'Hello #displayname|there#, can I help?',
  'On #browser# since #duration# min, #group# of #department# #unknown# ##',
  '#email#',
)
const from = <T extends string>(...names: T[]) => fc.constantFrom<T>(...names)
const foreign = fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true))

export const anAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: from('invite'),
      a: agent,
      v,
      g: fc.oneof(
        { weight: 4, arbitrary: fc.constant('supportGroup' as const) },
        fc.constantFrom(...GROUPS),
      ),
      template,
      replace: fc.boolean(),
      again: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: from('inviteTwice', 'takeTwice', 'lateReply'), v }) },
  { weight: 2, arbitrary: fc.record({ do: from('withdraw'), a, v }) },
  { weight: 4, arbitrary: fc.record({ do: from('openTab'), v, blog: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: from('closeTab', 'navigate', 'leave'), v }) },
  {
    weight: 14,
    arbitrary: fc.record({
      do: from(
        'delivered',
        'viewed',
        'viewed',
        'typing',
        'keep',
        'decline',
        'reply',
        'reply',
        'reply',
      ),
      v,
      t,
      foreign,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: from('replyTwice', 'viewedTwice', 'start', 'visitorSend', 'visitorEnd', 'openChat'),
      v,
      t,
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: from('agentSend', 'take', 'agentEnd'), a: agent, v }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: from('visitorTypes', 'visitorSees'), v, on: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: from('agentTypes', 'agentSees'), a: agent, v, on: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: from('race'),
      v,
      one: from(...RACERS),
      two: from(...RACERS),
      atDeadline: fc.boolean(),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      do: from('tick'),
      ms: fc.oneof(
        fc.constantFrom(1, 1_000, 5_000, 60_000, 101_000, 119_999, 120_000, 600_000),
        fc.nat(130_000),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: from('toggle'),
      what: from('support', 'ben', 'available', 'shop'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: from('restart') }) },
  { weight: 4, arbitrary: fc.record({ do: from('repeat') }) },
)
