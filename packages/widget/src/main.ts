import type { Look } from '@beckon/protocol'
import { newClientId } from '../../client/src/client-id.ts'
import type { MountWidget } from '../../tracker/src/port.ts'
import { card } from './card/card.ts'
import { cardCss } from './card/card-css.ts'
import { decline, reply, strikeClock, type } from './card/card-state.ts'
import { type Child, draw } from './draw.ts'
import { launcher } from './launcher/launcher.ts'
import { launcherCss } from './launcher/launcher-css.ts'
import { lazily } from './lazily.ts'
import type { PanelHandle, PanelView } from './panel/panel.ts'
import {
  apply,
  close,
  type Effect,
  type Happen,
  hear,
  initialState,
  isChatting,
  KEPT,
  open,
  pressLauncher,
} from './state.ts'
import { watchDecency } from './surface/attention.ts'
import { dress } from './surface/dress.ts'
import { standOnPage } from './surface/host.ts'
import { addPart, openLayer } from './surface/root.ts'
import { words } from './words.ts'

/*
 * The shell: hears the wire, the page and the visitor's hand, asks `apply` what that means, draws
 * the result and carries out the effects. It shows nothing until there is something to show.
 */

// Looks the same as the media query in the reader's hand: under this width panels fill the screen.
const PHONE = '(max-width: 479px)'
const DARK = '(prefers-color-scheme: dark)'

export const mount: MountWidget = (port) => {
  const { storage, timers } = port
  const leaving = new AbortController()
  const { signal } = leaving
  const host = standOnPage(signal)
  const { layer, root, own } = openLayer(host, launcherCss + cardCss)
  // A live region speaks only of what changes in it: it stands here before there is news.
  const said = addPart(layer, 'said')
  said.ariaLive = 'polite'
  const panelStage = addPart(layer, 'panel-stage')
  const stage = addPart(layer, 'stage')
  const corner = addPart(layer, 'corner')

  const phone = matchMedia(PHONE)
  const dark = matchMedia(DARK)
  let state = initialState({
    announced: storage.get('announced'),
    written: storage.get('written'),
    answered: storage.get('start'),
  })
  let view: PanelView | undefined
  let panel: PanelHandle | undefined
  /** Draws what is offered in the last 20 s, once that is loaded. */
  let offer: (() => Child) | undefined
  let ended: Extract<Effect, { do: 'leave' }>['ended']
  let focusPanel = false
  /** The element of the page that opened the panel. */
  let opener: HTMLElement | undefined
  let callOff: (() => void) | undefined

  const happen: Happen = (move, ...about) => {
    if (signal.aborted) return
    const before = state
    const [next, effects] = apply(before, (draft) => move(draft, ...about))
    state = next
    for (const key of KEPT) if (next[key] !== before[key]) storage.set(key, next[key] ?? null)
    show()
    effects.forEach(carryOut)
    decency.consider()
  }

  const decency = watchDecency({
    host,
    layer,
    phone,
    signal,
    after: timers.after,
    now: () => state,
    happen,
    redraw: show,
  })

  function show(): void {
    const { look: page, opened, open: isOpen, chat } = state
    if (!page) return
    const look = opened ?? page
    ;({ lang: layer.lang, dir: layer.dir } = Object.assign(words, page.words))
    const main = page.main ?? (page.launcher ? page : look)
    dress(layer, look, dark.matches)
    dress(corner, main, dark.matches)
    own((page.css ?? '') + (opened?.css ?? ''))
    view = { look, chat, open: isOpen, phone: phone.matches }
    draw(stage, cardNow(view))
    draw(corner, launcherNow(main, view))
    if (isOpen || isChatting(state) || storage.get('start') || storage.get('open')) loadPanel()
    panel?.update(view)
  }

  function cardNow({ look, phone }: PanelView): Child {
    const { card: waits, replying, written } = state
    const is = waits ?? replying
    if (is?.closing) loadOffer()
    return (
      is &&
      card(
        {
          ...is.invitation,
          ...is,
          siteName: look.siteName,
          reply: (replying ? replying.text : written) ?? '',
          phone,
          moved: decency.moved(),
          unplaced: !is.shown,
          inert: !waits,
        },
        doings,
        is.closing && offer?.(),
      )
    )
  }

  const doings = {
    type(text: string) {
      happen(type, text, performance.now())
      // What comes after a reply is there when it is pressed.
      loadPanel()
    },
    yes: () => happen(reply, newClientId()),
    no: () => happen(decline, newClientId()),
  }

  function launcherNow(look: Look, { phone, open }: PanelView): Child {
    const { card: is, replying, unread } = state
    const waiting = is && !is.shown && is.invitation.agent
    if (((is || replying) && !waiting && !decency.moved()) || (open && phone)) return
    const isNeeded = open || waiting || unread || isChatting(state)
    if (!look.launcher && !isNeeded) return
    const { online, style } = look
    const face = online ? style.onlineText : style.offlineText
    const href = !isNeeded && look.elsewhere
    return launcher({ face, online, open, unread, waiting, href }, () => happen(pressLauncher))
  }

  const doers: { [Does in Effect['do']]: (effect: Extract<Effect, { do: Does }>) => void } = {
    send: ({ frame }) => port.send(frame),
    start({ starting }) {
      storage.set('start', JSON.stringify(starting))
      panel?.takeUp()
    },
    leave(left) {
      storage.set('left', left.text)
      ended = left.ended
      panel?.takeUp(ended)
      loadPanel()
    },
    wake({ ms }) {
      callOff?.()
      callOff = ms === undefined ? ms : timers.after(ms, () => happen(strikeClock))
    },
    announce({ text }) {
      said.textContent = text
    },
    // Only after the visitor's own doing: a chat that goes on from the last page takes no focus.
    focus({ on }) {
      focusPanel = on === 'panel'
      if (focusPanel) panel?.focus()
      else {
        ;(opener ?? layer.querySelector<HTMLElement>(`.${on}`))?.focus({ preventScroll: true })
        opener = undefined
      }
    },
  }
  const carryOut = (effect: Effect) => (doers[effect.do] as (effect: Effect) => void)(effect)

  const loadPanel = lazily(
    () => import('./panel/panel.ts'),
    ({ mountPanel }) => {
      if (signal.aborted || !view) return
      panel = mountPanel({ port, root, signal, stage: panelStage, view, ended, happen })
      show()
      if (focusPanel) panel.focus()
    },
    // The network failed; the next press tries again.
    () => happen(close),
  )

  const loadOffer = lazily(
    () => import('./card/closing.ts'),
    ({ offerToKeep }) => {
      offer = offerToKeep(root, happen)
      show()
    },
  )

  // Keys typed to us are not the page's shortcuts; a closed root would hide that they come from a field.
  for (const kind of ['keydown', 'keyup', 'keypress']) {
    layer.addEventListener(kind, (event) => event.stopPropagation())
  }
  for (const query of [phone, dark]) query.addEventListener('change', show, { signal })
  const unhear = port.on((happening) => happen(hear, happening))
  if (port.welcome) happen(hear, { type: 'frame', frame: port.welcome })

  return {
    open(look, element) {
      opener = element
      happen(open, look)
    },
    close: () => happen(close),
    destroy() {
      leaving.abort()
      unhear()
      callOff?.()
    },
  }
}
