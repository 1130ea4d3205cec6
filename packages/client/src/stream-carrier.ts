import type { Carrier } from './connection-core.ts'

/*
 * A connection where WebSocket is blocked (docs/protocol.md): what the server says comes as one
 * answer that does not end, what we say goes in requests of its own. It looks like a WebSocket to
 * `keepConnected`. In a stranger's page it is loaded only when it is needed.
 */

const { AbortController, TextDecoder, fetch, setTimeout } = globalThis
const { parse, stringify } = JSON

/** The server takes 64 KB in one request. */
const MOST_AT_ONCE = 48 * 1024
/** Requests that fail one after the other, until the whole stream counts as lost. */
const PATIENCE = 5
const TRY_AGAIN_MS = 1_000

const OPEN = 1
const CLOSED = 3

export type StreamOptions = {
  /** Headers beside those that any page may send. */
  headers?: Record<string, string>
  credentials?: RequestCredentials
}

/** `address` is the WebSocket's. */
export function openStream(
  address: string,
  { headers, credentials = 'omit' }: StreamOptions = {},
): Carrier {
  const url = address.replace('ws', 'http').replace('/ws/', '/stream/')
  const abort = new AbortController()
  /** What is not acknowledged yet, and the number of the first of it. */
  const waiting: string[] = []
  let first = 1
  let key: string | undefined
  let posting = false
  let pinged = false
  let failures = 0

  const post = (path: string, body: string, more: RequestInit) =>
    fetch(url + path, {
      method: 'POST',
      body,
      ...(headers ? { headers } : {}),
      credentials,
      cache: 'no-store',
      ...more,
    })
  const bodyOf = (frames: readonly string[], end: 'end'[] = []) =>
    [stringify([key, first, ...end]), ...frames].join('\n')

  const carrier: Carrier = {
    readyState: 0,
    onopen: null,
    onmessage: null,
    onclose: null,
    send(text: string) {
      if (carrier.readyState !== OPEN) return
      waiting.push(text)
      flush()
    },
    close() {
      if (carrier.readyState === CLOSED) return
      carrier.readyState = CLOSED
      if (!key || !waiting.length) return abort.abort()
      // The page may be going: what was said just before still arrives.
      const leave = () => abort.abort()
      post('/frames', bodyOf(waiting, ['end']), { keepalive: true }).then(leave, leave)
    },
  }

  const over = (code: number) => {
    if (carrier.readyState === CLOSED) return
    carrier.readyState = CLOSED
    abort.abort()
    carrier.onclose?.call(carrier as never, { code } as CloseEvent)
  }

  const hear = (text: string) => {
    if (text[0] !== '[') {
      carrier.onmessage?.call(carrier as never, { data: text } as MessageEvent)
      return
    }
    const [word, value] = parse(text)
    if (word === 'open') key = value
    else if (word === 'ping') pinged = true
    else if (word === 'close') return over(value)
    flush()
  }

  async function flush() {
    if (posting || !key || carrier.readyState === CLOSED || !(pinged || waiting.length)) return
    posting = true
    pinged = false
    let size = 0
    let count = 0
    while (count < waiting.length && (!count || size < MOST_AT_ONCE)) {
      size += (waiting[count++] as string).length * 3
    }
    const status = await post('/frames', bodyOf(waiting.slice(0, count)), {
      signal: abort.signal,
    }).then(
      (answer) => answer.status,
      () => 0,
    )
    posting = false
    if (status === 204) {
      waiting.splice(0, count)
      first += count
      failures = 0
      flush()
    } else if ((status && status < 500) || ++failures > PATIENCE) over(1006)
    else {
      pinged = true
      setTimeout(flush, TRY_AGAIN_MS)
    }
  }

  async function read() {
    const opening = waiting.splice(0)
    first += opening.length
    const answer = await post('', opening.join('\n'), { signal: abort.signal })
    if (!answer.ok || !answer.body) return
    const reader = answer.body.getReader()
    const decoder = new TextDecoder()
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n')
      rest = lines.pop() as string
      for (const line of lines) if (line.indexOf('data: ') === 0) hear(line.slice(6))
    }
  }

  // The hello is said in `onopen`, and goes along with the request that opens the stream.
  Promise.resolve().then(() => {
    if (carrier.readyState === CLOSED) return
    carrier.readyState = OPEN
    carrier.onopen?.call(carrier as never, {} as Event)
    if (carrier.readyState !== CLOSED)
      read().then(
        () => over(1006),
        () => over(1006),
      )
  })
  return carrier
}
