import { carriers } from '@beckon/client/carriers'
import type { Carrier } from '@beckon/client/connection'
import { openStream } from '@beckon/client/stream-carrier'
import type { Port } from './port.ts'

/*
 * A chunk of its own, loaded when a connection could not be had: WebSocket may be blocked by a
 * policy, a proxy or the browser, or the server may just have been away. It is back, since this was
 * loaded from it; so one more WebSocket is tried, unless they were blocked not long ago.
 */

/** As the widget's chunk: `mount` is what the script calls. */
export type MountHttp = (port: Pick<Port, 'storage'>) => (url: string) => Carrier

/** Networks change: another one may let WebSockets through. */
const REMEMBERED_MS = 3_600_000
const FELL_BACK = 'http'

let chosen: ReturnType<MountHttp> | undefined

/** The same one at each call: it knows what was tried. */
export const mount: MountHttp = ({ storage: { get, set } }) => {
  const wasBlocked = Date.now() - Number(get(FELL_BACK)) < REMEMBERED_MS
  chosen ??= carriers({
    tries: wasBlocked ? 0 : 1,
    stream(url) {
      set(FELL_BACK, `${Date.now()}`)
      return openStream(url)
    },
  })
  return chosen
}
