import type { OfferedDepartment, VisitorFrame, VisitorServerFrame } from '@beckon/protocol'
import type { Port, PortHappening, PortState, Welcome } from '../../tracker/src/port.ts'

/** A port without a server: says what the story tells it to and remembers what it was sent. */
export type FakePort = Port & {
  readonly sent: VisitorFrame[]
  say(frame: VisitorServerFrame): void
  become(state: PortState): void
}

export function fakePort(
  welcome: Welcome,
  {
    stored = {},
    departments = [],
  }: { stored?: Record<string, string>; departments?: OfferedDepartment[] } = {},
): FakePort {
  const listeners = new Set<(happening: PortHappening) => void>()
  const store = new Map(Object.entries(stored))
  const sent: VisitorFrame[] = []
  let state: PortState = 'open'
  const tell = (happening: PortHappening) => {
    for (const listener of [...listeners]) listener(happening)
  }
  return {
    get state() {
      return state
    },
    welcome,
    origin: location.origin,
    sent,
    open() {},
    hide() {},
    show() {},
    send(frame) {
      if (state !== 'open') return false
      sent.push(frame)
      if (frame.type === 'form.ask') {
        queueMicrotask(() => tell({ type: 'frame', frame: { type: 'form', departments } }))
      }
      if (frame.type === 'articles.ask') {
        queueMicrotask(() => tell({ type: 'frame', frame: { type: 'articles', found: [] } }))
      }
      return true
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    say: (frame) => tell({ type: 'frame', frame }),
    become(next) {
      state = next
      tell({ type: 'state', state })
    },
    storage: {
      get: (key) => store.get(key),
      set: (key, value) => {
        if (value === null) store.delete(key)
        else store.set(key, value)
      },
      watch: () => () => {},
    },
    timers: {
      after(ms, work) {
        const timer = setTimeout(work, ms)
        return () => clearTimeout(timer)
      },
      every(ms, work) {
        const timer = setInterval(work, ms)
        return () => clearInterval(timer)
      },
    },
  }
}
