import type { MeState, Role } from '@beckon/protocol'
import { maySet, type Place } from '../frame/places.ts'

/** What a line of the palette leads to. */
export type PaletteDeed =
  | { go: string; search?: { view: 'map' } }
  | { do: 'available' | 'unavailable' | 'light' | 'dark' | 'letters-on' | 'letters-off' | 'keys' }

export type PaletteCommand = {
  group: 'go' | 'do' | 'settings'
  name: string
  /** Found by these as well. */
  also?: string
  keys?: readonly string[]
  icon: string
  deed: PaletteDeed
}

type Situation = {
  places: readonly Place[]
  roles: readonly Role[]
  /** Every page of settings there is. */
  pages: readonly { to: string; name: string }[]
  standing: Pick<MeState, 'available'> | undefined
  dark: boolean
  lettersOff: boolean
}

const GO_KEYS: Partial<Record<Place['to'], string>> = {
  '/whos-on': 'W',
  '/chats': 'C',
  '/reports': 'R',
  '/settings': 'S',
}

/** Everything that can be gone to and done here, in the order it is shown. */
export function paletteCommands(of: Situation): PaletteCommand[] {
  const { places, roles, pages, standing, dark, lettersOff } = of
  const go = places.flatMap(({ to, name, icon }): PaletteCommand[] => {
    const key = GO_KEYS[to]
    const place: PaletteCommand = { group: 'go', name, icon, deed: { go: to } }
    if (key) place.keys = ['G', key]
    if (to !== '/whos-on') return [place]
    const map: PaletteCommand = {
      group: 'go',
      name: 'Density Map',
      icon: 'map',
      keys: ['G', 'M'],
      deed: { go: to, search: { view: 'map' } },
    }
    return [place, map]
  })
  const act = (
    name: string,
    icon: string,
    deed: Extract<PaletteDeed, { do: string }>['do'],
    more: Partial<PaletteCommand> = {},
  ): PaletteCommand => ({ group: 'do', name, icon, deed: { do: deed }, ...more })
  const acts = [
    standing?.available === true &&
      roles.includes('agent') &&
      act('Mark me unavailable', 'unavailable', 'unavailable', {
        keys: ['⇧A'],
        also: 'pause away',
      }),
    standing?.available === false &&
      roles.includes('agent') &&
      act('Mark me available', 'available', 'available', { keys: ['⇧A'], also: 'back' }),
    dark
      ? act('Switch to light', 'light', 'light', { also: 'theme' })
      : act('Switch to dark', 'dark', 'dark', { also: 'theme' }),
    act('Show all keys', 'keys', 'keys', { keys: ['?'], also: 'keyboard shortcuts help' }),
    lettersOff
      ? act('Switch single-letter keys on', 'keys', 'letters-on', { also: 'keyboard shortcuts' })
      : act('Switch single-letter keys off', 'keys', 'letters-off', { also: 'keyboard shortcuts' }),
  ].filter((one) => one !== false)
  const settings = pages
    .filter(({ to }) => maySet(to, roles))
    .map(
      ({ to, name }): PaletteCommand => ({
        group: 'settings',
        name,
        also: 'settings',
        icon: 'settings',
        deed: { go: to },
      }),
    )
  const own: PaletteCommand = {
    group: 'go',
    name: 'Your sign-in',
    also: 'password passkey codes security',
    icon: 'sign-in',
    deed: { go: '/your-sign-in' },
  }
  return [...go, own, ...acts, ...settings]
}

/** Every word stands somewhere in the name, or in what it is found by as well. */
export function fits({ name, also = '' }: PaletteCommand, text: string): boolean {
  const whole = `${name} ${also}`.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => whole.includes(word))
}

/** The parts of a text, those that were asked for apart from the rest. Put together it is the text. */
export function matchedParts(text: string, asked: string): { text: string; matched: boolean }[] {
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean)
  const folded = text.toLowerCase()
  // Where lower case is longer, places would not agree: then nothing stands out.
  if (folded.length !== text.length) return [{ text, matched: false }]
  const marks = new Array<boolean>(text.length).fill(false)
  for (const word of words) {
    const at = folded.indexOf(word)
    if (at >= 0) marks.fill(true, at, at + word.length)
  }
  const parts: { text: string; matched: boolean }[] = []
  for (const [at, matched] of marks.entries()) {
    const last = parts.at(-1)
    if (last && last.matched === matched) last.text += text[at]
    else parts.push({ text: text[at] ?? '', matched })
  }
  return parts
}
