import type { Guest } from './guest.ts'
import { quietly } from './guest.ts'
import type { MountWidget, Port, WidgetHandle } from './port.ts'

/** Name of the widget's entry chunk, baked in by the build. */
declare const __WIDGET_FILE__: string

/** Where the entry chunk is not there for a moment (a restart), it is asked for again. */
const AGAIN_AFTER_MS = 5_000
const MOST_TRIES = 4
/** A page that never finishes loading does not hold up an invitation for longer. */
const LOAD_AT_LATEST_MS = 4_000

const { requestIdleCallback } = globalThis

export function createWidgetLoader(guest: Guest, port: Port) {
  let handle: WidgetHandle | undefined
  let wanted = false
  let loading = false
  let tries = 0

  const load = () => {
    if (loading || handle || guest.gone) return
    loading = true
    const again = () => {
      loading = false
      guest.after(AGAIN_AFTER_MS, () => tries < MOST_TRIES && load())
    }
    // A failed module stays failed under its address: another try needs another one.
    const address = `${port.origin}/beckon/${__WIDGET_FILE__}${tries ? `?${tries}` : ''}`
    tries++
    import(/* @vite-ignore */ address).then(({ mount }: { mount: MountWidget }) => {
      loading = false
      if (guest.gone || !port.welcome || port.state === 'stopped') return
      handle = mount(port)
      if (wanted) open()
    }, again)
  }

  const open = () => {
    wanted = true
    if (!handle) return load()
    wanted = false
    handle.open()
  }

  return {
    /** There is something to show: when the page has nothing better to do. */
    show(): void {
      if (!loading && !handle) whenIdle(guest, load)
    },
    /** The visitor asks for it: now. */
    open,
    close(): void {
      wanted = false
      handle?.close()
    },
    remove(): void {
      wanted = false
      tries = 0
      quietly(() => handle?.destroy())
      handle = undefined
    },
  }
}

function whenIdle(guest: Guest, work: () => void): void {
  let done = false
  const once = () => {
    if (done || guest.gone) return
    done = true
    work()
  }
  const idle = () => {
    // Safari has no idle callbacks.
    if (requestIdleCallback) requestIdleCallback(() => quietly(once), { timeout: 1_000 })
    else guest.after(50, once)
  }
  if (document.readyState === 'complete') idle()
  else {
    guest.listen(window, 'load', idle)
    guest.after(LOAD_AT_LATEST_MS, once)
  }
}
