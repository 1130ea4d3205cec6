import {
  type Carrier,
  type ConnectionCore,
  type ConnectionState,
  type CoreOptions,
  keepConnected,
} from './connection-core.ts'

/** Package entry: the connection, whole for a page of ours and as its core for a stranger's. */

export { newClientId } from './client-id.ts'
export {
  type Carrier,
  type ConnectionCore,
  type ConnectionDetail,
  type ConnectionState,
  type CoreOptions,
  keepConnected,
} from './connection-core.ts'

export type Timers = { after(ms: number, work: () => void): () => void }

export type Connection<Out> = ConnectionCore<Out> & { readonly state: ConnectionState }

export type ConnectOptions<Out, In> = Omit<CoreOptions<Out, In>, 'after' | 'encode' | 'socket'> & {
  url: string
  /** `new WebSocket` unless told otherwise. */
  socket?: (url: string) => Carrier
  /** Longest quiet of a server that beats: after it the connection counts as lost. */
  silenceMs?: number
  timers?: Timers
  /** Where `online` is heard. */
  page?: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
}

const systemTimers: Timers = {
  after(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}

export function connect<Out, In extends { type: string }>({
  silenceMs,
  timers: { after } = systemTimers,
  page = globalThis,
  url,
  socket = (address) => new WebSocket(address),
  ...options
}: ConnectOptions<Out, In>): Connection<Out> {
  let cancelSilence = () => {}
  let state: ConnectionState = 'connecting'

  const core = keepConnected<Out, In>({
    ...options,
    encode: JSON.stringify,
    socket: () => socket(url),
    after,
    onFrame(frame) {
      cancelSilence()
      if (silenceMs) cancelSilence = after(silenceMs, core.retry)
      options.onFrame(frame)
    },
    onState(next, detail) {
      state = next
      if (next !== 'open') cancelSilence()
      options.onState(next, detail)
    },
  })

  // The network is back: no reason to wait longer.
  page.addEventListener('online', core.retry)
  return {
    get state() {
      return state
    },
    send: core.send,
    retry: core.retry,
    close() {
      state = 'stopped'
      cancelSilence()
      page.removeEventListener('online', core.retry)
      core.close()
    },
  }
}
