import type { PasskeyView } from '@beckon/protocol'
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import { KeyRound, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Input } from '../parts/input.tsx'
import { toast } from '../parts/toast-queue.ts'
import { serverClock } from '../server-clock.ts'
import { nameProblem } from '../settings/agent-rules.ts'
import { DeleteButton } from '../settings/delete-button.tsx'
import { FieldProblems, FormDialog } from '../settings/form-dialog.tsx'
import { makePasskey, passkeysHere } from '../sign-in/passkeys.ts'
import { whenWords } from '../whos-on/details/times.ts'
import { readAgain } from './own-access-query.ts'
import { OwnRow, OwnRows, OwnSection } from './own-section.tsx'
import { useProof } from './use-proof.tsx'

/** Several, each with a name, so that a lost device can be found in the list. */
export function PasskeysSection({ passkeys }: { passkeys: readonly PasskeyView[] }) {
  const [named, setNamed] = useState<PasskeyView>()
  const [busy, setBusy] = useState(false)
  const { proving, dialog } = useProof()
  const now = serverClock.now()
  const possible = passkeysHere()

  async function add() {
    setBusy(true)
    try {
      const { token, options } = await proving(() =>
        api<{ token: string; options: PublicKeyCredentialCreationOptionsJSON }>(
          'POST',
          '/me/passkeys/options',
        ),
      )
      const answer = await makePasskey(options)
      const name = nameFor(passkeys)
      setNamed(await api<PasskeyView>('POST', '/me/passkeys', { token, name, answer }))
      await readAgain()
    } catch (thrown) {
      toast.show({ text: `Not added: ${sentenceOf(thrown)}` })
    }
    setBusy(false)
  }

  async function remove({ id, name }: PasskeyView) {
    await proving(() => api('DELETE', `/me/passkeys/${id}`))
    toast.show({ text: `Removed ${name}` })
    await readAgain()
  }

  return (
    <OwnSection
      name="Passkeys"
      lead={
        possible
          ? 'Sign in with a fingerprint, your face or a security key, without a password and without a code.'
          : 'Passkeys need this console’s own name over https. Here the browser has neither.'
      }
      act={
        possible && (
          <Button
            icon={<Plus size={15} aria-hidden />}
            busy={busy && 'Waiting…'}
            onClick={() => void add()}
          >
            Add a passkey
          </Button>
        )
      }
    >
      {passkeys.length > 0 && (
        <OwnRows>
          {passkeys.map((passkey) => (
            <OwnRow
              key={passkey.id}
              icon={<KeyRound size={16} />}
              name={passkey.name}
              second={`Added ${whenWords(passkey.createdAt, now)} · ${
                passkey.lastUsedAt === null
                  ? 'not used yet'
                  : `last used ${whenWords(passkey.lastUsedAt, now)}`
              }`}
              acts={
                <>
                  <IconButton
                    label={`Rename ${passkey.name}`}
                    icon={<Pencil size={15} aria-hidden />}
                    onClick={() => setNamed(passkey)}
                  />
                  <DeleteButton
                    label="Remove"
                    title={`Remove the passkey ${passkey.name}?`}
                    goes="It lets nobody in any more, and what was signed in with it is signed out. Your device may go on showing it; delete it there as well."
                    verb={['Remove', 'Removing…']}
                    onDelete={() => remove(passkey)}
                  />
                </>
              }
            />
          ))}
        </OwnRows>
      )}
      {named && <NameForm passkey={named} onClose={() => setNamed(undefined)} />}
      {dialog}
    </OwnSection>
  )
}

/** A name to begin with, that is not taken; it can be changed at once. */
function nameFor(passkeys: readonly PasskeyView[]): string {
  const taken = new Set(passkeys.map(({ name }) => name))
  for (let n = passkeys.length + 1; ; n++) {
    const name = n === 1 ? 'Passkey' : `Passkey ${n}`
    if (!taken.has(name)) return name
  }
}

function NameForm({ passkey, onClose }: { passkey: PasskeyView; onClose: () => void }) {
  const [name, setName] = useState(passkey.name)
  const [problem, setProblem] = useState<string>()

  async function save() {
    const found = nameProblem(name)
    setProblem(found)
    if (found) throw new FieldProblems()
    await api('PATCH', `/me/passkeys/${passkey.id}`, { name: name.trim() })
    await readAgain()
  }

  return (
    <FormDialog
      title={passkey.lastUsedAt === null ? 'Name the passkey' : 'Rename the passkey'}
      description="By the device it is on, so that you find it when the device is lost."
      save="Save"
      saving="Saving…"
      changed={name !== passkey.name}
      onSave={save}
      onClose={onClose}
      atField={(thrown) => thrown instanceof FieldProblems}
    >
      <Field label="Name" error={problem}>
        <Input
          autoFocus
          maxLength={80}
          value={name}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
    </FormDialog>
  )
}
