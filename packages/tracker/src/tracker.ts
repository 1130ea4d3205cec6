import {
  type Carrier,
  type ConnectionCore,
  keepConnected,
  newClientId,
} from '@beckon/client/connection'
import type {
  IdentityClaim,
  Page,
  PrivacyLevel,
  VisitId,
  VisitorFrame,
  VisitorHello,
  VisitorServerFrame,
} from '@beckon/protocol'
import { attention, watchAttention } from './attention.ts'
import { encode } from './encode.ts'
import { after, every, leave, listen, quietly } from './guest.ts'
import { claimOf, type Person } from './identity.ts'
import { findLevel, forget, get, level as keptLevel, moveTo, set, storage } from './keep.ts'
import { allowedLevel, consentOf, isAbove } from './levels.ts'
import { beginPage, currentPage, LINK, virtualPage, watchPages } from './pages.ts'
import type { Port, PortHappening, PortState, Welcome } from './port.ts'
import { inTurn, passTurn } from './turn.ts'
import {
  closeWidget,
  loadChunk,
  openWidget,
  removeWidget,
  showWidget,
  usePort,
  wanted,
} from './widget-loader.ts'

/*
 * The visitor's side of Who's On: one connection that says which page is open and whether anybody
 * looks at it, and a port to it for the widget, which is loaded only when there is something to show.
 */

export type Tag = {
  origin: string
  site: string
  privacy: string | undefined
  consent: PrivacyLevel | undefined
}

/** The protocol of docs/protocol.md that this script speaks. */
export const VERSION = 1

/** An agent stopped tracking this visit: stay away until the next page view. */
const STOPPED = 4006

/** In numbers of 32 bits. */
const TOKEN_LENGTH = 8

/** Kept: the token (of every site of the brand), the visit (of this site), `asked`, and `http` of http.ts. */
const TOKEN = 'token'
/** Storage began as a service the visitor asked for by replying, above what was allowed. */
const ASKED = 'asked'

// A page may have a Temporal of its own.
const { WebSocket, Temporal } = globalThis as {
  WebSocket: typeof globalThis.WebSocket
  Temporal?: { Now?: { timeZoneId(): string } }
}

export function startTracker({ origin, site, privacy, consent }: Tag) {
  const VISIT = `visit:${site}`
  const listeners = new Set<(happening: PortHappening) => void>()
  let connection: ConnectionCore<VisitorHello | VisitorFrame> | undefined
  let state: PortState = 'connecting'
  let stoppedWith: number | undefined
  let welcome: Welcome | undefined
  let identity: IdentityClaim | undefined
  /** Said of the visitor after the hello and before the welcome. */
  let unsaid: boolean
  let awake = false
  /** Another one where WebSocket is blocked. */
  let socket = (url: string): Carrier => new WebSocket(url)
  /** The page as the server knows it. */
  let told: Page | undefined

  const allowed = () => allowedLevel(consent, privacy)

  const send = (frame: VisitorFrame): boolean => !!connection?.send(frame)

  const tell = (happening: PortHappening) => {
    listeners.forEach((hear) => {
      quietly(() => hear(happening))
    })
  }

  const become = (next: PortState) => {
    state = next
    passTurn()
    tell({ type: 'state', state })
  }

  const tellPage = () => {
    const page = currentPage()
    if (page.id !== told?.id) {
      if (stoppedWith === STOPPED) stoppedWith = undefined
      connectNow()
    }
    // Elements that open a chat have a chunk of their own.
    if (welcome && document.querySelector(LINK)) loadChunk('lazy/links.js', (mount) => mount(port))
    if (!told || encode(page) === encode(told)) return
    if (send({ type: page.id === told.id ? 'page.update' : 'page', page })) told = page
  }

  const tellIdentity = () => send({ type: 'identify', identity: identity ?? null })

  const hello = (): VisitorHello => {
    unsaid = false
    const level = allowed() as PrivacyLevel
    // Another tab may have been given one meanwhile.
    if (!get(TOKEN)) findLevel(TOKEN)
    // What was stored before the visitor's signal came is not kept on (DESIGN §4).
    if (!get(ASKED) && isAbove(keptLevel, level)) forget()
    told = currentPage()
    // In memory, until the welcome says where it may be kept; the same one if no welcome comes.
    if (level !== 'presence' && !get(TOKEN)) set(TOKEN, newClientId(TOKEN_LENGTH))
    return {
      type: 'hello',
      v: VERSION,
      site,
      [keptLevel === 'presence' ? 'newToken' : 'token']: get(TOKEN),
      visit: get(VISIT) as VisitId | undefined,
      privacy: get(ASKED) ? keptLevel : level,
      page: told,
      ...attention(),
      language: navigator.language,
      // The first `Intl.DateTimeFormat` of a page takes Chromium 20 ms on a fast machine.
      timeZone: Temporal?.Now?.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      screen: `${screen.width}x${screen.height}`,
      robot: navigator.webdriver,
      identity,
    }
  }

  const connectNow = (isOurTurn?: true) => {
    if (!awake || connection || stoppedWith || !allowed()) return
    if (!isOurTurn && !get(TOKEN)) {
      // One tab after the other, so that the next one comes with the token of the first.
      inTurn(() => connectNow(true))
      return
    }
    connection = keepConnected<VisitorHello | VisitorFrame, VisitorServerFrame>({
      socket: () => socket(`${origin.replace('http', 'ws')}/ws/visitor`),
      hello,
      encode,
      after,
      onFrame: (frame) => quietly(() => received(frame)),
      onState(next, { code }) {
        if (code) {
          stoppedWith = code
          disconnect()
        } else if (!welcome) fallBack()
        become(next)
        if (next === 'open') {
          if (unsaid) tellIdentity()
          tellPage()
          reportAttention()
        }
      },
    })
  }

  const disconnect = () => {
    connection?.close()
    connection = undefined
  }

  const remove = () => {
    disconnect()
    removeWidget()
    forget()
    welcome = undefined
    become('stopped')
  }

  const received = (frame: VisitorServerFrame) => {
    note(frame)
    tell({ type: 'frame', frame })
    if (!welcome) return
    const { invitation, chat, look } = welcome
    if (wanted || invitation || look.launcher || (chat && chat.state !== 'ended')) showWidget()
  }

  /** Keeps the last welcome true, so that a widget that is mounted later starts from it. */
  const note = (frame: VisitorServerFrame) => {
    const { type } = frame
    const { token, visit, privacy: level } = frame as Partial<Welcome>
    // A welcome, or a token that comes later.
    if (level) {
      moveTo(level)
      set(VISIT, visit as VisitId)
      if (token) {
        set(TOKEN, token)
        set(ASKED, isAbove(level, allowed() as PrivacyLevel) ? '1' : null)
      }
    }
    if (type === 'welcome') welcome = frame
    // biome-ignore lint/suspicious/noConsole: the one word to whoever builds the page
    if (type === 'warning') console.warn(frame.message)
    if (!welcome) return
    if (type === 'reset') {
      // Another person: nothing of the one before stays. Their token follows.
      forget()
      welcome.invitation = welcome.chat = undefined
    }
    if (type === 'invitation.ended') welcome.invitation = undefined
    // Whatever frame brings one of these tells that part of the welcome anew.
    const { look, chat, invitation } = frame as Partial<Welcome>
    if (look) welcome.look = look
    if (chat) welcome.chat = chat
    if (!invitation) return
    welcome.invitation = invitation
    if (invitation.state === 'sent') {
      send({ type: 'invitation.delivered', invitationId: invitation.id })
    }
  }

  const port: Port = {
    get state() {
      return state
    },
    get welcome() {
      return welcome
    },
    origin,
    open: openWidget,
    hide: remove,
    show: connectNow,
    send,
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    storage,
    timers: { after, every },
  }

  /** No row and no hit before somebody sees the page. */
  const wake = () => {
    awake = true
    connectNow()
  }

  /** Perhaps WebSocket is blocked: the next try goes another way. */
  const fallBack = () =>
    loadChunk<typeof socket>('http.js', (mount) => {
      socket = mount(port)
    })

  const openPrivacy = () => loadChunk('lazy/privacy.js', (mount) => mount(port))

  findLevel(TOKEN)
  usePort(port)
  watchPages(tellPage)
  const reportAttention = watchAttention(send)
  listen<MouseEvent>(document, 'click', (event) => {
    if (!(event.target as Element).closest('[data-beckon-privacy]')) return
    // Its own address is for whoever has nothing to see or to take back here.
    if (allowed() && !welcome?.look.privacy) return
    event.preventDefault()
    openPrivacy()
  })
  listen(window, 'online', () => connection?.retry())
  listen(window, 'pagehide', () => {
    disconnect()
    become('lost')
  })
  listen<PageTransitionEvent>(window, 'pageshow', ({ persisted }) => {
    if (persisted) beginPage('')
  })
  if ((document as { prerendering?: boolean }).prerendering) {
    listen(document, 'prerenderingchange', wake)
  } else wake()

  const api = {
    identify(person: Person | null): void {
      identity = person ? claimOf(person) : undefined
      // Not connected: the next hello simply comes from somebody new.
      unsaid = !tellIdentity()
      if (unsaid && !person) forget()
    },
    page: virtualPage,
    /** Reserved for triggers: accepted and ignored. */
    track(): void {},
    consent(value: unknown): void {
      const before = allowed()
      consent = consentOf(value)
      if (before === allowed()) return
      if (consent) disconnect()
      else {
        send({ type: 'consent.withdrawn' })
        remove()
      }
      connectNow()
    },
    /** `privacy`: what is known of the visitor, and how to hide. */
    open: (what: unknown): void => (what === 'privacy' ? openPrivacy() : openWidget()),
    close: closeWidget,
    /** Takes everything away again: connection, listeners, widget, storage. */
    destroy(): void {
      remove()
      leave()
    },
  }
  return { port, api }
}
