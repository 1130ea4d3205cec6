import { quietly } from './guest.ts'
import type { Person } from './identity.ts'
import type { Tracker } from './tracker.ts'

/** What a page may be told about: `beckon.on('chat', …)`. */
export type BeckonEvent = { type: string; id?: string; state?: string }

/** The page's side of the script: `window.beckon`. No call ever throws. */
export type Beckon = {
  /** Who the visitor is, as the page vouches; null when they sign out. */
  identify(person: Person | null): void
  /** A virtual page view. */
  page(view?: { url?: string; title?: string }): void
  /** Reserved for triggers; accepted and ignored. */
  track(): void
  consent(given: boolean | string): void
  open(): void
  close(): void
  /** `state`, `invitation`, `invitation.ended` or `chat`; the result stops listening. */
  on(type: string, heard: (event: BeckonEvent) => void): () => void
  /** Takes everything away again: connection, listeners, widget, storage, this object. */
  destroy(): void
  /** `['identify', {…}]`: how to call before the script has loaded. */
  push(call: unknown): void
}

const { setTimeout } = globalThis

export function publish(page: { beckon?: unknown }, tracker: Tracker): void {
  const { port } = tracker
  const calm =
    <A extends unknown[]>(work: (...args: A) => void) =>
    (...args: A) =>
      quietly(() => work(...args))

  const api: Beckon = {
    identify: calm(tracker.identify),
    page: calm(tracker.page),
    track() {},
    consent: calm(tracker.consent),
    open: calm(tracker.open),
    close: calm(tracker.close),
    on: (type, heard) =>
      port.on((happening) => {
        const event = eventOf(happening)
        // Later and by itself: an error in the page's function is the page's, and stops nothing of ours.
        if (event?.type === type) setTimeout(() => heard(event), 0)
      }),
    destroy: calm(() => {
      tracker.destroy()
      if (page.beckon === api) delete page.beckon
    }),
    push: calm((call) => {
      const [method, ...args] = call as [keyof Beckon, ...unknown[]]
      if (Object.hasOwn(api, method)) (api[method] as (...args: unknown[]) => void)(...args)
    }),
  }

  const waiting = page.beckon
  page.beckon = api
  if (Array.isArray(waiting)) for (let at = 0; at < waiting.length; at++) api.push(waiting[at])
}

function eventOf(
  happening: Parameters<Parameters<Tracker['port']['on']>[0]>[0],
): BeckonEvent | undefined {
  if (happening.type === 'state') return happening
  const { frame } = happening
  switch (frame.type) {
    case 'invitation':
      return { type: frame.type, id: frame.invitation.id, state: frame.invitation.state }
    case 'invitation.ended':
      return { type: frame.type, id: frame.invitationId, state: frame.state }
    case 'chat':
      return { type: frame.type, id: frame.chat.id, state: frame.chat.state }
    default:
      return undefined
  }
}
