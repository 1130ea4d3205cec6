import type { ChatRow, VisitRow } from '@beckon/protocol'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { setAvailable } from '../frame/set-available.ts'
import { keepPreferences } from '../preferences/use-preferences.ts'
import { chooseTheme } from '../theme.ts'
import { setPaletteOpen } from './open-palette.ts'
import type { PaletteCommand } from './palette-commands.ts'

/** Carries out what was chosen, here or in a new tab of the browser. */
export function usePaletteRun({ onKeys, openChats }: { onKeys: () => void; openChats: number }) {
  const navigate = useNavigate()
  const router = useRouter()
  const leadTo = (path: string, elsewhere: boolean) => {
    setPaletteOpen(false)
    if (elsewhere) window.open(`/console${path}`, '_blank', 'noopener')
    else router.history.push(`/console${path}`)
  }
  const act: Record<Extract<PaletteCommand['deed'], { do: string }>['do'], () => void> = {
    available: () => setAvailable(true),
    unavailable: () => setAvailable(false, openChats),
    light: () => chooseTheme('light'),
    dark: () => chooseTheme('dark'),
    'letters-on': () => keepPreferences({ lettersOff: false }),
    'letters-off': () => keepPreferences({ lettersOff: true }),
    keys: onKeys,
  }
  return {
    visitor(row: VisitRow, elsewhere = false) {
      const { pathname, search } = router.state.location
      // On Who's On the list stays as it is; the visitor comes into the details.
      const here = !elsewhere && pathname === '/whos-on' ? search : {}
      if (elsewhere) return leadTo(`/whos-on?visit=${row.id}`, true)
      setPaletteOpen(false)
      void navigate({ to: '/whos-on', search: { ...here, visit: row.id } })
    },
    chat: (chat: ChatRow, elsewhere = false) => leadTo(`/chats/${chat.id}`, elsewhere),
    command({ deed }: PaletteCommand, elsewhere = false) {
      if ('do' in deed) {
        setPaletteOpen(false)
        return act[deed.do]()
      }
      leadTo(`${deed.go}${deed.search ? `?view=${deed.search.view}` : ''}`, elsewhere)
    },
  }
}
