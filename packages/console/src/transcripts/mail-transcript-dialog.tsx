import type { ChatRow } from '@beckon/protocol'
import { useState } from 'react'
import { sendCommand } from '../live/live.ts'
import { useTopic } from '../live/use-topic.ts'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { toast } from '../parts/toast-queue.ts'
import { FormDialog } from '../settings/form-dialog.tsx'

type MailTranscriptProps = { chat: Pick<ChatRow, 'id' | 'visitId' | 'who'>; onClose: () => void }

/** What visitor and agents wrote, to an address; begins with the visitor's own where it is known. */
export function MailTranscriptDialog({ chat, onClose }: MailTranscriptProps) {
  const { state, refused } = useTopic<'visit'>({ topic: 'visit', visitId: chat.visitId })
  const [typed, setTyped] = useState<string>()
  if (!state && !refused) return null
  const known = state?.row.email ?? (chat.who.rung === 'email' ? chat.who.text : '')
  const email = typed ?? known
  return (
    <FormDialog
      title="Mail the transcript"
      description={`What ${chat.who.text} and your team wrote in this chat. Notes stay here.`}
      save="Send"
      saving="Sending…"
      changed={typed !== undefined && typed !== known}
      onSave={async () => {
        await sendCommand({ type: 'transcript.mail', chatId: chat.id, email: email.trim() })
        toast.show({ text: `The transcript is on its way to ${email.trim()}` })
      }}
      onClose={onClose}
    >
      <Field label="To">
        <Input
          autoFocus
          type="email"
          maxLength={254}
          value={email}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Field>
    </FormDialog>
  )
}
