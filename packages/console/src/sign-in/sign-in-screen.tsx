import type { Me } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { Navigate, useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { ApiProblem, api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Mark } from '../parts/mark.tsx'
import { PasswordInput } from '../parts/password-input.tsx'
import { meQuery, queryClient, setupQuery } from '../queries.ts'

const NO_MATCH =
  'That email and password do not match. Try again, or ask an administrator for a new password.'

export function SignInScreen() {
  const { data: setup } = useQuery(setupQuery)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { to } = useSearch({ from: '/sign-in' })
  const router = useRouter()

  if (setup?.needed) return <Navigate to="/setup" />

  async function signIn(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setProblem(undefined)
    try {
      const me = await api<Me>('POST', '/sign-in', { email: email.trim(), password })
      queryClient.clear()
      queryClient.setQueryData(meQuery.queryKey, me)
      // `to` is our own address from before, with its search; only a path of this console.
      router.history.push(`/console${to?.startsWith('//') ? '/' : (to ?? '/')}`)
    } catch (thrown) {
      const wrong = thrown instanceof ApiProblem && thrown.code === 'wrong_password'
      setProblem(wrong ? NO_MATCH : sentenceOf(thrown))
      setBusy(false)
    }
  }

  return (
    <main className="flex h-dvh items-start justify-center overflow-y-auto bg-canvas px-5 pt-[18vh] pb-10">
      <form onSubmit={(event) => void signIn(event)} className="flex w-[300px] flex-col gap-4">
        <div className="flex flex-col items-center gap-3 pb-2 text-center">
          <Mark size={34} />
          <h1 className="text-[20px] leading-7 font-semibold tracking-[-0.018em]">
            Sign in to {setup?.name ?? 'Beckon'}
          </h1>
        </div>
        <Field label="Email">
          <Input
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        </Field>
        <Field label="Password" error={problem}>
          <PasswordInput autoComplete="current-password" value={password} onType={setPassword} />
        </Field>
        <Button type="submit" variant="primary" size={36} busy={busy && 'Signing in…'}>
          Sign in
        </Button>
      </form>
    </main>
  )
}
