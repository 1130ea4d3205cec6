import { r01 } from './r01-kill.ts'
import { r02 } from './r02-durable-first.ts'
import { r03 } from './r03-slow-disk.ts'
import { r04 } from './r04-resend.ts'
import { r05 } from './r05-order.ts'
import { r06 } from './r06-storm.ts'
import { r09 } from './r09-node-death.ts'
import { r10 } from './r10-frozen-node.ts'
import { r11 } from './r11-redis-away.ts'
import { r12 } from './r12-postgres-away.ts'
import { r13 } from './r13-disk-full.ts'
import { r15 } from './r15-clocks.ts'
import { r16 } from './r16-slow-console.ts'
import { r17 } from './r17-half-open.ts'
import { r20 } from './r20-memory.ts'
import { r21 } from './r21-stop.ts'
import { r22 } from './r22-backup.ts'
import { r23 } from './r23-first-start.ts'
import { r25 } from './r25-overload.ts'
import type { Scenario } from './scenario.ts'
import { r08, r14 } from './suites.ts'

/** As QUALITY §4 lists them. */
export const SCENARIOS: readonly Scenario[] = [
  r01,
  r02,
  r03,
  r04,
  r05,
  r06,
  r08,
  r09,
  r10,
  r11,
  r12,
  r13,
  r14,
  r15,
  r16,
  r17,
  r20,
  r21,
  r22,
  r23,
  r25,
]
