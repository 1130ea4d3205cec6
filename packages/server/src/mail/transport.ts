import { isLoopbackAddress } from '../settings/settings.ts'
import { seconds } from '../time/clock.ts'

/** A mail in its form, ready for the wire. */
export type Envelope = {
  messageId: string
  to: string
  replyTo: string | null
  subject: string
  text: string
  html: string
}

export type Transport = {
  /** Resolves when the mail server has taken it over. */
  send(envelope: Envelope): Promise<void>
  close(): void
}

const CONNECT_MS = seconds(15)
const SILENCE_MS = seconds(60)
/** A mail server may think ill of more at once. */
const CONNECTIONS = 3

/** What stands behind the @ of Message-IDs: the sender’s own domain looks least like spam. */
export const senderDomain = (from: string): string => /@([^@>]+)>?$/.exec(from)?.[1] ?? 'localhost'

/** The way to the mail server: connections are kept for a moment and used again. */
export function smtpTransport(url: string, from: string): Transport {
  const { hostname, username } = new URL(url)
  const open = async () =>
    (await import('nodemailer')).createTransport(
      {
        url,
        pool: true,
        maxConnections: CONNECTIONS,
        connectionTimeout: CONNECT_MS,
        greetingTimeout: CONNECT_MS,
        socketTimeout: SILENCE_MS,
        // A name and a password go to no server that does not show who it is, but on this machine.
        requireTLS: username !== '' && !isLoopbackAddress(hostname),
        disableFileAccess: true,
        disableUrlAccess: true,
      },
      { from },
    )
  let wire: ReturnType<typeof open> | undefined
  return {
    async send({ messageId, to, replyTo, subject, text, html }) {
      wire ??= open()
      await (await wire).sendMail({
        messageId,
        // As objects: nothing in them is read as a list or as a name.
        to: { name: '', address: to },
        ...(replyTo && { replyTo: { name: '', address: replyTo } }),
        subject,
        text,
        html,
        // Nobody’s absence notes and no loops.
        headers: { 'auto-submitted': 'auto-generated' },
      })
    },
    close: () => void wire?.then((opened) => opened.close()),
  }
}
