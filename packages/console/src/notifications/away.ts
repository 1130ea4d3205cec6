/** An unanswered question becomes an answer after this, where the agent wants that. */
export const ANSWER_WITHIN_MS = 2 * 60_000

const MINUTE_MS = 60_000

export type AwayGiven = {
  now: number
  /** The last key or pointer in any tab. */
  inputAt: number
  available: boolean
  choice: { minutes: number; switch: boolean }
}

/** Whether somebody who is available seems to be there; nothing is done to them, only asked. */
export function awayStep({
  now,
  inputAt,
  available,
  choice,
}: AwayGiven): 'here' | 'ask' | 'switch' {
  if (!available || choice.minutes === 0) return 'here'
  const idle = now - inputAt
  const limit = choice.minutes * MINUTE_MS
  if (idle < limit) return 'here'
  return choice.switch && idle >= limit + ANSWER_WITHIN_MS ? 'switch' : 'ask'
}
