import { useState } from 'react'
import { ApiProblem, api } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { PasswordInput } from '../parts/password-input.tsx'
import { toast } from '../parts/toast-queue.ts'
import { passwordProblem } from '../settings/agent-rules.ts'
import { FieldProblems, FormDialog } from '../settings/form-dialog.tsx'
import { readAgain } from './own-access-query.ts'
import { OwnSection } from './own-section.tsx'

export function PasswordSection() {
  const [open, setOpen] = useState(false)
  return (
    <OwnSection
      name="Password"
      lead="A new one signs you out everywhere else."
      act={<Button onClick={() => setOpen(true)}>Change the password</Button>}
    >
      {open && <PasswordForm onClose={() => setOpen(false)} />}
    </OwnSection>
  )
}

function PasswordForm({ onClose }: { onClose: () => void }) {
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [problems, setProblems] = useState<{
    current?: string | undefined
    password?: string | undefined
  }>({})

  async function save() {
    const found = {
      current: current ? undefined : 'Type the password you have now.',
      password: passwordProblem(password),
    }
    setProblems(found)
    if (found.current ?? found.password) throw new FieldProblems()
    await api('POST', '/me/password', { current, password })
    toast.show({ text: 'Changed the password', second: 'You are signed out everywhere else.' })
    await readAgain()
  }

  function atField(thrown: unknown): boolean {
    if (thrown instanceof FieldProblems) return true
    if (!(thrown instanceof ApiProblem)) return false
    if (thrown.code === 'wrong_password') setProblems({ current: thrown.message })
    else if (thrown.code === 'bad_input') setProblems({ password: thrown.message })
    else return false
    return true
  }

  return (
    <FormDialog
      title="Change the password"
      save="Change it"
      saving="Changing…"
      changed={current !== '' || password !== ''}
      onSave={save}
      onClose={onClose}
      atField={atField}
    >
      <Field label="Present password" error={problems.current}>
        <PasswordInput autoComplete="current-password" value={current} onType={setCurrent} />
      </Field>
      <Field
        label="New password"
        hint="At least 15 characters; a few words are fine."
        error={problems.password}
      >
        <PasswordInput autoComplete="new-password" value={password} onType={setPassword} />
      </Field>
    </FormDialog>
  )
}
