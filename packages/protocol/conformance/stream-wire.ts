import type { RawSocket } from './wire.ts'

type Listener = (...told: never[]) => void

/** What `new WebSocket(address, { headers })` would give, over plain HTTP: the page's “Where WebSocket is blocked”. */
export function dialStream(address: string, headers: Record<string, string>): RawSocket {
  const url = address.replace('ws', 'http').replace('/ws/', '/stream/')
  const listeners = new Map<string, Listener[]>()
  const gone = new AbortController()
  let key: string | undefined
  let said = 0
  let last: Promise<unknown> = Promise.resolve()

  const tell = (event: string, ...told: unknown[]) => {
    for (const listener of listeners.get(event) ?? []) listener(...(told as never[]))
  }
  const post = (path: string, body: string) =>
    fetch(url + path, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/plain', 'x-beckon': '1' },
      body,
      signal: gone.signal,
    })
  /** In their order, as the numbers ask for. */
  const speak = (frames: string[]) => {
    const first = said + 1
    said += frames.length
    const spoken = last.then(() =>
      post('/frames', [JSON.stringify([key, first]), ...frames].join('\n')),
    )
    last = spoken.catch(() => {})
    return spoken
  }

  async function listen() {
    const answer = await post('', '')
    if (!answer.ok || !answer.body) throw new Error(`answered with ${answer.status}`)
    let rest = ''
    for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.startsWith('data: ')) hear(line.slice('data: '.length))
    }
  }
  function hear(text: string) {
    if (!text.startsWith('[')) return tell('message', text)
    const [word, value] = JSON.parse(text) as [string, unknown]
    if (word === 'open') {
      key = value as string
      tell('open')
    } else if (word === 'ping') void speak([])
    else if (word === 'close') tell('close', value)
  }

  listen().then(
    () => tell('close', 1006),
    (error: Error) => {
      tell('error', error)
      tell('close', 1006)
    },
  )
  return {
    on: (event, listener) => listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    send: (data) => void speak([String(data)]),
    ping: () => void speak([]).then(({ status }) => status === 204 && tell('pong')),
    terminate: () => gone.abort(),
  }
}
