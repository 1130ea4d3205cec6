import { r01 } from './r01-kill.ts'
import { r04 } from './r04-resend.ts'
import type { Scenario } from './scenario.ts'

/** As QUALITY §4 lists them. */
export const SCENARIOS: readonly Scenario[] = [r01, r04]
