import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { sentenceOf } from '../api.ts'
import { useSaveKey } from '../frame/unsaved.tsx'
import { AskToDiscard } from '../parts/ask-to-discard.tsx'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'

type FormDialogProps = {
  title: string
  description?: string
  /** The button's words and what it says while working. */
  save: string
  saving: string
  changed: boolean
  /** Throws what the server refused. Resolves when it is saved; the dialog then closes. */
  onSave: () => Promise<void>
  onClose: () => void
  /** True when the refusal now stands at its field. */
  atField?: (thrown: unknown) => boolean
  size?: string
  /** Deleting, last in the form. */
  last?: ReactNode
  children: ReactNode
}

/** One thing in a dialog, saved as a whole. Closing with changes asks once. */
export function FormDialog(props: FormDialogProps) {
  const { title, description, save, saving, changed, onSave, onClose, atField, last, children } =
    props
  const { size = 'w-[480px]' } = props
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [asking, setAsking] = useState(false)
  const formId = useId()

  async function submit(event?: FormEvent) {
    event?.preventDefault()
    if (busy) return
    setBusy(true)
    setProblem(undefined)
    try {
      await onSave()
    } catch (thrown) {
      if (!atField?.(thrown)) setProblem(sentenceOf(thrown))
      setBusy(false)
      return
    }
    onClose()
  }
  useSaveKey(() => void submit())

  return (
    <Dialog
      open
      title={title}
      description={description}
      onOpenChange={() => (changed && !busy ? setAsking(true) : onClose())}
      size={size}
      foot={
        asking ? (
          <AskToDiscard onDiscard={onClose} onKeep={() => setAsking(false)} />
        ) : (
          <>
            {last}
            <span className="flex-1" />
            <Button onClick={() => (changed ? setAsking(true) : onClose())}>Cancel</Button>
            <Button type="submit" form={formId} variant="primary" kbd="⌘S" busy={busy && saving}>
              {save}
            </Button>
          </>
        )
      }
    >
      <form
        id={formId}
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-4"
      >
        {children}
        {problem && (
          <p role="alert" className="text-red-text">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  )
}

/** What a form found at its own fields; stops saving without words of its own. */
export class FieldProblems extends Error {}
