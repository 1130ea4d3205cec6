import { useBlocker } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { commandKey } from '../parts/kbd.tsx'

/** Leaving with unsaved changes asks; closing the tab too, by the browser's own question. */
export function Unsaved({ changed }: { changed: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => changed && current.pathname !== next.pathname,
    enableBeforeUnload: () => changed,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  return (
    <Dialog
      open
      alert
      onOpenChange={() => blocker.reset()}
      title="Leave without saving?"
      description="What you changed on this page is not saved yet."
      foot={
        <>
          <Button variant="danger" onClick={blocker.proceed}>
            Leave without saving
          </Button>
          <Button variant="primary" onClick={blocker.reset}>
            Stay here
          </Button>
        </>
      }
    />
  )
}

/** ⌘S saves, also while typing. */
export function useSaveKey(save: () => void): void {
  const latest = useRef(save)
  latest.current = save
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!commandKey(event) || event.key.toLowerCase() !== 's' || event.shiftKey) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
