import type { KnownOfVisitor } from '@beckon/protocol'
import { newClientId } from '../../../client/src/client-id.ts'
import type { Port } from '../../../tracker/src/port.ts'
import { cardCss } from '../card/card-css.ts'
import { type Child, draw, h } from '../draw.ts'
import { filled, learn } from '../panel/words.ts'
import { dress } from '../surface/dress.ts'
import { standOnPage } from '../surface/host.ts'
import { addPart, openLayer } from '../surface/root.ts'
import { privacyCss } from './privacy-css.ts'
import { facts, words } from './words.ts'

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
  if (standing || (hiddenBefore === null && !port.welcome?.look.privacy)) return
  standing = true
  const leaving = new AbortController()
  const { signal } = leaving
  const focused = document.activeElement as HTMLElement | null
  const { layer } = openLayer(standOnPage(signal), cardCss + privacyCss)
  const look = port.welcome?.look
  // Whoever is hidden gets no look any more; the mark remembers what was spoken.
  const language = look?.language ?? hiddenBefore
  layer.lang = 'en'
  if (look) dress(layer, look, matchMedia('(prefers-color-scheme: dark)').matches)
  const stage = addPart(layer, 'privacy')
  let step: Step = hiddenBefore === null ? 'asking' : 'hidden'
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
    // Ends an invitation that is open.
    port.send({ type: 'consent.withdrawn' })
    port.hide()
    // From now on this keeps it away.
    localStorage.setItem(MARK, layer.lang)
    go('hidden')
  }

  function showAgain(): void {
    localStorage.removeItem(MARK)
    port.show()
    go('shown')
  }

  function redraw(): void {
    const site = look?.siteName
    const sees = site ? filled(words.seesTitle, { site }) : words.seesTitleAny
    const title = step === 'hidden' ? words.hiddenTitle : sees
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
      h('p', {}, words.seesIntro),
      h(
        'dl',
        {},
        facts(known).map(([label, value]) => [
          h('dt', { key: `${label} label` }, label),
          h('dd', { key: label, dir: 'auto' }, value),
        ]),
      ),
      chat && chat.state !== 'ended' && h('p', {}, words.seesChat),
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
  const begin = () => !signal.aborted && go(step)
  if (!language || !/^[a-z]{2}$/.test(language) || language === 'en') begin()
  else {
    learn(port.origin, language).then(() => {
      layer.lang = language
      layer.dir = /ar|he/.test(language) ? 'rtl' : 'ltr'
      begin()
    }, begin)
  }
}

const button = (text: string, onclick: () => void, main = false) =>
  h('button', { key: text, class: main ? 'button main' : 'button', type: 'button', onclick }, text)

/** The language it was set in, or null. */
function marked(): string | null {
  try {
    return localStorage.getItem(MARK)
  } catch {
    return null
  }
}
