import { type FormEvent, useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { emailProblem } from '../settings/agent-rules.ts'
import { SignInFrame } from './sign-in-frame.tsx'

type ForgottenStepProps = { email: string; onBack: () => void }

/** Asks for a link by mail. What it answers is the same for every address. */
export function ForgottenStep({ email: typed, onBack }: ForgottenStepProps) {
  const [email, setEmail] = useState(typed)
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [sent, setSent] = useState<string>()

  async function send(event: FormEvent) {
    event.preventDefault()
    const wrong = emailProblem(email)
    setProblem(wrong)
    if (wrong || busy) return
    setBusy(true)
    try {
      await api('POST', '/sign-in/forgotten', { email: email.trim() })
      setSent(email.trim())
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
    }
    setBusy(false)
  }

  if (sent) {
    return (
      <SignInFrame
        title="Look into your mail"
        lead={
          <span role="status">
            If <span className="wrap-anywhere text-text">{sent}</span> has an account here, a mail
            is on its way. The link in it is good once, for 30 minutes.
          </span>
        }
      >
        <Button size={36} onClick={onBack}>
          Back to sign in
        </Button>
      </SignInFrame>
    )
  }
  return (
    <SignInFrame title="Choose a new password" lead="We mail you a link to choose it with.">
      <form onSubmit={(event) => void send(event)} noValidate className="flex flex-col gap-4">
        <Field label="Email" error={problem}>
          <Input
            type="email"
            autoComplete="username"
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        </Field>
        <Button type="submit" variant="primary" size={36} busy={busy && 'Sending…'}>
          Send the link
        </Button>
        <Button variant="ghost" onClick={onBack}>
          Back
        </Button>
      </form>
    </SignInFrame>
  )
}
