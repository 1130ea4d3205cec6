import type { NewCodes, RecoveryCodes } from '@beckon/protocol'
import { useEffect, useRef, useState } from 'react'
import { ApiProblem, api, sentenceOf } from '../api.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { FieldProblems, FormDialog } from '../settings/form-dialog.tsx'
import { Blocks } from '../settings/list.tsx'
import { readAgain } from './own-access-query.ts'
import { QrCode } from './qr-code.tsx'

type CodesOnProps = {
  proving: <T>(act: () => Promise<T>) => Promise<T>
  onOn: (recoveryCodes: string[]) => void
  onClose: () => void
}

/** The secret is shown this once; a code proves that the app has it. */
export function CodesOn({ proving, onOn, onClose }: CodesOnProps) {
  const [made, setMade] = useState<NewCodes>()
  const [failed, setFailed] = useState<string>()
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const begun = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: begun once, when the dialog opens
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    proving(() => api<NewCodes>('POST', '/me/codes')).then(setMade, (thrown: unknown) => {
      if (thrown instanceof ApiProblem && thrown.code === 'proof_needed') onClose()
      else setFailed(sentenceOf(thrown))
    })
  }, [])

  async function save() {
    const typed = code.replace(/\s/g, '')
    const found = /^\d{6}$/.test(typed) ? undefined : 'The code has 6 figures.'
    setProblem(found)
    if (found) throw new FieldProblems()
    const { codes } = await proving(() =>
      api<RecoveryCodes>('POST', '/me/codes/confirm', { code: typed }),
    )
    await readAgain()
    onOn(codes)
  }

  function atField(thrown: unknown): boolean {
    if (thrown instanceof ApiProblem && thrown.code === 'wrong_code') setProblem(thrown.message)
    return thrown instanceof FieldProblems || (thrown as ApiProblem).code === 'wrong_code'
  }

  return (
    <FormDialog
      title="Switch codes on"
      save="Switch on"
      saving="Switching on…"
      changed={code !== ''}
      onSave={save}
      onClose={onClose}
      atField={atField}
    >
      {made ? (
        <>
          <p className="text-text-2">
            Scan this with an authenticator app, such as the one of your phone or your password
            manager. Then type the code it shows.
          </p>
          <div className="flex items-center gap-4 max-md:flex-col max-md:items-start">
            <QrCode text={made.address} label="QR code for the authenticator app" />
            <div className="flex min-w-0 flex-col gap-2">
              <p className="text-small text-text-3">Or type this key into the app:</p>
              <code className="font-mono text-small select-text">
                {(made.secret.match(/.{1,4}/g) ?? []).join(' ')}
              </code>
              <span>
                <CopyButton text={made.secret} label="Copy the key" />
              </span>
            </div>
          </div>
          <Field label="Code" error={problem}>
            <Input
              autoFocus
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={10}
              className="max-w-40 font-mono"
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          </Field>
        </>
      ) : failed ? (
        <p role="alert" className="text-red-text">
          {failed}
        </p>
      ) : (
        <Blocks />
      )}
    </FormDialog>
  )
}
