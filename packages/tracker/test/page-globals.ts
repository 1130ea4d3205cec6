import type { Beckon } from '../src/api.ts'
import type { Port } from '../src/port.ts'

/** What tests read and leave on the page. */
declare global {
  interface Window {
    beckon: Beckon
    widgetPort: Port
    linksPort?: Port
    heard: string[]
    heardByPage: string[]
    kept: Beckon
    activate?: () => void
  }
}
