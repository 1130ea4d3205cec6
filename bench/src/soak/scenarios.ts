import { r01 } from './r01-kill.ts'
import { r04 } from './r04-resend.ts'
import { r09 } from './r09-node-death.ts'
import { r10 } from './r10-frozen-node.ts'
import { r11 } from './r11-redis-away.ts'
import { r12 } from './r12-postgres-away.ts'
import { r21 } from './r21-stop.ts'
import type { Scenario } from './scenario.ts'

/** As QUALITY §4 lists them. */
export const SCENARIOS: readonly Scenario[] = [r01, r04, r09, r10, r11, r12, r21]
