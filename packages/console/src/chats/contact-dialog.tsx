import type { ChatRow } from '@beckon/protocol'
import { type FormEvent, useId, useState } from 'react'
import { sentenceOf } from '../api.ts'
import { sendCommand } from '../live/live.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'

type ContactDialogProps = { chat: Pick<ChatRow, 'id' | 'who'>; onClose: () => void }

/** What the visitor said they are called, and where they can be reached (C7). */
export function ContactDialog({ chat, onClose }: ContactDialogProps) {
  const { rung, text, next = '' } = chat.who
  const [name, setName] = useState(rung === 'displayname' ? text : '')
  const [email, setEmail] = useState(rung === 'email' ? text : next.includes('@') ? next : '')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const form = useId()

  async function save(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setProblem(undefined)
    try {
      await sendCommand({
        type: 'chat.contact',
        chatId: chat.id,
        ...(name.trim() && { name: name.trim() }),
        ...(email.trim() && { email: email.trim() }),
      })
      onClose()
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Name and email"
      description="As the visitor told them. They are kept for their next visit, too."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            busy={busy && 'Saving…'}
            disabled={!name.trim() && !email.trim()}
          >
            Save
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void save(event)} className="flex flex-col gap-4 pb-2">
        <Field label="Name">
          <Input
            value={name}
            maxLength={120}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Field label="Email" error={problem}>
          <Input
            type="email"
            value={email}
            maxLength={254}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        </Field>
      </form>
    </Dialog>
  )
}
