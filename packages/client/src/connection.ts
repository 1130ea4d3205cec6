import { type Connection, type CoreOptions, keepConnected } from './connection-core.ts'

/** Package entry: the connection, whole for a page of ours and as its core for a stranger's. */

export { newClientId } from './client-id.ts'
export {
  type Connection,
  type ConnectionDetail,
  type ConnectionState,
  type CoreOptions,
  keepConnected,
} from './connection-core.ts'

export type Timers = { after(ms: number, work: () => void): () => void }

export type ConnectOptions<Out, In> = Omit<CoreOptions<Out, In>, 'after' | 'encode'> & {
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
  ...options
}: ConnectOptions<Out, In>): Connection<Out> {
  let cancelSilence = () => {}

  const core = keepConnected<Out, In>({
    ...options,
    encode: JSON.stringify,
    after,
    onFrame(frame) {
      cancelSilence()
      if (silenceMs) cancelSilence = after(silenceMs, () => core.drop())
      options.onFrame(frame)
    },
    onState(state, detail) {
      if (state !== 'open') cancelSilence()
      options.onState(state, detail)
    },
  })

  // The network is back: no reason to wait longer.
  page.addEventListener('online', core.retry)
  return {
    get state() {
      return core.state
    },
    send: core.send,
    retry: core.retry,
    drop: core.drop,
    close() {
      cancelSilence()
      page.removeEventListener('online', core.retry)
      core.close()
    },
  }
}
