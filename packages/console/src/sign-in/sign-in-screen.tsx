import type { Me, CodeStep as NextStep } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { Navigate, useRouter, useSearch } from '@tanstack/react-router'
import { Fingerprint } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ApiProblem, api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { PasswordInput } from '../parts/password-input.tsx'
import { meQuery, queryClient, setupQuery } from '../queries.ts'
import { CodeStep } from './code-step.tsx'
import { ForgottenStep } from './forgotten-step.tsx'
import {
  askForPasskey,
  offeredPasskey,
  passkeysHere,
  signInWithPasskey,
  stopAsking,
} from './passkeys.ts'
import { SignInFrame } from './sign-in-frame.tsx'

const NO_MATCH = 'That email and password do not match. Try again or reset the password.'
const NO_MATCH_NO_MAIL =
  'That email and password do not match. Try again, or ask an administrator for a new password.'

type Step = 'password' | 'code' | 'forgotten'

export function SignInScreen() {
  const { data: setup } = useQuery(setupQuery)
  const [step, setStep] = useState<Step>('password')
  const [email, setEmail] = useState('')
  const { to } = useSearch({ from: '/sign-in' })
  const router = useRouter()

  if (setup?.needed) return <Navigate to="/setup" />

  function enter(me: Me) {
    queryClient.clear()
    queryClient.setQueryData(meQuery.queryKey, me)
    // `to` is our own address from before, with its search; only a path of this console.
    router.history.push(`/console${to?.startsWith('//') ? '/' : (to ?? '/')}`)
  }
  const back = () => setStep('password')
  if (step === 'code') return <CodeStep onIn={enter} onBack={back} />
  if (step === 'forgotten') return <ForgottenStep email={email} onBack={back} />
  return (
    <PasswordStep
      name={setup?.name ?? 'Beckon'}
      resetByMail={setup?.resetByMail}
      email={email}
      onEmail={setEmail}
      onIn={enter}
      onStep={setStep}
    />
  )
}

type PasswordStepProps = {
  name: string
  /** Undefined until it is known. */
  resetByMail: boolean | undefined
  email: string
  onEmail: (email: string) => void
  onIn: (me: Me) => void
  onStep: (step: Step) => void
}

function PasswordStep({ name, resetByMail, email, onEmail, onIn, onStep }: PasswordStepProps) {
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState<'password' | 'passkey'>()
  const withPasskey = passkeysHere()

  // Where the browser can, it offers passkeys among what it fills into the email.
  const entered = useRef(onIn)
  entered.current = onIn
  useEffect(() => {
    let here = true
    offeredPasskey()
      .then(async (answer) => {
        if (answer && here) entered.current(await signInWithPasskey(answer))
      })
      // Nobody asked for it, so there is nothing to say when it does not come.
      .catch(() => undefined)
    return () => {
      here = false
      stopAsking()
    }
  }, [])

  async function signIn(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy('password')
    setProblem(undefined)
    try {
      const input = { email: email.trim(), password }
      const done = await api<Me | NextStep>('POST', '/sign-in', input)
      if ('next' in done) onStep('code')
      else onIn(done)
    } catch (thrown) {
      const wrong = thrown instanceof ApiProblem && thrown.code === 'wrong_password'
      setProblem(wrong ? (resetByMail ? NO_MATCH : NO_MATCH_NO_MAIL) : sentenceOf(thrown))
      setBusy(undefined)
    }
  }

  async function signInByPasskey() {
    if (busy) return
    setBusy('passkey')
    setProblem(undefined)
    try {
      onIn(await signInWithPasskey(await askForPasskey()))
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
      setBusy(undefined)
    }
  }

  return (
    <SignInFrame title={`Sign in to ${name}`}>
      <form onSubmit={(event) => void signIn(event)} className="flex flex-col gap-4">
        <Field label="Email">
          <Input
            type="email"
            autoComplete="username webauthn"
            required
            autoFocus
            value={email}
            onChange={(event) => onEmail(event.currentTarget.value)}
          />
        </Field>
        <Field
          label="Password"
          error={problem}
          aside={
            resetByMail && (
              <button
                type="button"
                onClick={() => onStep('forgotten')}
                className="rounded-item text-accent-text hover:underline"
              >
                Forgotten?
              </button>
            )
          }
        >
          <PasswordInput autoComplete="current-password" value={password} onType={setPassword} />
        </Field>
        <Button
          type="submit"
          variant="primary"
          size={36}
          busy={busy === 'password' && 'Signing in…'}
        >
          Sign in
        </Button>
      </form>
      {withPasskey && (
        <>
          <p className="flex items-center gap-3 text-small text-text-3">
            <span className="h-px flex-1 bg-line-strong" aria-hidden />
            or
            <span className="h-px flex-1 bg-line-strong" aria-hidden />
          </p>
          <Button
            size={36}
            icon={<Fingerprint size={16} aria-hidden />}
            busy={busy === 'passkey' && 'Waiting for the passkey…'}
            onClick={() => void signInByPasskey()}
          >
            Use a passkey
          </Button>
        </>
      )}
      {resetByMail === false && (
        <p className="text-center text-small text-text-3">
          Forgotten the password? An administrator can make you a link to choose a new one.
        </p>
      )}
    </SignInFrame>
  )
}
