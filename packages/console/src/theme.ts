/** Light or dark: the system's, unless the agent chose. Kept in this browser; public/theme.js paints it first. */
export type Theme = 'system' | 'light' | 'dark'

const KEY = 'beckon.theme'
const prefersDark = () => window.matchMedia('(prefers-color-scheme: dark)')

export function chosenTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY)
    return kept === 'light' || kept === 'dark' ? kept : 'system'
  } catch {
    return 'system'
  }
}

export function chooseTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, theme)
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
  paint(theme)
}

/** Follows the system while nothing is chosen. Returns the end of following. */
export function followSystemTheme(): () => void {
  const media = prefersDark()
  const follow = () => paint(chosenTheme())
  media.addEventListener('change', follow)
  return () => media.removeEventListener('change', follow)
}

function paint(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && prefersDark().matches)
  document.documentElement.classList.toggle('dark', dark)
}
