import { after, quietly } from './guest.ts'
import type { Port, WidgetHandle } from './port.ts'

/** Name of the widget's entry chunk, baked in by the build. */
declare const __WIDGET_FILE__: string

/** A page that is never idle does not hold up an invitation for longer. */
const IDLE_AT_LATEST_MS = 2_000
/** Safari has no idle callbacks. */
const IDLE_PERHAPS_MS = 200

const { requestIdleCallback } = globalThis

let port: Port
let handle: WidgetHandle | undefined
/** Asked for, and not there yet: what to open it with. */
export let wanted: Parameters<Port['open']> | false = false
/** Added to the address on a retry. */
let again = ''

export function usePort(of: Port): void {
  port = of
}

/** There is something to show: when the page has nothing better to do. */
export function showWidget(): void {
  if (handle) return
  if (requestIdleCallback) requestIdleCallback(load, { timeout: IDLE_AT_LATEST_MS })
  else after(IDLE_PERHAPS_MS, load)
}

/** The visitor asks for it: now, or as soon as there is a welcome to draw from. */
export function openWidget(...how: Parameters<Port['open']>): void {
  wanted = !handle && how
  if (handle) handle.open(...how)
  else load()
}

export function closeWidget(): void {
  wanted = false
  handle?.close()
}

export function removeWidget(): void {
  const before = handle
  handle = undefined
  wanted = false
  quietly(() => before?.destroy())
}

/** Asked again meanwhile, it is still loaded once. */
function load(): void {
  if (handle || !port.welcome) return
  loadChunk<WidgetHandle>(__WIDGET_FILE__, (mount) => {
    // Gone meanwhile: destroyed, or consent withdrawn.
    if (!handle && port.welcome) handle = mount(port)
    if (wanted) openWidget(...wanted)
  })
}

/** Every chunk exports a `mount`. */
export function loadChunk<T>(file: string, use: (mount: (port: Port) => T) => void): void {
  // A module that failed stays failed under its address: the next try takes another one. Not the
  // first: the panel imports the entry by its plain name, and two addresses are two modules.
  import(/* @vite-ignore */ `${port.origin}/beckon/${file}${again}`).then(
    ({ mount }) => quietly(() => use(mount)),
    () => {
      again += '?'
    },
  )
}
