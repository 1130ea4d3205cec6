/*
 * One connection that comes back by itself (DESIGN §7). It runs in strangers' pages, so it takes
 * its built-ins when it is loaded, before a page can replace them, calls no array method, and stays
 * under 1.5 KB. It knows three frames: its own hello, `welcome` (now it is open) and `move`.
 */

export { newClientId } from './client-id.ts'

export type ConnectionState = 'connecting' | 'open' | 'lost' | 'stopped'

/** `retryMs`: lost, and this long until the next try. `code`: the close code that stopped it. */
export type ConnectionDetail = { retryMs?: number; code?: number }

export type Timers = { after(ms: number, work: () => void): () => void }

export type ConnectOptions<Out, In> = {
  url: string
  /** Made anew for every connection: the first frame. */
  hello(): Out
  /** Every frame but `move`. A `welcome` is handed on before `onState('open')`. */
  onFrame(frame: In): void
  /** Not called for the first `connecting`. `open` comes again, without a `lost` before it, when the connection moved to another node. */
  onState(state: ConnectionState, detail: ConnectionDetail): void
  /** Longest quiet of a server that beats: after it the connection counts as lost. */
  silenceMs?: number
  encode?: (frame: Out) => string
  timers?: Timers
  random?: () => number
  socket?: (url: string) => WebSocket
  /** Where `online` is heard. */
  page?: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
}

export type Connection<Out> = {
  readonly state: ConnectionState
  /** False when not open: nothing is queued here. */
  send(frame: Out): boolean
  /** Try now instead of waiting; nothing when there is nothing to wait for. */
  retry(): void
  /** Closes with 1000 and stays closed, without another call to `onState`. */
  close(): void
}

const { parse, stringify } = JSON
const { setTimeout, clearTimeout, WebSocket } = globalThis

const systemTimers: Timers = {
  after(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}

/** A server that accepts but never welcomes is as good as none. */
const WELCOME_WITHIN = 15_000
/** An open connection that lasted this long clears the count of failures. */
const STABLE_AFTER = 10_000
/** First random window: after a local blip, and after a server was lost with everybody on it. */
const LOCAL_WINDOW = 1_000
const SERVER_WINDOW = 10_000
const LONGEST_WINDOW = 60_000
/** From here on at most one try a minute: the browser logs each one on a page that is not ours. */
const MANY_FAILURES = 10

const SLOW = 4004
const TOO_MANY = 4007

const isServerLoss = (code: number) =>
  code === 1001 || code === 1006 || code === 1012 || code === 4005

/** Site refused, signed out, tracking stopped: coming back would change nothing. */
const isFinal = (code: number) => code === 4001 || code === 4002 || code === 4006

export function connect<Out, In extends { type: string }>({
  url,
  hello,
  onFrame,
  onState,
  silenceMs,
  encode = stringify,
  timers = systemTimers,
  random = Math.random,
  socket: newSocket = (address) => new WebSocket(address),
  page = globalThis,
}: ConnectOptions<Out, In>): Connection<Out> {
  let state: ConnectionState = 'connecting'
  /** The welcomed socket, and the one that wants to become it; both exist only during a move. */
  let active: WebSocket | undefined
  let candidate: WebSocket | undefined
  let failures = 0
  let window = LOCAL_WINDOW
  let stable = false

  const nothing = () => {}
  let cancelTry = nothing
  let cancelWelcome = nothing
  let cancelStable = nothing
  let cancelSilence = nothing

  const become = (next: ConnectionState, detail: ConnectionDetail = {}) => {
    state = next
    onState(next, detail)
  }

  const drop = (socket: WebSocket | undefined) => {
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close(1000)
  }

  const dropAll = () => {
    cancelTry()
    cancelWelcome()
    cancelStable()
    cancelSilence()
    drop(active)
    drop(candidate)
    active = candidate = undefined
  }

  const tryAfter = (ms: number) => {
    cancelTry()
    cancelTry = timers.after(ms, open)
  }

  const delayAfter = (code: number, wasOpen: boolean): number => {
    if (wasOpen && isServerLoss(code)) window = SERVER_WINDOW
    else if (wasOpen && stable) window = LOCAL_WINDOW
    failures++
    if (failures >= MANY_FAILURES || code === TOO_MANY) return LONGEST_WINDOW * (1 + random() / 4)
    if (wasOpen && stable && window === LOCAL_WINDOW && (code < 4000 || code === SLOW)) return 0
    return random() * Math.min(LONGEST_WINDOW, window * 2 ** (failures - 1))
  }

  /** A socket is over: by itself (its close code) or for being silent (0). */
  const ended = (socket: WebSocket, code: number) => {
    const wasActive = socket === active
    drop(socket)
    if (wasActive) active = undefined
    else candidate = undefined
    if (isFinal(code)) {
      dropAll()
      return become('stopped', { code })
    }
    if (wasActive) cancelSilence()
    // Moving: the other one goes on, or is just coming.
    if (wasActive && candidate) return become('connecting')
    cancelWelcome()
    const retryMs = delayAfter(code, wasActive)
    if (wasActive) {
      cancelStable()
      stable = false
    }
    tryAfter(retryMs)
    if (!active) become('lost', { retryMs })
  }

  const listen = (socket: WebSocket) => {
    cancelSilence()
    if (silenceMs) cancelSilence = timers.after(silenceMs, () => ended(socket, 0))
  }

  const welcomed = (socket: WebSocket, frame: In) => {
    cancelWelcome()
    drop(active)
    active = socket
    candidate = undefined
    stable = false
    cancelStable()
    cancelStable = timers.after(STABLE_AFTER, () => {
      stable = true
      failures = 0
    })
    state = 'open'
    onFrame(frame)
    // The frame's receiver may have closed it.
    if (active === socket) become('open')
  }

  const received = (socket: WebSocket, data: unknown) => {
    let frame: In & { withinMs?: number }
    try {
      frame = parse(data as string)
    } catch {
      return
    }
    if (socket !== candidate) listen(socket)
    if (frame.type === 'welcome' && socket === candidate) {
      listen(socket)
      welcomed(socket, frame)
    } else if (frame.type === 'move') {
      window = SERVER_WINDOW
      tryAfter(random() * (frame.withinMs ?? 0))
    } else {
      onFrame(frame)
    }
  }

  function open(): void {
    cancelTry()
    cancelWelcome()
    drop(candidate)
    candidate = undefined
    if (state === 'lost') become('connecting')
    if (state === 'stopped') return
    let socket: WebSocket
    try {
      socket = newSocket(url)
    } catch {
      // A page on https and a server on http: the constructor itself refuses.
      const retryMs = delayAfter(1006, false)
      tryAfter(retryMs)
      become('lost', { retryMs })
      return
    }
    candidate = socket
    cancelWelcome = timers.after(WELCOME_WITHIN, () => ended(socket, 1006))
    socket.onopen = () => socket.send(encode(hello()))
    socket.onmessage = ({ data }) => received(socket, data)
    socket.onclose = ({ code }) => ended(socket, code)
  }

  const retry = () => {
    if (state === 'lost') open()
  }

  page.addEventListener('online', retry)
  open()

  return {
    get state() {
      return state
    },
    send(frame) {
      // While a socket closes, its state says so before its event does.
      if (state !== 'open' || active?.readyState !== 1) return false
      active.send(encode(frame))
      return true
    },
    retry,
    close() {
      state = 'stopped'
      page.removeEventListener('online', retry)
      dropAll()
    },
  }
}
