import type { Browser } from 'playwright-core'

export const USER_AGENT: string
export const FLAGS: readonly string[]
export function launchChromium(how?: { whole?: boolean; without?: string[] }): Promise<Browser>
