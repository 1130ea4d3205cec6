import { newClientId } from '../../client/src/client-id.ts'
import type { MountWidget } from '../../tracker/src/port.ts'
import { card } from './card/card.ts'
import { cardCss } from './card/card-css.ts'
import { decline, keepOpen, reply, strikeClock, type } from './card/card-state.ts'
import { type Child, draw } from './draw.ts'
import { isKeptCard, keep, kept } from './kept.ts'
import { launcher } from './launcher/launcher.ts'
import { launcherCss } from './launcher/launcher-css.ts'
import type { PanelHandle } from './panel/panel.ts'
import type { Starting } from './panel/state.ts'
import {
  apply,
  close,
  countUnread,
  type Draft,
  type Effect,
  hear,
  initialState,
  isChatting,
  open,
  panelReady,
  pressLauncher,
} from './state.ts'
import { watchDecency } from './surface/attention.ts'
import { dress } from './surface/dress.ts'
import { standOnPage } from './surface/host.ts'
import { addPart, openLayer } from './surface/root.ts'

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
  const { layer, root } = openLayer(host, launcherCss + cardCss)
  // A live region speaks only of what changes in it: it stands here before there is news.
  const said = addPart(layer, 'said')
  said.ariaLive = 'polite'
  const panelStage = addPart(layer, 'panel-stage')
  const stage = addPart(layer, 'stage')
  layer.lang = 'en'

  const phone = matchMedia(PHONE)
  const dark = matchMedia(DARK)
  let state = initialState({
    kept: kept(port, 'card', isKeptCard),
    reopen: storage.get('open') === '1' && !phone.matches,
    answered: kept<Starting>(port, 'start')?.to?.id,
  })
  let panel: PanelHandle | undefined
  let isLoading = false
  let ended: Extract<Effect, { do: 'leave' }>['ended']
  let focusPanel = false
  let callOff: (() => void) | undefined

  function settle<A extends unknown[]>(move: (draft: Draft, ...about: A) => void, ...about: A) {
    if (signal.aborted) return
    const before = state
    const [next, effects] = apply(before, (draft) => move(draft, ...about))
    state = next
    if (next.kept !== before.kept) keep(port, 'card', next.kept)
    if (next.open !== before.open) storage.set('open', next.open ? '1' : null)
    show()
    effects.forEach(carryOut)
  }

  const happen: typeof settle = (...happening) => {
    settle(...happening)
    decency.consider()
  }

  const decency = watchDecency({
    host,
    signal,
    every: timers.every,
    find: (name) => layer.querySelector(name),
    now: () => state.card,
    phone: () => phone.matches,
    // What decency itself says is no reason to ask it again.
    settle,
    redraw: show,
  })

  function show(): void {
    const { look, open: isOpen } = state
    if (!look) return
    const { style, themes } = look
    const isDark = style.scheme === 'auto' ? dark.matches : style.scheme === 'dark'
    dress(layer, style, { theme: isDark ? themes.dark : themes.light, dark: isDark })
    layer.dir = getComputedStyle(document.documentElement).direction
    draw(stage, cardNow(), launcherNow())
    if (isOpen || isChatting(state) || storage.get('start')) loadPanel()
    panel?.update({ open: isOpen, phone: phone.matches, look })
  }

  function cardNow(): Child {
    const { card: is, look } = state
    if (is.is === 'none' || !look) return
    return card(
      {
        ...is.invitation,
        siteName: look.siteName,
        reply: is.text,
        phone: phone.matches,
        moved: decency.moved(),
        boxOpen: true,
        replying: is.is === 'replying',
        ...(is.is === 'open' && {
          boxOpen: is.boxOpen,
          closing: is.closing,
          isNew: is.isNew,
          unplaced: !is.shown,
        }),
      },
      doings,
    )
  }

  const doings = {
    type(text: string) {
      happen(type, text, performance.now())
      // What comes after a reply is there when it is pressed.
      loadPanel()
    },
    yes() {
      happen(reply, newClientId())
      if (panel) happen(panelReady)
    },
    no: () => happen(decline, newClientId()),
    keep: () => happen(keepOpen, newClientId()),
  }

  function launcherNow(): Child {
    const { look, card: is, open: isOpen, unread } = state
    const waiting = is.is === 'open' && !is.shown
    if (!look || (is.is !== 'none' && !waiting && !decency.moved())) return
    if (isOpen && phone.matches) return
    if (!look.launcher && !isOpen && !waiting && !unread && !isChatting(state)) return
    const { online, style } = look
    const face = online ? style.onlineText : style.offlineText
    return launcher({ face, online, open: isOpen, unread, waiting }, () => happen(pressLauncher))
  }

  function carryOut(effect: Effect): void {
    switch (effect.do) {
      case 'send':
        port.send(effect.frame)
        break
      case 'start':
        keep(port, 'start', effect.starting)
        panel?.takeUp()
        break
      case 'leave': {
        const { text } = effect
        const before = storage.get('draft') ?? ''
        if (!before.includes(text)) storage.set('draft', before ? `${before}\n${text}` : text)
        ended = effect.ended
        panel?.takeUp(ended)
        if (ended) loadPanel()
        break
      }
      case 'wake':
        callOff?.()
        callOff =
          effect.ms === undefined ? undefined : timers.after(effect.ms, () => happen(strikeClock))
        break
      case 'announce':
        said.textContent = effect.text
        break
      case 'focus':
        focusPanel = effect.on === 'panel'
        if (focusPanel) focusPanelWhenReady()
        else stage.querySelector<HTMLElement>(`.${effect.on}`)?.focus({ preventScroll: true })
    }
  }

  function loadPanel(): void {
    if (isLoading) return
    isLoading = true
    import('./panel/panel.ts').then(
      ({ mountPanel }) => {
        if (signal.aborted || !state.look) return
        panel = mountPanel({
          port,
          root,
          signal,
          stage: panelStage,
          chat: state.chat,
          view: { open: state.open, phone: phone.matches, look: state.look },
          ended,
          open: () => happen(open),
          close: () => happen(close),
          unread: (count) => happen(countUnread, count),
        })
        happen(panelReady)
        focusPanelWhenReady()
      },
      () => {
        // The network failed; the next press tries again.
        isLoading = false
        if (state.open) happen(close)
      },
    )
  }

  // Only after the visitor's own doing: a chat that goes on from the last page takes no focus.
  function focusPanelWhenReady(): void {
    if (!focusPanel || !panel) return
    focusPanel = false
    if (state.open) panel.focus()
  }

  // Keys typed to us are not the page's shortcuts; a closed root would hide that they come from a field.
  for (const kind of ['keydown', 'keyup', 'keypress']) {
    layer.addEventListener(kind, (event) => event.stopPropagation())
  }
  for (const query of [phone, dark]) query.addEventListener('change', show, { signal })
  const unhear = port.on((happening) => happen(hear, happening))
  if (port.welcome) happen(hear, { type: 'frame', frame: port.welcome })

  return {
    open: () => happen(open),
    close: () => happen(close),
    destroy() {
      leaving.abort()
      unhear()
      callOff?.()
    },
  }
}
