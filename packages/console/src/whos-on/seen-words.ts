/** Claims only what is known of a withdrawn invitation: whether it was on the screen, and how long. */
export function seenWords({ viewedAt, endedAt }: { viewedAt?: number; endedAt?: number }): string {
  if (viewedAt === undefined) return 'It was not seen.'
  const seconds = Math.max(1, Math.round(((endedAt ?? viewedAt) - viewedAt) / 1000))
  return `It was on the screen for ${seconds} s.`
}
