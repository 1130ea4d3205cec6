import type { KnownOfVisitor } from '@beckon/protocol'
import { newClientId } from '../../../client/src/client-id.ts'
import type { Port } from '../../../tracker/src/port.ts'
import { cardCss } from '../card/card-css.ts'
import { type Child, draw, h } from '../draw.ts'
import { dress } from '../surface/dress.ts'
import { standOnPage } from '../surface/host.ts'
import { addPart, openLayer } from '../surface/root.ts'
import { privacyCss } from './privacy-css.ts'
import * as words from './words.ts'

/*
 * What the team sees of a visitor, and how to be gone (W21). A module of its own, fetched when it is
 * asked for: `beckon.open('privacy')` or the chat panel. It also stands where nothing else of ours
 * does any more, for whoever is hidden and wants to be seen again.
 */

/** The tracker looks for it before it connects. */
const MARK = 'beckon-hidden'

type Step = 'asking' | 'away' | 'known' | 'hidden' | 'shown'

let standing = false

export function mount(port: Port): void {
  const hiddenBefore = marked()
  if (standing || (!hiddenBefore && !port.welcome?.look.privacy)) return
  standing = true
  const leaving = new AbortController()
  const { signal } = leaving
  const focused = document.activeElement as HTMLElement | null
  const { layer } = openLayer(standOnPage(signal), cardCss + privacyCss)
  layer.lang = 'en'
  const look = port.welcome?.look
  if (look) dress(layer, look, matchMedia('(prefers-color-scheme: dark)').matches)
  const stage = addPart(layer, 'privacy')
  let step: Step = hiddenBefore ? 'hidden' : 'asking'
  let known: KnownOfVisitor | undefined

  const unhear = port.on((happening) => {
    if (happening.type !== 'frame' || happening.frame.type !== 'known') return
    known = happening.frame.known
    if (step === 'asking') go('known')
  })

  function go(next: Step): void {
    step = next
    redraw()
    layer.querySelector<HTMLElement>('.ends button')?.focus()
  }

  function close(): void {
    standing = false
    unhear()
    leaving.abort()
    focused?.focus?.({ preventScroll: true })
  }

  function hide(): void {
    const chat = port.welcome?.chat
    if (chat && chat.state !== 'ended') {
      port.send({ type: 'chat.end', id: newClientId(), chatId: chat.id })
    }
    port.send({ type: 'visit.hide' })
    // Takes connection, widget and everything kept away from this page; then the mark keeps it away.
    page()?.consent(false)
    localStorage.setItem(MARK, '1')
    go('hidden')
  }

  function showAgain(): void {
    localStorage.removeItem(MARK)
    go('shown')
  }

  function redraw(): void {
    const title = step === 'hidden' ? words.hiddenTitle : words.title(look?.siteName ?? '')
    draw(
      stage,
      h(
        'div',
        {
          key: 'sheet',
          class: 'sheet',
          role: 'dialog',
          'aria-modal': 'true',
          'aria-labelledby': 'title',
          onkeydown: (event: KeyboardEvent) => {
            event.stopPropagation()
            if (event.key === 'Escape') close()
            if (event.key === 'Tab') keepInside(event)
          },
        },
        h('h2', { id: 'title', dir: 'auto' }, title),
        ...body(),
        h(
          'div',
          { key: 'ends', class: 'ends' },
          step === 'known' && button(words.hide, hide),
          step === 'hidden' && button(words.showMe, showAgain),
          button(words.close, close, true),
        ),
      ),
    )
  }

  function body(): Child[] {
    if (step === 'hidden') return [h('p', { role: 'status' }, words.hidden)]
    if (step === 'shown') return [h('p', { role: 'status' }, words.shown)]
    if (step === 'away') return [h('p', { role: 'status' }, words.away)]
    if (!known) return [h('p', { role: 'status' }, words.asking)]
    const { chat } = port.welcome ?? {}
    return [
      h('p', {}, words.intro),
      h(
        'dl',
        {},
        words
          .facts(known)
          .map(([label, value]) => [
            h('dt', { key: `${label} label` }, label),
            h('dd', { key: label, dir: 'auto' }, value),
          ]),
      ),
      chat && chat.state !== 'ended' && h('p', {}, words.chatStays),
    ]
  }

  function keepInside(event: KeyboardEvent): void {
    const buttons = [...layer.querySelectorAll<HTMLElement>('button')]
    const at = buttons.indexOf(event.target as HTMLElement)
    const next = buttons.at((at + (event.shiftKey ? -1 : 1)) % buttons.length)
    event.preventDefault()
    next?.focus()
  }

  if (step === 'asking' && !port.send({ type: 'known.ask' })) step = 'away'
  go(step)
}

const button = (text: string, onclick: () => void, main = false) =>
  h('button', { key: text, class: main ? 'button main' : 'button', type: 'button', onclick }, text)

const page = () => (window as { beckon?: { consent(value: false): void } }).beckon

function marked(): boolean {
  try {
    return localStorage.getItem(MARK) !== null
  } catch {
    return false
  }
}
