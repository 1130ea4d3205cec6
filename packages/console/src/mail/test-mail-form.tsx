import { useState } from 'react'
import { api } from '../api.ts'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { toast } from '../parts/toast-queue.ts'
import { FormDialog } from '../settings/form-dialog.tsx'
import { renewMails } from './mails.ts'

/** One mail to see whether mail arrives. */
export function TestMailForm({ own, onClose }: { own: string; onClose: () => void }) {
  const [to, setTo] = useState(own)
  return (
    <FormDialog
      title="Send a test mail"
      save="Send"
      saving="Sending…"
      changed={to !== own}
      onSave={async () => {
        await api('POST', '/mails/test', { to: to.trim() })
        await renewMails()
        toast.show({ text: 'The test mail is queued. The list says what becomes of it.' })
      }}
      onClose={onClose}
    >
      <Field label="To">
        <Input
          autoFocus
          type="email"
          maxLength={254}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </Field>
    </FormDialog>
  )
}
