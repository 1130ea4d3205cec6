import {
  DEFAULT_ALERT,
  DEFAULT_HAND_OFF,
  type Distribution,
  type GroupInput,
  type GroupView,
} from '@beckon/protocol'
import { numberIn } from './number-or-off.tsx'

/** How a group's chats are given, as it is being typed; null is off. */
export type RoutingDraft = {
  distribution: Distribution
  chatLimit: string | null
  firstReply: string | null
  followUp: string | null
  gone: string | null
  alertWaiting: string | null
  alertSeconds: string | null
}
type Numbers = Exclude<keyof RoutingDraft, 'distribution'>
export type RoutingProblems = Partial<Record<Numbers, string>>

const MOST: Record<Numbers, number> = {
  chatLimit: 99,
  firstReply: 86_400,
  followUp: 86_400,
  gone: 86_400,
  alertWaiting: 999,
  alertSeconds: 86_400,
}

const text = (number: number | null): string | null => (number === null ? null : String(number))

export function routingDraft(group: GroupView | undefined): RoutingDraft {
  const { handOff = DEFAULT_HAND_OFF, alert = DEFAULT_ALERT } = group ?? {}
  return {
    distribution: group?.distribution ?? 'pull',
    chatLimit: text(group?.chatLimit ?? null),
    firstReply: text(handOff.firstReply),
    followUp: text(handOff.followUp),
    gone: text(handOff.gone),
    alertWaiting: text(alert.waiting),
    alertSeconds: text(alert.seconds),
  }
}

export function routingProblems(draft: RoutingDraft): RoutingProblems {
  const problems: RoutingProblems = {}
  for (const name of Object.keys(MOST) as Numbers[]) {
    if (numberIn(draft[name], MOST[name]) === undefined) {
      problems[name] = `Type a whole number from 1 to ${MOST[name].toLocaleString('en')}.`
    }
  }
  return problems
}

/** What has no problems, as the server takes it. */
export function routingInput(
  draft: RoutingDraft,
): Pick<GroupInput, 'distribution' | 'chatLimit' | 'handOff' | 'alert'> {
  const number = (name: Numbers) => numberIn(draft[name], MOST[name]) ?? null
  return {
    distribution: draft.distribution,
    chatLimit: number('chatLimit'),
    handOff: {
      firstReply: number('firstReply'),
      followUp: number('followUp'),
      gone: number('gone'),
    },
    alert: { waiting: number('alertWaiting'), seconds: number('alertSeconds') },
  }
}
