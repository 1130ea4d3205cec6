/*
 * How a guest behaves: its errors are never the host page's, and whatever it hangs up it takes down
 * again. Built-ins are taken here, when the script is loaded, before the page can replace them.
 * There is one guest on a page, so this is the module's own state and not an object.
 */

const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis

export type Cancel = () => void

/** Taken down for good. */
export let gone = false
/** Everything to take down, as one function: no array method of the page is called. */
let takeDown: Cancel = () => {}

/** Runs it and swallows what it throws: nothing of ours may surface on the page (R24). */
export function quietly(work: () => void): void {
  try {
    work()
  } catch {
    // A guest's trouble is never the host page's.
  }
}

/** Will be called by `leave`, perhaps a second time. */
export function keep(cancel: Cancel): Cancel {
  const before = takeDown
  takeDown = () => {
    before()
    quietly(cancel)
  }
  return cancel
}

export function after(ms: number, work: () => void): Cancel {
  const timer = setTimeout(() => gone || quietly(work), ms)
  return () => clearTimeout(timer)
}

export function every(ms: number, work: () => void): Cancel {
  const timer = setInterval(() => quietly(work), ms)
  return keep(() => clearInterval(timer))
}

/** Capturing, so that a page that stops its events does not hide them. Nothing that could hold up scrolling. */
export function listen<E extends Event>(
  target: EventTarget,
  type: string,
  heard: (event: E) => void,
): Cancel {
  const listener = (event: Event) => quietly(() => heard(event as E))
  target.addEventListener(type, listener, true)
  return keep(() => target.removeEventListener(type, listener, true))
}

/** Takes everything down. */
export function leave(): void {
  gone = true
  takeDown()
}
