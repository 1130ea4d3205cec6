/*
 * One connection that comes back by itself (DESIGN §7). It runs in strangers' pages, so it takes
 * its built-ins when it is loaded, before a page can replace them, calls no array method and counts
 * its bytes. It knows three frames: its own hello, `welcome` (now it is open) and `move`.
 */

export type ConnectionState = 'connecting' | 'open' | 'lost' | 'stopped'

/** `retryMs`: lost, and this long until the next try. `code`: the close code that stopped it. */
export type ConnectionDetail = { retryMs?: number; code?: number }

/** What carries the frames: a WebSocket, or something that looks like one as far as is needed here. */
export type Carrier = Pick<WebSocket, 'onopen' | 'onmessage' | 'onclose' | 'close'> & {
  readyState: number
  send(text: string): void
}

export type CoreOptions<Out, In> = {
  /** Made anew for every connection: the first frame. */
  hello(): Out
  /** Every frame but `move`. A `welcome` is handed on before `onState('open')`. */
  onFrame(frame: In): void
  /**
   * Not called for the first `connecting`. `open` comes again, without a `lost` before it, when the
   * connection moved to another node.
   */
  onState(state: ConnectionState, detail: ConnectionDetail): void
  encode(frame: Out): string
  after(ms: number, work: () => void): () => void
  random?: () => number
  /** A new one, not yet open. */
  socket(): Carrier
}

export type ConnectionCore<Out> = {
  /** False when not open: nothing is queued here. */
  send(frame: Out): boolean
  /** Tries now: instead of waiting, or in place of a connection that is open and not believed. */
  retry(): void
  /** Closes with 1000 and stays closed, without another call to `onState`. */
  close(): void
}

const { parse } = JSON

/** A server that accepts but never welcomes is as good as none. */
const WELCOME_WITHIN = 10_000
/** An open connection that lasted this long clears the count of failures. */
const STABLE_AFTER = 10_000
/** First random window: after a local blip, and after a server was lost with everybody on it. */
const LOCAL_WINDOW = 1_000
const SERVER_WINDOW = 10_000
/** Whoever knocked a moment too soon waits no longer: a server that is back has everybody by then. */
const LONGEST_WINDOW = 20_000
/** From here on at most one try a minute: the browser logs each one on a page that is not ours. */
const MANY_FAILURES = 10
const RARELY = 60_000

/** Close codes, as in the protocol's table; numbers, so that the table stays out of the script. */
const SLOW = 4004
const TOO_MANY = 4007

const isServerLoss = (code: number) =>
  code === 1001 || code === 1006 || code === 1012 || code === 4005

/** Site refused, signed out, tracking stopped: coming back would change nothing. */
const isFinal = (code: number) => code === 4001 || code === 4002 || code === 4006

export function keepConnected<Out, In extends { type: string }>({
  hello,
  onFrame,
  onState,
  encode,
  after,
  random = Math.random,
  socket: newSocket,
}: CoreOptions<Out, In>): ConnectionCore<Out> {
  let state: ConnectionState = 'connecting'
  /** The welcomed socket, and the one that wants to become it; both exist only during a move. */
  let active: Carrier | undefined
  let candidate: Carrier | undefined
  let failures = 0
  let window = LOCAL_WINDOW
  /** The next try, or the end of waiting for a welcome. */
  let cancelNext = () => {}
  let cancelStable = cancelNext

  const next = (ms: number, work: () => void) => {
    cancelNext()
    cancelNext = after(ms, work)
  }

  const become = (now: ConnectionState, detail: ConnectionDetail = {}) => {
    state = now
    onState(now, detail)
  }

  const leave = (socket: Carrier | undefined) => {
    if (!socket) return
    socket.onmessage = socket.onclose = null
    // Closed before it is open, the browser would complain of it on the page's console.
    socket.onopen = () => socket.close(1000)
    if (socket.readyState) socket.close(1000)
  }

  const leaveAll = () => {
    cancelNext()
    cancelStable()
    leave(active)
    leave(candidate)
    active = candidate = undefined
  }

  const delayAfter = (code: number, wasOpen: boolean): number => {
    if (wasOpen && isServerLoss(code)) window = SERVER_WINDOW
    else if (wasOpen && !failures) window = LOCAL_WINDOW
    if (++failures >= MANY_FAILURES || code === TOO_MANY) {
      return RARELY * (1 + random() / 4)
    }
    const isBlip = window === LOCAL_WINDOW && (code < 4000 || code === SLOW)
    if (wasOpen && failures === 1 && isBlip) return 0
    // Twice the same: of a server that is back within seconds most have tried by then.
    return random() * Math.min(LONGEST_WINDOW, window * 2 ** Math.max(0, failures - 2))
  }

  /** A socket is over: by its close code, for not being welcomed, or it never came to be. */
  const ended = (socket: Carrier | undefined, code: number) => {
    const wasOpen = !!socket && socket === active
    leave(socket)
    if (wasOpen) {
      active = undefined
      cancelStable()
    } else candidate = undefined
    if (isFinal(code)) {
      leaveAll()
      become('stopped', { code })
    } else if (candidate) {
      // Moving: the new one is just coming.
      become('connecting')
    } else {
      const retryMs = delayAfter(code, wasOpen)
      next(retryMs, open)
      if (!active) become('lost', { retryMs })
    }
  }

  function open(): void {
    if (!active && state !== 'connecting') become('connecting')
    let socket: Carrier
    try {
      socket = newSocket()
    } catch {
      // A page on https and a server on http: the constructor itself refuses.
      ended(undefined, 1006)
      return
    }
    candidate = socket
    next(WELCOME_WITHIN, () => ended(socket, 1006))
    socket.onopen = () => socket.send(encode(hello()))
    socket.onclose = ({ code }) => ended(socket, code)
    socket.onmessage = ({ data }) => {
      let frame: In & { withinMs?: number }
      try {
        frame = parse(data)
      } catch {
        return
      }
      if (frame.type === 'move') {
        window = SERVER_WINDOW
        if (!candidate) next(random() * (frame.withinMs as number), open)
      } else if (frame.type === 'welcome' && socket === candidate) welcomed(socket, frame)
      else onFrame(frame)
    }
  }

  const welcomed = (socket: Carrier, frame: In) => {
    leave(active)
    active = socket
    candidate = undefined
    cancelNext()
    cancelStable()
    cancelStable = after(STABLE_AFTER, () => {
      failures = 0
    })
    state = 'open'
    onFrame(frame)
    // The frame's receiver may have closed it.
    if (active === socket) become('open')
  }

  open()

  return {
    send(frame) {
      // While a socket closes, its state says so before its event does.
      if (active?.readyState !== 1) return false
      active.send(encode(frame))
      return true
    },
    retry() {
      if (state !== 'lost' && !active) return
      leaveAll()
      open()
    },
    close() {
      state = 'stopped'
      leaveAll()
    },
  }
}
