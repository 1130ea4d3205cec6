import { createServer, type Socket } from 'node:net'
import { expect } from 'vitest'
import { eventually } from './people.ts'

/** A mail server that takes everything, for journeys that wait for a mail. */
export type Mailbox = {
  readonly url: string
  /** The newest link in a mail to somebody with these words in its text. */
  linkTo(address: string, words: RegExp): Promise<string>
  /** The newest mail to somebody with these words in its text. */
  mailTo(address: string, words: RegExp): Promise<string>
  close(): Promise<void>
}

type Mail = { to: string; text: string }

export async function openMailbox(): Promise<Mailbox> {
  const mails: Mail[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    talk(socket, (mail) => mails.push(mail))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  async function mailTo(to: string, words: RegExp): Promise<string> {
    const found = () => mails.findLast((mail) => mail.to === to && words.test(mail.text))
    await eventually(() => found() !== undefined).toBe(true)
    return found()?.text ?? ''
  }
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mailTo,
    async linkTo(to, words) {
      const link = /https?:\/\/\S+#[\w-]+/.exec(await mailTo(to, words))?.[0]
      expect(link).toBeDefined()
      return link ?? ''
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** As much of SMTP as it takes to be told a mail (RFC 5321). */
function talk(socket: Socket, taken: (mail: Mail) => void): void {
  let unread = ''
  let to = ''
  let writing = false
  const say = (line: string) => socket.write(`${line}\r\n`)
  say('220 mailbox')
  socket.on('data', (data) => {
    unread += data.toString('latin1')
    for (;;) {
      const end = writing ? '\r\n.\r\n' : '\r\n'
      const at = unread.indexOf(end)
      if (at < 0) return
      const said = unread.slice(0, at)
      unread = unread.slice(at + end.length)
      if (writing) {
        writing = false
        taken({ to, text: decoded(said) })
        say('250 taken')
        continue
      }
      const [, word = ''] = /^(\w+)/.exec(said.toUpperCase()) ?? []
      if (word === 'RCPT') to = /<([^>]*)>/.exec(said)?.[1] ?? ''
      writing = word === 'DATA'
      say(word === 'DATA' ? '354 go on' : word === 'QUIT' ? '221 bye' : '250 ok')
    }
  })
}

/** Lines that were broken for the way are one again. */
const decoded = (raw: string): string =>
  raw
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
