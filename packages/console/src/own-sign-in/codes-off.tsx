import { useState } from 'react'
import { ApiProblem, api } from '../api.ts'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { PasswordInput } from '../parts/password-input.tsx'
import { toast } from '../parts/toast-queue.ts'
import { FieldProblems, FormDialog } from '../settings/form-dialog.tsx'
import { readAgain } from './own-access-query.ts'

type Problems = { password?: string | undefined; code?: string | undefined }

/** Needs both proofs: a browser left open is not enough. */
export function CodesOff({ onClose }: { onClose: () => void }) {
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [problems, setProblems] = useState<Problems>({})

  async function save() {
    const found: Problems = {
      password: password ? undefined : 'Type your password.',
      code: code.trim().length >= 6 ? undefined : 'Type a code of the app or a recovery code.',
    }
    setProblems(found)
    if (found.password ?? found.code) throw new FieldProblems()
    await api('POST', '/me/codes/end', { password, code: code.trim() })
    toast.show({ text: 'Switched codes off', second: 'You are signed out everywhere else.' })
    await readAgain()
  }

  function atField(thrown: unknown): boolean {
    if (thrown instanceof FieldProblems) return true
    if (!(thrown instanceof ApiProblem)) return false
    if (thrown.code === 'wrong_password') setProblems({ password: thrown.message })
    else if (thrown.code === 'wrong_code') setProblems({ code: thrown.message })
    else return false
    return true
  }

  return (
    <FormDialog
      title="Switch codes off"
      description="From then on the password alone lets you in. Your recovery codes end with it."
      save="Switch off"
      saving="Switching off…"
      changed={password !== '' || code !== ''}
      onSave={save}
      onClose={onClose}
      atField={atField}
    >
      <Field label="Your password" error={problems.password}>
        <PasswordInput autoComplete="current-password" value={password} onType={setPassword} />
      </Field>
      <Field label="Code" hint="Of the app, or a recovery code." error={problems.code}>
        <Input
          autoComplete="one-time-code"
          maxLength={40}
          className="font-mono"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      </Field>
    </FormDialog>
  )
}
