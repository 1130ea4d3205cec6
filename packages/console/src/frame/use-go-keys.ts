import type { MeState } from '@beckon/protocol'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { setPaletteOpen } from '../palette/open-palette.ts'
import { commandKey } from '../parts/kbd.tsx'
import { lettersAreOff } from '../preferences/use-preferences.ts'
import type { Place } from './places.ts'
import { setAvailable } from './set-available.ts'

const LETTERS: Record<string, { to: Place['to']; view?: 'map' }> = {
  w: { to: '/whos-on' },
  m: { to: '/whos-on', view: 'map' },
  c: { to: '/chats' },
  r: { to: '/reports' },
  s: { to: '/settings' },
}
/** Between `g` and the letter after it. */
const PAIR_WITHIN_MS = 1_500

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Keys that work everywhere: ⌘K, `g` and a letter, `?`, `⇧A`, `F6`. Letters never while somebody types. */
export function useGoKeys(
  places: readonly Place[],
  me: MeState | undefined,
  onKeys: () => void,
): void {
  const navigate = useNavigate()
  const router = useRouter()
  const pressedG = useRef(0)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === 'F6') {
        event.preventDefault()
        return focusNextRegion(event.shiftKey)
      }
      if (commandKey(event) && event.key.toLowerCase() === 'k' && !event.shiftKey) {
        event.preventDefault()
        return setPaletteOpen(true)
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return
      if (event.key.length === 1 && lettersAreOff()) return
      if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return
      if (event.key === '?') return onKeys()
      if (event.key === 'A' && event.shiftKey && me) {
        return setAvailable(!me.available, me.activeChats)
      }
      const now = performance.now()
      const place = now - pressedG.current < PAIR_WITHIN_MS ? LETTERS[event.key] : undefined
      pressedG.current = event.key === 'g' ? now : 0
      if (!place || !places.some(({ to }) => to === place.to)) return
      // The letter belongs to the pair: `g w` does not also withdraw.
      event.preventDefault()
      event.stopPropagation()
      const { to, view } = place
      // The map of what is listed now: who asks for it on Who's On keeps the filter.
      const here = router.state.location.pathname === to ? router.state.location.search : {}
      void navigate({ to, ...(view && { search: { ...here, view } }) })
    }
    window.addEventListener('keydown', press, true)
    return () => window.removeEventListener('keydown', press, true)
  }, [navigate, router, places, me, onKeys])
}

/** From landmark to landmark, in the order of the page. */
function focusNextRegion(back: boolean): void {
  const regions = [...document.querySelectorAll<HTMLElement>('nav, main, aside')].filter(
    (region) => region.offsetParent !== null,
  )
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  const next = regions[(at + (back ? -1 : 1) + regions.length) % regions.length]
  if (!next) return
  const all = next.querySelectorAll<HTMLElement>(
    'a[href], button:not(:disabled), input, select, textarea, [tabindex="0"]',
  )
  // What another width of the window shows cannot have the focus here.
  const first = [...all].find((one) => one.offsetParent !== null)
  if (!first) next.tabIndex = -1
  ;(first ?? next).focus()
}
