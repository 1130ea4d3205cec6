import { useEffect, useRef } from 'react'
import { lettersAreOff } from '../preferences/use-preferences.ts'

/** What a key does: `j`, `enter`, `shift+x`, `g m` (one after the other). */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>

// How long after the first key of a pair the second one still belongs to it.
const PAIR_MS = 1_200

/** Single letters, only outside fields and while no dialog or menu is open (WCAG 2.1.4). */
export function useKeys(keys: Keys): void {
  const present = useRef(keys)
  present.current = keys
  useEffect(() => {
    let before = { key: '', at: 0 }
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
      if (isTaken(event)) return
      if (event.key.length === 1 && lettersAreOff()) return
      const single = nameOf(event)
      const pair = event.timeStamp - before.at < PAIR_MS ? `${before.key} ${single}` : ''
      before = { key: single, at: event.timeStamp }
      // `g c` is “go to chats”, so its second key must not also copy a link.
      const act =
        present.current[pair] ?? (pair.startsWith('g ') ? undefined : present.current[single])
      if (!act) return
      event.preventDefault()
      act(event)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

const nameOf = ({ key, shiftKey }: KeyboardEvent): string => {
  const name = key.toLowerCase()
  return shiftKey && /^[a-z]$/.test(name) ? `shift+${name}` : name
}

function isTaken({ key, target }: KeyboardEvent): boolean {
  if (document.querySelector('[role="dialog"],[role="alertdialog"],[role="menu"]')) return true
  if (!(target instanceof HTMLElement)) return false
  // A button or link in focus keeps its own Enter.
  if (key === 'Enter' && target.closest('button,a')) return true
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}
