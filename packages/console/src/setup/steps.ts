/** The first run, in order; each is saved as you go and can be returned to. */
export const STEPS = ['account', 'team', 'website', 'visitor'] as const
export type Step = (typeof STEPS)[number]

export const STEP_NAMES: Record<Step, string> = {
  account: 'Your account',
  team: 'Your team',
  website: 'Your website',
  visitor: 'First visitor',
}

/** The one-time code in the address printed at start: `/console/setup#code=…` or `#…`. */
export function codeInHash(hash: string): string {
  const text = hash.replace(/^#/, '')
  const named = new URLSearchParams(text).get('code')
  return (named ?? (text.includes('=') ? '' : decodeURIComponent(text))).trim()
}
