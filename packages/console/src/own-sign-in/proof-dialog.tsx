import { useSuspenseQuery } from '@tanstack/react-query'
import { Fingerprint } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { PasswordInput } from '../parts/password-input.tsx'
import { meQuery } from '../queries.ts'
import { askForPasskey, passkeysHere } from '../sign-in/passkeys.ts'

type ProofDialogProps = { onProved: () => void; onClose: () => void }

/** Whoever changes what protects an account shows that they are still the one who signed in. */
export function ProofDialog({ onProved, onClose }: ProofDialogProps) {
  const { data: me } = useSuspenseQuery(meQuery)
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState<'password' | 'passkey'>()
  const formId = useId()

  async function prove(by: 'password' | 'passkey', proof: () => Promise<object> | object) {
    if (busy) return
    setBusy(by)
    setProblem(undefined)
    try {
      await api('POST', '/me/proof', await proof())
      onProved()
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
      setBusy(undefined)
    }
  }

  return (
    <Dialog
      open
      title="Show that it is you"
      description="This protects an account, so it is asked again after 10 minutes."
      onOpenChange={onClose}
      foot={
        <>
          {passkeysHere() && (
            <Button
              icon={<Fingerprint size={15} aria-hidden />}
              busy={busy === 'passkey' && 'Waiting…'}
              onClick={() =>
                void prove('passkey', async () => ({ passkey: await askForPasskey() }))
              }
            >
              Use a passkey
            </Button>
          )}
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={busy === 'password' && 'Checking…'}
          >
            Go on
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event: FormEvent) => {
          // Forms of other dialogs lie around it in the tree.
          event.stopPropagation()
          event.preventDefault()
          void prove('password', () => ({ password }))
        }}
      >
        <input
          type="email"
          autoComplete="username"
          value={me.agent.email}
          readOnly
          hidden
          aria-hidden
        />
        <Field label="Your password" error={problem}>
          <PasswordInput autoComplete="current-password" value={password} onType={setPassword} />
        </Field>
      </form>
    </Dialog>
  )
}
