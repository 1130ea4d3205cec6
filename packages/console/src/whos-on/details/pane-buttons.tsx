import type { VisitId } from '@beckon/protocol'
import { Check, Link2, Pin, PinOff, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from '../../parts/icon-button.tsx'
import { toast } from '../../parts/toast-queue.ts'

export const ClosePane = ({ onClose }: { onClose: () => void }) => (
  <IconButton label="Close" kbd="Esc" icon={<X size={16} aria-hidden />} onClick={onClose} />
)

/** Pinned, the pane keeps its visitor while the agent goes through the list. */
export const PinPane = ({ pinned, onPin }: { pinned: boolean; onPin: (on: boolean) => void }) => (
  <IconButton
    label={pinned ? 'Let go of this visitor' : 'Keep this visitor here'}
    aria-pressed={pinned}
    icon={pinned ? <PinOff size={16} aria-hidden /> : <Pin size={16} aria-hidden />}
    onClick={() => onPin(!pinned)}
  />
)

const ANSWER_MS = 2_000

/** The address of this visit in Who's On, wherever the pane is. */
export function CopyVisitLink({ visitId }: { visitId: VisitId }) {
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => setDone(false), ANSWER_MS)
    return () => clearTimeout(timer)
  }, [done])
  const copy = async () => {
    const address = new URL('/console/whos-on', window.location.origin)
    address.searchParams.set('visit', visitId)
    try {
      await navigator.clipboard.writeText(address.href)
      setDone(true)
    } catch {
      // Without HTTPS the browser may not offer the clipboard.
      toast.show({ text: `The browser did not allow copying. The link is ${address.href}` })
    }
  }
  return (
    <>
      <IconButton
        label="Copy link to this visitor"
        icon={done ? <Check size={16} aria-hidden /> : <Link2 size={16} aria-hidden />}
        onClick={() => void copy()}
      />
      <span role="status" className="sr-only">
        {done && 'Link copied'}
      </span>
    </>
  )
}
