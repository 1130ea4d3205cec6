import {
  type ChatId,
  type IdentityClaim,
  type InvitationId,
  type Page,
  PROTOCOL_VERSION,
  type VisitId,
  type VisitorFrame,
  type VisitorHello,
  type VisitorServerFrame,
} from '@beckon/protocol'
import { WebSocket } from 'ws'
import type { Random } from './random.ts'

/** Who the simulated visitor is and where its browser says it is. */
export type Persona = {
  site: string
  /** Origin header: the page the snippet stands on. */
  origin: string
  /** X-Forwarded-For, for a server that trusts this machine as its proxy. */
  address?: string
  userAgent?: string
  language?: string
  timeZone?: string
  identity?: IdentityClaim
  robot?: boolean
}

/** What happened to this visitor, kept to compare with what the server knows. */
export type VisitorLedger = {
  pageViews: number
  invitations: { id: InvitationId; text: string; at: number }[]
  /** Client ids of messages sent and of those acknowledged, with the seq each was given. */
  sent: string[]
  acknowledged: Map<string, number>
  /** Messages seen, by chat: seq → text. */
  seen: Map<ChatId, Map<number, string>>
  refused: string[]
}

type SimulatedVisitorOptions = {
  /** `ws://host:port` */
  server: string
  persona: Persona
  random: Random
  /** The token of an earlier visit: the same browser comes back. */
  token?: string
  /** Binds the connection to this loopback address, so that one machine can be many. */
  localAddress?: string
  onFrame?: (frame: VisitorServerFrame, visitor: SimulatedVisitor) => void
}

export type SimulatedVisitor = {
  readonly persona: Persona
  readonly ledger: VisitorLedger
  readonly visitId: VisitId | undefined
  readonly token: string | undefined
  readonly chatId: ChatId | undefined
  readonly connected: boolean
  /** Resolves when the server has welcomed this page. */
  arrive(page: Omit<Page, 'id'>): Promise<void>
  /** A new page in the same tab, without a new connection (as in a single-page site). */
  navigate(page: Omit<Page, 'id'>): void
  /** A full page change: closes, opens again with the token and the visit. */
  reload(page: Omit<Page, 'id'>): Promise<void>
  send(frame: VisitorFrame): void
  /** Answers the open invitation or writes into the chat; resolves when acknowledged. */
  reply(invitationId: InvitationId, text: string): Promise<Acknowledged>
  /** The same id again is the same message: sent once more where the answer was lost. */
  write(chatId: ChatId, text: string, id?: string): Promise<Acknowledged>
  startChat(text: string, id?: string): Promise<Acknowledged>
  leave(): void
  /** The network is gone from one moment to the next. */
  cut(): void
}

/** What the server says of a message it has stored. */
export type Acknowledged = { seq: number | undefined; chatId: ChatId | undefined }

/** One visitor on a real connection, speaking the public protocol and keeping a ledger. */
export function simulatedVisitor(options: SimulatedVisitorOptions): SimulatedVisitor {
  const { server, persona, random, onFrame } = options
  const ledger: VisitorLedger = {
    pageViews: 0,
    invitations: [],
    sent: [],
    acknowledged: new Map(),
    seen: new Map(),
    refused: [],
  }
  const waiting = new Map<
    string,
    { done(answer: Acknowledged): void; failed(reason: Error): void }
  >()
  let socket: WebSocket | undefined
  let token = options.token
  let visitId: VisitId | undefined
  let chatId: ChatId | undefined

  const see = (id: ChatId, messages: readonly { seq: number; text: string }[]) => {
    const seen = ledger.seen.get(id) ?? new Map<number, string>()
    ledger.seen.set(id, seen)
    for (const message of messages) seen.set(message.seq, message.text)
  }

  const take = (frame: VisitorServerFrame) => {
    switch (frame.type) {
      case 'welcome':
        token = frame.token ?? token
        visitId = frame.visit
        if (frame.chat) openChat(frame.chat.id)
        break
      case 'token':
        token = frame.token
        visitId = frame.visit
        break
      case 'invitation':
        ledger.invitations.push({
          id: frame.invitation.id,
          text: frame.invitation.text,
          at: performance.now(),
        })
        break
      case 'chat':
        if (frame.chat.id !== chatId) openChat(frame.chat.id)
        break
      case 'chat.snapshot':
        see(frame.chatId, frame.state.messages)
        break
      case 'chat.event':
        see(frame.chatId, frame.event.messages ?? [])
        if (frame.event.chat?.state === 'ended' && frame.chatId === chatId) chatId = undefined
        break
      case 'done':
        if (frame.seq !== undefined) ledger.acknowledged.set(frame.id, frame.seq)
        waiting.get(frame.id)?.done({ seq: frame.seq, chatId: frame.chatId })
        waiting.delete(frame.id)
        break
      case 'refused':
        ledger.refused.push(frame.code)
        if (frame.id) {
          waiting.get(frame.id)?.failed(new Error(`${frame.code}: ${frame.message}`))
          waiting.delete(frame.id)
        }
        break
      default:
    }
  }

  const openChat = (id: ChatId) => {
    chatId = id
    const seen = ledger.seen.get(id)
    send({ type: 'chat.open', chatId: id, after: seen ? Math.max(0, ...seen.keys()) : 0 })
  }

  const send = (frame: VisitorFrame) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
  }

  const ask = (frame: Extract<VisitorFrame, { id: string }>) => {
    ledger.sent.push(frame.id)
    return new Promise<Acknowledged>((done, failed) => {
      if (!visitor.connected) return failed(new Error('the connection was lost'))
      waiting.set(frame.id, { done, failed })
      send(frame)
    })
  }

  const lose = () => {
    for (const { failed } of waiting.values()) failed(new Error('the connection was lost'))
    waiting.clear()
  }

  const arrive = (page: Omit<Page, 'id'>) =>
    new Promise<void>((resolve, reject) => {
      const opened = new WebSocket(`${server}/ws/visitor`, {
        origin: persona.origin,
        perMessageDeflate: false,
        localAddress: options.localAddress,
        headers: {
          'user-agent':
            persona.userAgent ??
            'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
          ...(persona.address ? { 'x-forwarded-for': persona.address } : {}),
        },
      })
      socket = opened
      opened.on('open', () => {
        ledger.pageViews += 1
        const hello: VisitorHello = {
          type: 'hello',
          v: PROTOCOL_VERSION,
          site: persona.site,
          privacy: 'returning',
          page: { ...page, id: random.id() },
          visible: true,
          focused: true,
          ...(token ? { token } : {}),
          ...(visitId ? { visit: visitId } : {}),
          ...(persona.language ? { language: persona.language } : {}),
          ...(persona.timeZone ? { timeZone: persona.timeZone } : {}),
          ...(persona.identity ? { identity: persona.identity } : {}),
          ...(persona.robot ? { robot: true } : {}),
        }
        opened.send(JSON.stringify(hello))
      })
      opened.on('message', (data) => {
        const frame = JSON.parse(String(data)) as VisitorServerFrame
        take(frame)
        if (frame.type === 'welcome') resolve()
        onFrame?.(frame, visitor)
      })
      opened.on('error', reject)
      opened.on('close', (code) => {
        reject(new Error(`closed with ${code}`))
        if (socket === opened) lose()
      })
    })

  const visitor: SimulatedVisitor = {
    persona,
    ledger,
    get visitId() {
      return visitId
    },
    get token() {
      return token
    },
    get chatId() {
      return chatId
    },
    get connected() {
      return socket?.readyState === WebSocket.OPEN
    },
    arrive,
    navigate(page) {
      ledger.pageViews += 1
      send({ type: 'page', page: { ...page, id: random.id() } })
    },
    async reload(page) {
      visitor.leave()
      await arrive(page)
    },
    send,
    reply: (invitationId, text) =>
      ask({ type: 'invitation.reply', id: random.id(), invitationId, text }),
    write: (chat, text, id = random.id()) => ask({ type: 'message.send', id, chatId: chat, text }),
    startChat: (text, id = random.id()) => ask({ type: 'chat.start', id, text }),
    leave() {
      socket?.removeAllListeners('close')
      socket?.close(1000)
      socket = undefined
      lose()
    },
    cut() {
      socket?.terminate()
      socket = undefined
      lose()
    },
  }
  return visitor
}
