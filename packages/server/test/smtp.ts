import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

export type Received = { from: string; to: string[]; headers: Map<string, string>; body: string }
export type Smtp = Awaited<ReturnType<typeof openSmtp>>

/** A real mail server on a free port: it takes everything, unless it is told to refuse. */
export async function openSmtp(options: { port?: number } = {}) {
  const received: Received[] = []
  const refusals: { code: number; words: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    // Connections that are kept for the next mail are not waited for.
    closeTimeout: 10,
    onAuth: ({ username, password }, _session, done) =>
      password === 'right'
        ? done(null, { user: username })
        : done(Object.assign(new Error('no'), { responseCode: 535 })),
    onRcptTo(_address, _session, done) {
      const refusal = refusals.shift()
      if (!refusal) return done()
      done(Object.assign(new Error(refusal.words), { responseCode: refusal.code }))
    },
    onData(stream, { envelope }, done) {
      text(stream).then((raw) => {
        const [head = '', ...rest] = raw.split('\r\n\r\n')
        received.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          headers: headersIn(head),
          body: decoded(rest.join('\n\n')),
        })
        done()
      }, done)
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    received,
    /** The next recipient is refused with this. */
    refuse: (code: number, words: string) => void refusals.push({ code, words }),
    close: () => new Promise<void>((resolve) => server.close(resolve)),
    [Symbol.asyncDispose]() {
      return this.close()
    },
  }
}

/** A header that stands twice is a fault here. */
function headersIn(head: string): Map<string, string> {
  const headers = new Map<string, string>()
  for (const line of head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? []
    const key = name.toLowerCase()
    if (headers.has(key)) throw new Error(`Two headers ${key}`)
    headers.set(key, value)
  }
  return headers
}

/** Quoted-printable, as far as these mails use it. */
const decoded = (body: string): string =>
  Buffer.from(
    body
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      ),
    'latin1',
  ).toString('utf8')
