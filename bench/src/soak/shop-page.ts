import { keepConnected } from '@beckon/client/connection'
import { createOutbox, type Outbox } from '@beckon/client/outbox'
import {
  type ChatId,
  type Message,
  PROTOCOL_VERSION,
  type VisitId,
  type VisitorFrame,
  type VisitorHello,
  type VisitorInvitation,
  type VisitorServerFrame,
} from '@beckon/protocol'
import { WebSocket } from 'ws'
import type { Random } from '../random.ts'
import type { Ledger } from './ledger.ts'

/*
 * One page of a website as the product's own scripts make it: their connection, with its patience
 * and its spread, and their box of unsent messages. What it is told goes into the ledger.
 */

export type ShopPage = {
  readonly visitId: VisitId | undefined
  readonly chatId: ChatId | undefined
  readonly connected: boolean
  /** Milliseconds each way back took, from the loss of a connection to the next welcome. */
  readonly returns: readonly number[]
  readonly invitations: readonly VisitorInvitation[]
  /** Written and not acknowledged. */
  readonly unsent: number
  readonly unsentIds: readonly string[]
  /** Goes to another page of the site, on the same connection. */
  view(): void
  /** Writes the next message of this page. */
  write(): void
  send(frame: VisitorFrame): void
  /** The browser says that the network is back. */
  retry(): void
  /** The network is gone from one moment to the next. */
  cut(): void
  close(): void
}

export type ShopPageOptions = {
  /** Where a balancer would send it at this moment: `http://127.0.0.1:PORT`. */
  server(): string
  site: { key: string; origin: string }
  /** Begins each of its texts; one word. */
  name: string
  address: string
  /** Loopback address its connections come from, so that one machine has ports for many. */
  localAddress?: string
  random: Random
  ledger: Ledger
  onFrame?(frame: VisitorServerFrame, page: ShopPage): void
}

/** Headers of a browser: the server keeps robots apart. */
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'

export function openShopPage(options: ShopPageOptions): ShopPage {
  const { site, name, random, ledger } = options
  let token: string | undefined
  let visitId: VisitId | undefined
  let chatId: ChatId | undefined
  let last = 0
  let count = 0
  let lostAt: number | undefined
  let open = false
  let socket: WebSocket | undefined
  let outbox: Outbox
  const returns: number[] = []
  const invitations: VisitorInvitation[] = []
  const kept = new Map<string, string | null>()
  const since = new Map<string, number>()
  const after = (ms: number, work: () => void) => {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  }

  const core = keepConnected<VisitorFrame | VisitorHello, VisitorServerFrame>({
    hello: () => ({
      type: 'hello',
      v: PROTOCOL_VERSION,
      site: site.key,
      privacy: 'returning',
      page: { id: random.id(), url: `${site.origin}/`, title: `Page of ${name}` },
      visible: true,
      focused: true,
      ...(token ? { token } : {}),
      ...(visitId ? { visit: visitId } : {}),
    }),
    encode: JSON.stringify,
    after,
    random: () => random.next(),
    socket() {
      const made = new WebSocket(`${options.server().replace('http', 'ws')}/ws/visitor`, {
        origin: site.origin,
        perMessageDeflate: false,
        localAddress: options.localAddress,
        headers: { 'user-agent': USER_AGENT, 'x-forwarded-for': options.address },
      })
      // Told by its close as well.
      made.on('error', () => {})
      socket = made
      return made as unknown as globalThis.WebSocket
    },
    onFrame(frame) {
      take(frame)
      options.onFrame?.(frame, page)
    },
    onState(state) {
      const before = open
      open = state === 'open'
      if (open) {
        if (lostAt !== undefined) returns.push(performance.now() - lostAt)
        lostAt = undefined
        outbox.opened()
      } else if (before) {
        lostAt ??= performance.now()
        outbox.lost()
      }
    },
  })

  outbox = createOutbox({
    key: name,
    storage: {
      get: (key) => kept.get(key) ?? null,
      set: (key, value) => void kept.set(key, value),
      watch: () => () => {},
    },
    lock: {
      acquire(_name, held) {
        const cancel = after(0, held)
        return cancel
      },
    },
    send: ({ id, text }) =>
      core.send(
        chatId ? { type: 'message.send', id, chatId, text } : { type: 'chat.start', id, text },
      ),
    onChange: () => {},
    timers: { after },
    newId: () => random.id(),
  })

  function openChat(id: ChatId): void {
    if (chatId !== id) last = 0
    chatId = id
    core.send({ type: 'chat.open', chatId: id, after: last })
  }

  function see(id: ChatId, messages: readonly Message[]): void {
    if (id !== chatId) return
    for (const { seq, text } of messages) {
      ledger.see(id, seq, text)
      if (seq === last + 1) last = seq
      // Something between is missing: asked for, as a panel does.
      else if (seq > last) {
        openChat(id)
        return
      }
    }
  }

  function take(frame: VisitorServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        token = frame.token ?? token
        visitId = frame.visit
        if (frame.chat) openChat(frame.chat.id)
        if (frame.invitation) invitations.push(frame.invitation)
        break
      case 'token':
        token = frame.token
        visitId = frame.visit
        break
      case 'invitation':
        invitations.push(frame.invitation)
        break
      case 'chat':
        if (frame.chat.id !== chatId) openChat(frame.chat.id)
        break
      case 'chat.snapshot':
        see(frame.chatId, frame.state.messages)
        break
      case 'chat.event':
        see(frame.chatId, frame.event.messages ?? [])
        break
      case 'done': {
        const chat = frame.chatId ?? chatId
        if (frame.seq === undefined || !chat || !ledger.sent.has(frame.id)) break
        if (!ledger.acknowledged.has(frame.id)) {
          ledger.waits.add(performance.now() - (since.get(frame.id) ?? Number.NaN))
        }
        since.delete(frame.id)
        ledger.acknowledge(frame.id, { chatId: chat, seq: frame.seq })
        if (chat !== chatId) openChat(chat)
        outbox.acknowledged(frame.id)
        break
      }
      case 'refused':
        ledger.refuse(frame.code)
        if (frame.id) outbox.refused(frame.id, frame.code, frame.message)
        break
      default:
    }
  }

  const page: ShopPage = {
    get visitId() {
      return visitId
    },
    get chatId() {
      return chatId
    },
    get connected() {
      return open
    },
    returns,
    invitations,
    get unsent() {
      return outbox.list.length
    },
    get unsentIds() {
      return outbox.list.map(({ id }) => id)
    },
    view() {
      const url = `${site.origin}/p/${random.between(1, 999)}`
      core.send({ type: 'page', page: { id: random.id(), url, title: `Page of ${name}` } })
    },
    write() {
      const text = `${name} ${count++}`
      const added = outbox.add(text)
      if (!added) return
      ledger.sent.set(added.id, text)
      since.set(added.id, performance.now())
    },
    send: (frame) => void core.send(frame),
    retry: core.retry,
    cut: () => socket?.terminate(),
    close() {
      core.close()
      outbox.close()
    },
  }
  return page
}
