import { after, quietly } from './guest.ts'
import type { MountWidget, Port, WidgetHandle } from './port.ts'

/** Name of the widget's entry chunk, baked in by the build. */
declare const __WIDGET_FILE__: string

/** A page that is never idle does not hold up an invitation for longer. */
const IDLE_AT_LATEST_MS = 2_000
/** Safari has no idle callbacks. */
const IDLE_PERHAPS_MS = 200

const { requestIdleCallback } = globalThis

let port: Port
let handle: WidgetHandle | undefined
let fetching = false
let wanted = false
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

export const isWanted = (): boolean => wanted

/** The visitor asks for it: now, or as soon as there is a welcome to draw from. */
export function openWidget(): void {
  wanted = !handle
  if (handle) handle.open()
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

function load(): void {
  if (fetching || handle || !port.welcome) return
  fetching = true
  // A module that failed stays failed under its address: the next frame's try takes another one. Not
  // the first: the panel imports the entry by its plain name, and two addresses are two modules.
  import(/* @vite-ignore */ `${port.origin}/beckon/${__WIDGET_FILE__}${again}`).then(
    ({ mount }: { mount: MountWidget }) => {
      fetching = false
      quietly(() => {
        // Gone meanwhile: destroyed, or consent withdrawn.
        if (port.welcome) handle = mount(port)
        if (wanted) openWidget()
      })
    },
    () => {
      again += '?'
      fetching = false
    },
  )
}
