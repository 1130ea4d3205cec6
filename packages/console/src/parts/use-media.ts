import { useCallback, useSyncExternalStore } from 'react'

/** Below this a row becomes a two-line item and a dialog fills the screen (UI §4.1). */
export const PHONE = '(max-width: 767px)'

/** Here the side list folds away and the top bar has no room for every total (UI §4.1, §4.2). */
export const NARROW = '(max-width: 1279px)'

/** Asked at every drawing of whatever needs it, so each query is made once. */
const medias = new Map<string, MediaQueryList>()

function mediaOf(query: string): MediaQueryList {
  const media = medias.get(query) ?? window.matchMedia(query)
  medias.set(query, media)
  return media
}

export function useMedia(query: string): boolean {
  const media = mediaOf(query)
  const watch = useCallback(
    (changed: () => void) => {
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    [media],
  )
  return useSyncExternalStore(watch, () => media.matches)
}
