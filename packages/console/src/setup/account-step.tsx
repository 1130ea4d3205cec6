import type { Me } from '@beckon/protocol'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ApiProblem, api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { PasswordInput } from '../parts/password-input.tsx'
import { meQuery, queryClient, setupQuery } from '../queries.ts'
import { emailProblem, nameProblem, passwordProblem } from '../settings/agent-rules.ts'
import { codeInHash } from './steps.ts'

type Draft = { code: string; name: string; chatName: string; email: string; password: string }
type Problems = Partial<Record<keyof Draft | 'form', string>>

/** The first administrator. The one-time code is in the address printed at start, or is typed. */
export function AccountStep({ onDone }: { onDone: () => void }) {
  const given = codeInHash(window.location.hash)
  const [draft, setDraft] = useState<Draft>({
    code: given,
    name: '',
    chatName: '',
    email: '',
    password: '',
  })
  const [problems, setProblems] = useState<Problems>({})
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))

  // Focus goes to the first field that needs mending.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when problems were found
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [problems])

  async function create(event: FormEvent) {
    event.preventDefault()
    const found = problemsOf(draft)
    setProblems(found)
    if (Object.keys(found).length > 0 || busy) return
    setBusy(true)
    try {
      const chatName = draft.chatName.trim() || firstName(draft.name)
      const me = await api<Me>('POST', '/setup', { ...trimmed(draft), chatName })
      queryClient.setQueryData(meQuery.queryKey, me)
      void queryClient.invalidateQueries({ queryKey: setupQuery.queryKey })
      onDone()
    } catch (thrown) {
      setProblems(refusalAt(thrown))
      setBusy(false)
    }
  }

  return (
    <form ref={form} onSubmit={(event) => void create(event)} noValidate>
      <h1 className="text-display font-semibold">Your account</h1>
      <p className="mt-1 mb-7 max-w-[560px] text-[15px] leading-6 text-text-2">
        You will be the first administrator, and an agent who can invite visitors.
      </p>
      <div className="flex max-w-[420px] flex-col gap-4">
        {!given && (
          <Field
            label="Set-up code"
            hint="Beckon printed it where it was started. It proves that this server is yours."
            error={problems.code}
          >
            <Input
              autoFocus
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
              value={draft.code}
              onChange={(event) => set({ code: event.currentTarget.value })}
            />
          </Field>
        )}
        <Field label="Name" error={problems.name}>
          <Input
            autoFocus={given !== ''}
            autoComplete="name"
            maxLength={80}
            value={draft.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
        </Field>
        <Field
          label="Chat name"
          hint="What visitors see. Often the first name is enough."
          error={problems.chatName}
        >
          <Input
            autoComplete="nickname"
            maxLength={80}
            placeholder={firstName(draft.name)}
            value={draft.chatName}
            onChange={(event) => set({ chatName: event.currentTarget.value })}
          />
        </Field>
        <Field label="Email" hint="You sign in with it." error={problems.email}>
          <Input
            type="email"
            autoComplete="username"
            value={draft.email}
            onChange={(event) => set({ email: event.currentTarget.value })}
          />
        </Field>
        <Field
          label="Password"
          hint="At least 15 characters; a few words are fine."
          error={problems.password}
        >
          <PasswordInput
            autoComplete="new-password"
            value={draft.password}
            onType={(password) => set({ password })}
          />
        </Field>
        {problems.form && (
          <p role="alert" className="text-red-text">
            {problems.form}
          </p>
        )}
        <div className="mt-3">
          <Button type="submit" variant="primary" size={36} busy={busy && 'Creating…'}>
            Create the account
          </Button>
        </div>
      </div>
    </form>
  )
}

const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? ''

const trimmed = (draft: Draft) => ({
  code: draft.code.trim(),
  name: draft.name.trim(),
  email: draft.email.trim(),
  password: draft.password,
})

function problemsOf(draft: Draft): Problems {
  const problems: Problems = {
    code: draft.code.trim() ? undefined : 'Type the code that was printed at start.',
    name: nameProblem(draft.name),
    email: emailProblem(draft.email),
    password: passwordProblem(draft.password),
  }
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem))
}

function refusalAt(thrown: unknown): Problems {
  const message = sentenceOf(thrown)
  if (!(thrown instanceof ApiProblem)) return { form: message }
  switch (thrown.code) {
    case 'wrong_code':
      return { code: message, form: message }
    case 'email_taken':
      return { email: message }
    case 'bad_input':
      return /password/i.test(message) ? { password: message } : { form: message }
    default:
      return { form: message }
  }
}
