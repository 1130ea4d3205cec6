import type { Me } from '@beckon/protocol'
import { type FormEvent, useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { SignInFrame } from './sign-in-frame.tsx'

type CodeStepProps = { onIn: (me: Me) => void; onBack: () => void }

/** The second step, on a screen of its own: a code of the app, or one of those kept for its loss. */
export function CodeStep({ onIn, onBack }: CodeStepProps) {
  const [lost, setLost] = useState(false)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)

  async function send(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    if (code.trim().length < 6) {
      setProblem(lost ? 'Type one of your recovery codes.' : 'The code has 6 figures.')
      return
    }
    setBusy(true)
    setProblem(undefined)
    try {
      onIn(await api<Me>('POST', '/sign-in/code', { code: code.trim() }))
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
      setBusy(false)
    }
  }

  function swap() {
    setLost(!lost)
    setCode('')
    setProblem(undefined)
  }

  return (
    <SignInFrame
      title={lost ? 'Type a recovery code' : 'Type your code'}
      lead={
        lost
          ? 'One of the ten you kept when you switched codes on. Each is good once.'
          : 'The app on your phone shows 6 figures, and new ones every half a minute.'
      }
    >
      <form onSubmit={(event) => void send(event)} noValidate className="flex flex-col gap-4">
        <Field label={lost ? 'Recovery code' : 'Code'} error={problem}>
          <Input
            key={String(lost)}
            autoFocus
            autoComplete={lost ? 'off' : 'one-time-code'}
            inputMode={lost ? 'text' : 'numeric'}
            maxLength={40}
            spellCheck={false}
            autoCapitalize="none"
            className="font-mono"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        </Field>
        <Button type="submit" variant="primary" size={36} busy={busy && 'Signing in…'}>
          Sign in
        </Button>
        <div className="flex justify-between gap-2">
          <Button variant="ghost" onClick={onBack}>
            Back
          </Button>
          <Button variant="ghost" onClick={swap}>
            {lost ? 'Use the app' : 'Use a recovery code'}
          </Button>
        </div>
      </form>
    </SignInFrame>
  )
}
