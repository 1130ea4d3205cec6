/*
 * How a guest behaves: its errors are never the host page's, and whatever it hangs up it takes down
 * again. Built-ins are taken here, when the script is loaded, before the page can replace them.
 */

const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis

export type Cancel = () => void

/** Runs it and swallows what it throws: nothing of ours may surface on the page (R24). */
export function quietly(work: () => void): void {
  try {
    work()
  } catch {
    // A guest's trouble is never the host page's.
  }
}

export type Guest = ReturnType<typeof createGuest>

/** Timers and listeners that all end with `leave`. */
export function createGuest() {
  // A linked set of own makings: no array method of the page is called.
  let cancels: Cancel[] = []
  let gone = false

  const keep = (cancel: Cancel): Cancel => {
    cancels[cancels.length] = cancel
    return cancel
  }

  return {
    get gone() {
      return gone
    },
    after(ms: number, work: () => void): Cancel {
      const timer = setTimeout(() => gone || quietly(work), ms)
      return () => clearTimeout(timer)
    },
    every(ms: number, work: () => void): Cancel {
      const timer = setInterval(() => quietly(work), ms)
      return keep(() => clearInterval(timer))
    },
    /** Capturing, so that a page that stops its events does not hide them; passive. */
    listen<E extends Event>(target: EventTarget, type: string, heard: (event: E) => void): Cancel {
      const listener = (event: Event) => quietly(() => heard(event as E))
      const options = { capture: true, passive: type !== 'click' }
      target.addEventListener(type, listener, options)
      return keep(() => target.removeEventListener(type, listener, options))
    },
    /** Something else to take down. */
    keep,
    leave(): void {
      gone = true
      for (let at = 0; at < cancels.length; at++) quietly(cancels[at] as Cancel)
      cancels = []
    },
  }
}
