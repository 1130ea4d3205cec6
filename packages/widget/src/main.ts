import { newClientId } from '../../client/src/client-id.ts'
import type { MountWidget } from '../../tracker/src/port.ts'
import { card } from './card/card.ts'
import { cardCss } from './card/card-css.ts'
import { type Child, draw } from './draw.ts'
import { isKeptCard, keep, kept } from './kept.ts'
import { launcher } from './launcher/launcher.ts'
import { launcherCss } from './launcher/launcher-css.ts'
import type { PanelHandle } from './panel/panel.ts'
import { apply, type Effect, initialState, isChatting, type WidgetHappening } from './state.ts'
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
  let state = initialState(
    kept(port, 'card', isKeptCard),
    storage.get('open') === '1' && !phone.matches,
  )
  let panel: PanelHandle | undefined
  let isLoading = false
  let begin: string | undefined
  let focusPanel = false
  let callOff: (() => void) | undefined

  const happen = (happening: WidgetHappening): void => {
    if (signal.aborted) return
    const [next, effects] = apply(state, happening)
    state = next
    show()
    effects.forEach(carryOut)
    // What decency itself says is no reason to ask it again.
    if (happening.type !== 'decency') decency.consider()
  }

  const decency = watchDecency({
    host,
    signal,
    every: timers.every,
    find: (name) => layer.querySelector(name),
    now: () => state.card,
    phone: () => phone.matches,
    happen,
    redraw: show,
  })

  function show(): void {
    const { look, open } = state
    if (!look) return
    const { style, themes } = look
    const isDark = style.scheme === 'auto' ? dark.matches : style.scheme === 'dark'
    dress(layer, style, { theme: isDark ? themes.dark : themes.light, dark: isDark })
    layer.dir = getComputedStyle(document.documentElement).direction
    draw(stage, cardNow(), launcherNow())
    if (open || isChatting(state)) loadPanel()
    panel?.update({ open, phone: phone.matches, look })
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
        face: is.is,
        boxOpen: is.is !== 'open' || is.boxOpen,
        ...(is.is === 'open' && {
          closing: is.closing,
          isNew: is.isNew,
          unplaced: !is.shown,
          problem: is.problem,
        }),
      },
      doings,
    )
  }

  const doings = {
    type: (text: string) => happen({ type: 'typed', text, now: performance.now() }),
    reply: () => happen({ type: 'replied', id: newClientId() }),
    decline: () => happen({ type: 'declined', id: newClientId() }),
    keep: () => happen({ type: 'kept open', id: newClientId() }),
    start: () => happen({ type: 'started anyway' }),
  }

  function launcherNow(): Child {
    const { look, card: is, open, unread } = state
    const waiting = is.is === 'open' && !is.shown
    if (!look || (is.is !== 'none' && !waiting && !decency.moved())) return
    if (open && phone.matches) return
    if (!look.launcher && !open && !waiting && !unread && !isChatting(state)) return
    const { online, style } = look
    const face = online ? style.onlineText : style.offlineText
    return launcher({ face, online, open, unread, waiting }, () =>
      happen({ type: 'launcher pressed' }),
    )
  }

  function carryOut(effect: Effect): void {
    switch (effect.do) {
      case 'send':
        port.send(effect.frame)
        break
      case 'keep card':
        keep(port, 'card', effect.card)
        break
      case 'keep draft':
        storage.set('draft', effect.text)
        break
      case 'keep open':
        storage.set('open', effect.open ? '1' : null)
        break
      case 'wake':
        callOff?.()
        callOff =
          effect.ms === undefined
            ? undefined
            : timers.after(effect.ms, () => happen({ type: 'closing' }))
        break
      case 'announce':
        said.textContent = effect.text
        break
      case 'focus':
        focusPanel = effect.on === 'panel'
        if (focusPanel) focusPanelWhenReady()
        else stage.querySelector<HTMLElement>(`.${effect.on}`)?.focus({ preventScroll: true })
        break
      case 'begin':
        begin = effect.text
        panel?.begin(begin)
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
          close: () => happen({ type: 'closed' }),
          unread: (count) => happen({ type: 'unread', count }),
        })
        if (begin !== undefined) panel.begin(begin)
        happen({ type: 'panel ready' })
        focusPanelWhenReady()
      },
      () => {
        // The network failed; the next press tries again.
        isLoading = false
        if (state.open) happen({ type: 'closed' })
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
  for (const type of ['keydown', 'keyup', 'keypress']) {
    layer.addEventListener(type, (event) => event.stopPropagation())
  }
  for (const query of [phone, dark]) query.addEventListener('change', show, { signal })
  const unhear = port.on(happen)
  if (port.welcome) happen({ type: 'frame', frame: port.welcome })

  return {
    open: () => happen({ type: 'opened' }),
    close: () => happen({ type: 'closed' }),
    destroy() {
      leaving.abort()
      unhear()
      callOff?.()
    },
  }
}
