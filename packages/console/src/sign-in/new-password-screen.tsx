import type { Me, CodeStep as NextStep, PasswordLinkView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ApiProblem, api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { PasswordInput } from '../parts/password-input.tsx'
import { meQuery, queryClient } from '../queries.ts'
import { nameProblem, passwordProblem } from '../settings/agent-rules.ts'
import { CodeStep } from './code-step.tsx'
import { SignInFrame } from './sign-in-frame.tsx'

/** Where reset and welcome links lead. What stands behind the # is sent in a body, never asked for. */
export function NewPasswordScreen() {
  const [token] = useState(() => window.location.hash.slice(1))
  const [code, setCode] = useState(false)
  const router = useRouter()
  // Out of the address and its history: it is as good as a password until it is used.
  useEffect(() => {
    window.history.replaceState(window.history.state, '', window.location.pathname)
  }, [])
  const link = useQuery({
    queryKey: ['password-link', token],
    queryFn: () => api<PasswordLinkView>('POST', '/sign-in/link', { link: token }),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
  const toSignIn = () => void router.navigate({ to: '/sign-in' })

  function enter(me: Me) {
    queryClient.clear()
    queryClient.setQueryData(meQuery.queryKey, me)
    void router.navigate({ to: '/' })
  }

  if (code) return <CodeStep onIn={enter} onBack={toSignIn} />
  if (link.data) {
    return (
      <NewPasswordForm link={token} about={link.data} onIn={enter} onCode={() => setCode(true)} />
    )
  }
  const problem =
    token === ''
      ? 'This page is opened with a link from a mail or from an administrator.'
      : undefined
  if (!problem && !link.error) return <SignInFrame title="Just a moment">{null}</SignInFrame>
  return (
    <SignInFrame title="This link cannot be used" lead={problem ?? sentenceOf(link.error)}>
      {link.error instanceof ApiProblem && link.error.code === 'offline' && (
        <Button variant="primary" size={36} onClick={() => void link.refetch()}>
          Try again
        </Button>
      )}
      <Button size={36} onClick={toSignIn}>
        To the sign-in
      </Button>
    </SignInFrame>
  )
}

type FormProps = {
  link: string
  about: PasswordLinkView
  onIn: (me: Me) => void
  onCode: () => void
}
type Problems = Partial<Record<'name' | 'chatName' | 'password' | 'form', string>>

function NewPasswordForm({ link, about, onIn, onCode }: FormProps) {
  const isNew = about.kind === 'welcome'
  const [name, setName] = useState(about.name)
  const [chatName, setChatName] = useState(about.chatName)
  const [password, setPassword] = useState('')
  const [problems, setProblems] = useState<Problems>({})
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)

  // Focus goes to the first field that needs mending.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when problems were found
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [problems])

  async function save(event: FormEvent) {
    event.preventDefault()
    const found: Problems = {
      name: isNew ? nameProblem(name) : undefined,
      chatName: isNew ? nameProblem(chatName) : undefined,
      password: passwordProblem(password),
    }
    setProblems(found)
    if (Object.values(found).some(Boolean) || busy) return
    setBusy(true)
    try {
      const names = isNew ? { name: name.trim(), chatName: chatName.trim() } : {}
      await api('POST', '/sign-in/new-password', { link, password, ...names })
      const done = await api<Me | NextStep>('POST', '/sign-in', { email: about.email, password })
      if ('next' in done) onCode()
      else onIn(done)
    } catch (thrown) {
      const weak = thrown instanceof ApiProblem && thrown.code === 'bad_input'
      setProblems({ [weak ? 'password' : 'form']: sentenceOf(thrown) })
      setBusy(false)
    }
  }

  return (
    <SignInFrame
      title={isNew ? `Welcome, ${about.name}` : 'Choose a new password'}
      lead={
        isNew
          ? 'Choose how you are called and the password you sign in with.'
          : 'Every browser in which you are signed in is signed out.'
      }
    >
      <form
        ref={form}
        onSubmit={(event) => void save(event)}
        noValidate
        className="flex flex-col gap-4"
      >
        <Field label="Email" hint={isNew ? 'You sign in with it.' : undefined}>
          <Input type="email" autoComplete="username" readOnly value={about.email} />
        </Field>
        {isNew && (
          <>
            <Field label="Name" error={problems.name}>
              <Input
                autoComplete="name"
                maxLength={80}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            </Field>
            <Field label="Chat name" hint="What visitors see." error={problems.chatName}>
              <Input
                autoComplete="nickname"
                maxLength={80}
                value={chatName}
                onChange={(event) => setChatName(event.currentTarget.value)}
              />
            </Field>
          </>
        )}
        <Field
          label="Password"
          hint="At least 15 characters; a few words are fine."
          error={problems.password}
        >
          <PasswordInput autoComplete="new-password" value={password} onType={setPassword} />
        </Field>
        {problems.form && (
          <p role="alert" className="text-red-text">
            {problems.form}
          </p>
        )}
        <Button type="submit" variant="primary" size={36} busy={busy && 'Saving…'}>
          {isNew ? 'Begin' : 'Save and sign in'}
        </Button>
      </form>
    </SignInFrame>
  )
}
