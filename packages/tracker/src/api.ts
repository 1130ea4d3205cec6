import { after, gone, quietly } from './guest.ts'
import type { startTracker } from './tracker.ts'

type Tracker = ReturnType<typeof startTracker>

/** The page's side of the script: `window.beckon`. No call ever throws. See README.md. */
export type Beckon = Tracker['api'] & {
  /** Frames by type: `chat`, `invitation`, `invitation.ended`, and `state`. The result stops it. */
  on(type: string, heard: (event: object) => void): () => void
  /** `['identify', {…}]`: how to call before the script has loaded. */
  push(call: readonly unknown[]): void
}

type Methods = Record<string, (...args: unknown[]) => unknown>

export function publish(page: { beckon?: unknown }, { port, api: plain }: Tracker): void {
  const api: Methods = {
    on: (type, heard) =>
      port.on((happening) => {
        const event = happening.type === 'frame' ? happening.frame : happening
        // Later and by itself: what the page does there holds up nothing of ours.
        if (event.type === type) after(0, () => (heard as (event: object) => void)(event))
      }),
    push: (call) => quietly(() => api[(call as [string])[0]]?.(...(call as unknown[]).slice(1))),
  }
  for (const name in plain) {
    api[name] = (...args) =>
      quietly(() => {
        if (gone) return
        ;(plain as Methods)[name]?.(...args)
        if (gone) delete page.beckon
      })
  }

  const waiting = page.beckon as unknown[][] | undefined
  page.beckon = api
  for (let at = 0; waiting && at < waiting.length; at++) api.push?.(waiting[at])
}
