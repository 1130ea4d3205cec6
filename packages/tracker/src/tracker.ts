import { type Connection, connect } from '@beckon/client/connection'
import type {
  IdentityClaim,
  Page,
  PrivacyLevel,
  VisitId,
  VisitorFrame,
  VisitorHello,
  VisitorServerFrame,
} from '@beckon/protocol'
import { PROTOCOL_VERSION } from '@beckon/protocol/limits'
import { watchAttention } from './attention.ts'
import { encode } from './encode.ts'
import { createGuest, quietly } from './guest.ts'
import { claimOf, type Person } from './identity.ts'
import { createKeep } from './keep.ts'
import { allowedLevel, type Consent, consentOf, isAbove } from './levels.ts'
import { watchPages } from './pages.ts'
import type { Port, PortHappening, PortState, Welcome } from './port.ts'
import { createWidgetLoader } from './widget-loader.ts'

/*
 * The visitor's side of Who's On: one connection that says which page is open and whether anybody
 * looks at it, and a port to it for the widget, which is loaded only when there is something to show.
 */

export type Tag = { origin: string; site: string; privacy: string | null; consent: Consent }

/** An agent stopped tracking this visit: stay away until the next page view. */
const STOPPED = 4006

export type Tracker = ReturnType<typeof createTracker>

export function createTracker({ origin, site, privacy, consent: firstConsent }: Tag) {
  const guest = createGuest()
  const keep = createKeep(site, guest)
  const listeners: (((happening: PortHappening) => void) | undefined)[] = []
  let connection: Connection<VisitorHello | VisitorFrame> | undefined
  let state: PortState = 'connecting'
  let stoppedWith: number | undefined
  let welcome: Welcome | undefined
  let identity: IdentityClaim | undefined
  let consent = firstConsent
  let awake = false
  let opening = false
  /** The page as the server knows it. */
  let told: Page | undefined

  const send = (frame: VisitorFrame): boolean => connection?.send(frame) ?? false

  const tell = (happening: PortHappening) => {
    for (let at = 0; at < listeners.length; at++) quietly(() => listeners[at]?.(happening))
  }

  const become = (next: PortState) => {
    state = next
    tell({ type: 'state', state })
  }

  const tellPage = () => {
    if (stoppedWith === STOPPED && pages.current().id !== told?.id) {
      stoppedWith = undefined
      connectNow()
    }
    const page = pages.current()
    if (!told || encode(page) === encode(told)) return
    if (send({ type: page.id === told.id ? 'page.update' : 'page', page })) told = page
  }

  const pages = watchPages(guest, tellPage)
  const attention = watchAttention(guest, send)

  const hello = (allowed: PrivacyLevel): VisitorHello => {
    let kept = keep.kept()
    if (allowed === 'presence' && keep.level !== 'presence' && !kept?.asked) {
      // What was stored before the signal came is not kept on (DESIGN §4).
      keep.forget()
      kept = undefined
    }
    told = pages.current()
    return {
      type: 'hello',
      v: PROTOCOL_VERSION,
      site,
      token: kept?.token || undefined,
      visit: (kept?.visit || undefined) as VisitId | undefined,
      privacy: kept?.asked ? keep.level : allowed,
      page: told,
      ...attention.hello(),
      language: navigator.language?.slice(0, 35),
      timeZone: timeZone(),
      screen: `${screen.width}x${screen.height}`,
      robot: navigator.webdriver || undefined,
      identity,
    }
  }

  const connectNow = () => {
    if (!awake || connection || guest.gone || stoppedWith || !allowedLevel(consent, privacy)) return
    connection = connect<VisitorHello | VisitorFrame, VisitorServerFrame>({
      url: `${origin.replace('http', 'ws')}/ws/visitor`,
      hello: () => hello(allowedLevel(consent, privacy) ?? 'presence'),
      onFrame: (frame) => quietly(() => received(frame)),
      onState: (next, { code }) => quietly(() => changed(next, code)),
      encode,
      timers: guest,
    })
  }

  const disconnect = () => {
    connection?.close()
    connection = undefined
  }

  const changed = (next: PortState, code: number | undefined) => {
    if (next === 'stopped') {
      stoppedWith = code
      disconnect()
      welcome = undefined
    }
    become(next)
    if (next === 'open') {
      tellPage()
      attention.report()
    }
  }

  const received = (frame: VisitorServerFrame) => {
    note(frame)
    tell({ type: 'frame', frame })
    if (welcome && isSomethingToShow(welcome)) widget.show()
    if (welcome && opening) open()
  }

  /** Keeps the last welcome true, so that a widget that is mounted later starts from it. */
  const note = (frame: VisitorServerFrame) => {
    switch (frame.type) {
      case 'welcome': {
        const kept = keep.kept()
        keep.hold(frame.privacy, {
          token: frame.token ?? kept?.token ?? '',
          visit: frame.visit,
          asked: !frame.token && kept?.asked === true,
        })
        welcome = frame
        if (frame.invitation) delivered(frame.invitation)
        break
      }
      case 'token': {
        const asked = isAbove(frame.privacy, allowedLevel(consent, privacy) ?? 'presence')
        keep.hold(frame.privacy, { token: frame.token, visit: frame.visit, asked })
        break
      }
      case 'look':
        if (welcome) welcome = { ...welcome, look: frame.look }
        break
      case 'invitation':
        if (welcome) welcome = { ...welcome, invitation: frame.invitation }
        delivered(frame.invitation)
        break
      case 'invitation.ended':
        if (welcome?.invitation?.id === frame.invitationId) {
          welcome = { ...welcome, invitation: undefined }
        }
        break
      case 'chat':
        if (welcome) welcome = { ...welcome, chat: frame.chat }
        break
      case 'reset':
        keep.forgetChats()
        if (welcome) welcome = { ...welcome, invitation: undefined, chat: undefined }
    }
  }

  const delivered = ({ id, state: known }: NonNullable<Welcome['invitation']>) => {
    if (known === 'sent') send({ type: 'invitation.delivered', invitationId: id })
  }

  const port: Port = {
    get state() {
      return state
    },
    get welcome() {
      return welcome
    },
    origin,
    siteKey: site,
    send,
    on(listener) {
      const at = listeners.length
      listeners[at] = listener
      return () => {
        listeners[at] = undefined
      }
    },
    storage: keep.storage,
    timers: guest,
  }
  const widget = createWidgetLoader(guest, port)

  const open = () => {
    // Without a welcome there is nothing to draw: it opens when the server has answered.
    opening = !welcome
    if (welcome) widget.open()
  }

  /** No row and no hit before somebody sees the page. */
  const wake = () => {
    if (awake) return
    awake = true
    guest.listen(window, 'pagehide', () => {
      disconnect()
      become('lost')
    })
    guest.listen<PageTransitionEvent>(window, 'pageshow', ({ persisted }) => {
      if (!persisted) return
      if (stoppedWith === STOPPED) stoppedWith = undefined
      pages.again()
      connectNow()
    })
    guest.listen<MouseEvent>(document, 'click', (event) => {
      const { target, button, ctrlKey, metaKey, shiftKey } = event
      if (!welcome || button || ctrlKey || metaKey || shiftKey || !(target instanceof Element))
        return
      if (!target.closest('[data-beckon-link]')) return
      // A link's own address is for pages where the script does not run.
      event.preventDefault()
      open()
    })
    connectNow()
  }

  if ((document as { prerendering?: boolean }).prerendering) {
    guest.listen(document, 'prerenderingchange', wake)
  } else wake()

  return {
    port,
    identify(person: Person | null): void {
      identity = person ? claimOf(person) : undefined
      if (!send({ type: 'identify', identity: identity ?? null }) && !identity) {
        // Not connected: the next hello simply comes from somebody new.
        keep.forget()
      }
    },
    page: (view?: unknown): void => pages.begin((view as { url?: unknown } | undefined) ?? {}),
    consent(value: unknown): void {
      const before = allowedLevel(consent, privacy)
      consent = consentOf(value)
      const after = allowedLevel(consent, privacy)
      if (after === before) return
      disconnect()
      if (!after) {
        widget.remove()
        welcome = undefined
        keep.forget()
        become('stopped')
      }
      connectNow()
    },
    open,
    close(): void {
      opening = false
      widget.close()
    },
    destroy(): void {
      disconnect()
      widget.remove()
      guest.leave()
      keep.forget()
    },
  }
}

const isSomethingToShow = ({ invitation, chat, look }: Welcome): boolean =>
  invitation !== undefined || look.launcher || (chat !== undefined && chat.state !== 'ended')

function timeZone(): string | undefined {
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone.slice(0, 60)
  } catch {
    return undefined
  }
}
