import { newClientId } from '../../client/src/client-id.ts'
import type { MountWidget } from '../../tracker/src/port.ts'
import { card } from './card/card.ts'
import { cardCss } from './card/card-css.ts'
import { type Child, draw } from './draw.ts'
import { keptIn } from './kept.ts'
import { launcher } from './launcher/launcher.ts'
import { launcherCss } from './launcher/launcher-css.ts'
import type { PanelHandle } from './panel/panel.ts'
import { apply, type Effect, initialState, isChatting, type WidgetHappening } from './state.ts'
import { watchDecency } from './surface/attention.ts'
import { dress } from './surface/dress.ts'
import { standOnPage } from './surface/host.ts'
import { openLayer } from './surface/root.ts'

/*
 * The shell: hears the wire, the page and the visitor's hand, asks `apply` what that means, draws
 * the result and carries out the effects. It shows nothing until there is something to show.
 */

// Looks the same as the media query in the reader's hand: under this width panels fill the screen.
const PHONE = '(max-width: 479px)'
const DARK = '(prefers-color-scheme: dark)'

export const mount: MountWidget = (port) => {
  const page = document
  const { host, destroy: leave } = standOnPage(page)
  const { layer, root } = openLayer(host, launcherCss + cardCss)
  const part = (name: string) => {
    const element = page.createElement('div')
    element.className = name
    layer.append(element)
    return element
  }
  // A live region speaks only of what changes in it: it stands here before there is news.
  const said = part('said')
  said.setAttribute('aria-live', 'polite')
  const panelStage = part('panel-stage')
  const stage = part('stage')
  layer.lang = 'en'

  const kept = keptIn(port)
  const phone = matchMedia(PHONE)
  const dark = matchMedia(DARK)
  let state = initialState(kept.card(), kept.open() && !phone.matches)
  let panel: PanelHandle | 'loading' | undefined
  let begin: string | undefined
  let focusPanel = false
  let calledOff: (() => void) | undefined
  let gone = false

  const happen = (happening: WidgetHappening): void => {
    if (gone) return
    const [next, effects] = apply(state, happening)
    if (next !== state) {
      state = next
      show()
    }
    for (const effect of effects) carryOut(effect)
    decency.consider()
  }

  const decency = watchDecency({
    page,
    host,
    every: port.timers.every,
    card: () => (state.card.is === 'open' ? stage.querySelector<HTMLElement>('.card') : null),
    now: () => state.card,
    obstacle: () => panelStage.querySelector('.panel'),
    phone: () => phone.matches,
    happen,
    redraw: () => show(),
  })

  function show(): void {
    const { look } = state
    if (!look) return
    const { style } = look
    dress(layer, style, style.scheme === 'auto' ? dark.matches : style.scheme === 'dark')
    layer.dir = getComputedStyle(page.documentElement).direction
    draw(stage, cardNow(), launcherNow())
    if (state.open || isChatting(state)) loadPanel()
    if (typeof panel === 'object') panel.update({ open: state.open, phone: phone.matches, look })
  }

  function cardNow(): Child {
    const { card: is, look } = state
    if (is.is === 'none' || !look) return
    const { agent, groupName, text } = is.invitation
    const facts = { agent, groupName, text, siteName: look.siteName, reply: is.text }
    const flow = { phone: phone.matches, moved: decency.moved(), face: is.is }
    const shown =
      is.is === 'open'
        ? { ...is, text, unplaced: !is.shown }
        : { boxOpen: true, closing: false, isNew: false, unplaced: false }
    return card({ ...shown, ...facts, ...flow }, doings)
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
    if (!look.launcher && !open && !waiting && unread === 0 && !isChatting(state)) return
    const face = look.online ? look.style.onlineText : look.style.offlineText
    return launcher({ face, online: look.online, open, unread, waiting }, () =>
      happen({ type: 'launcher pressed' }),
    )
  }

  function carryOut(effect: Effect): void {
    switch (effect.do) {
      case 'send':
        port.send(effect.frame)
        break
      case 'keep card':
        kept.keepCard(effect.card)
        break
      case 'keep draft':
        kept.keepDraft(effect.text)
        break
      case 'keep open':
        kept.keepOpen(effect.open)
        break
      case 'wake':
        calledOff?.()
        calledOff =
          effect.ms === null
            ? undefined
            : port.timers.after(effect.ms, () => happen({ type: 'closing' }))
        break
      case 'announce':
        said.textContent = effect.text
        break
      case 'focus':
        focusOn(effect.on)
        break
      case 'begin':
        begin = effect.text
        if (typeof panel === 'object') panel.begin(begin)
        break
      case 'forget':
        kept.keepCard(null)
        kept.keepOpen(false)
    }
  }

  function focusOn(place: 'box' | 'launcher' | 'panel'): void {
    focusPanel = place === 'panel'
    focusPanelWhenReady()
    const element = stage.querySelector<HTMLElement>(place === 'box' ? '.box' : '.launcher')
    if (place !== 'panel') element?.focus({ preventScroll: true })
  }

  function loadPanel(): void {
    if (panel) return
    panel = 'loading'
    import('./panel/panel.ts').then(
      ({ mountPanel }) => {
        if (gone || !state.look) return
        panel = mountPanel({
          port,
          root,
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
        panel = undefined
        if (state.open) happen({ type: 'closed' })
      },
    )
  }

  // Only after the visitor's own doing: a chat that goes on from the last page takes no focus.
  function focusPanelWhenReady(): void {
    if (!focusPanel || typeof panel !== 'object') return
    focusPanel = false
    if (state.open) panel.focus()
  }

  // Keys typed to us are not the page's shortcuts; a closed root would hide that they come from a field.
  for (const type of ['keydown', 'keyup', 'keypress']) {
    layer.addEventListener(type, (event) => event.stopPropagation())
  }
  const redraw = () => show()
  phone.addEventListener('change', redraw)
  dark.addEventListener('change', redraw)
  const unhear = port.on(happen)
  if (port.welcome) happen({ type: 'frame', frame: port.welcome })

  return {
    open: () => happen({ type: 'opened' }),
    close: () => happen({ type: 'closed' }),
    destroy() {
      gone = true
      unhear()
      calledOff?.()
      decency.stop()
      phone.removeEventListener('change', redraw)
      dark.removeEventListener('change', redraw)
      if (typeof panel === 'object') panel.destroy()
      leave()
    },
  }
}
