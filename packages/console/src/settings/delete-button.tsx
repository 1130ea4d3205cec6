import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'

type DeleteButtonProps = {
  /** “Delete the site Shop”, and what goes with it. */
  label: string
  title: string
  goes: string
  /** Where it is not called deleting. */
  verb?: [does: string, doing: string]
  onDelete: () => Promise<void>
}

/** Destructive things name what goes, and ask once. */
export function DeleteButton({
  label,
  title,
  goes,
  verb: [does, doing] = ['Delete', 'Deleting…'],
  onDelete,
}: DeleteButtonProps) {
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  async function remove() {
    setBusy(true)
    setProblem(undefined)
    try {
      await onDelete()
      setOpen(false)
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
    }
    setBusy(false)
  }

  return (
    <>
      <Button
        variant="danger"
        icon={<Trash2 size={14} aria-hidden />}
        onClick={() => {
          setProblem(undefined)
          setOpen(true)
        }}
      >
        {label}
      </Button>
      <Dialog
        open={open}
        alert
        onOpenChange={setOpen}
        title={title}
        description={goes}
        foot={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button variant="danger-filled" busy={busy && doing} onClick={() => void remove()}>
              {does}
            </Button>
          </>
        }
      >
        {problem && (
          <p role="alert" className="text-red-text">
            {problem}
          </p>
        )}
      </Dialog>
    </>
  )
}
