import type { AgentAccess, AgentInput, AgentView, LinkMade, Role } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem, api, sentenceOf } from '../api.ts'
import { useProof } from '../own-sign-in/use-proof.tsx'
import { Button } from '../parts/button.tsx'
import { Checkbox } from '../parts/checkbox.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { PasswordInput } from '../parts/password-input.tsx'
import { RadioGroup } from '../parts/radio-group.tsx'
import { Switch } from '../parts/switch.tsx'
import { toast } from '../parts/toast-queue.ts'
import { agentsQuery, groupsQuery, meQuery, queryClient, setupQuery } from '../queries.ts'
import { agentAccessQuery } from './agent-access-query.ts'
import { emailProblem, madeUpPassword, nameProblem, passwordProblem } from './agent-rules.ts'
import { AgentWayIn } from './agent-way-in.tsx'
import { DeleteButton } from './delete-button.tsx'
import { FieldProblems, FormDialog } from './form-dialog.tsx'
import type { HandedLink } from './handed-link-dialog.tsx'
import { numberIn } from './number-or-off.tsx'
import { ROLE_HINTS, ROLE_NAMES, ROLES } from './roles.ts'

const CHAT_LIMIT = 3
const MOST_CHATS = 99

type Draft = {
  name: string
  chatName: string
  email: string
  password: string
  roles: readonly Role[]
  disabled: boolean
  /** As typed. */
  chatLimit: string
}
type Problems = Partial<
  Record<'chatLimit' | 'name' | 'chatName' | 'email' | 'password' | 'roles', string>
>

const draftOf = (agent: AgentView | undefined): Draft => ({
  name: agent?.name ?? '',
  chatName: agent?.chatName ?? '',
  email: agent?.email ?? '',
  password: '',
  roles: agent?.roles ?? ['agent'],
  disabled: agent?.disabled ?? false,
  chatLimit: String(agent?.chatLimit ?? CHAT_LIMIT),
})

const renew = async () => {
  await queryClient.invalidateQueries({ queryKey: agentsQuery.queryKey })
  await queryClient.invalidateQueries({ queryKey: agentAccessQuery.queryKey })
  await queryClient.invalidateQueries({ queryKey: groupsQuery.queryKey })
  await queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
}

/** How a new agent comes to a password. */
type Start = 'mail' | 'link' | 'typed'
const STARTS: Record<Start, { label: string; hint: string }> = {
  mail: { label: 'Mail them an invitation', hint: 'They choose their password within 7 days.' },
  link: {
    label: 'Make a link to pass on',
    hint: 'You send it to them yourself. They choose their password within 7 days.',
  },
  typed: { label: 'Type a password for them', hint: 'You pass it on, and they change it.' },
}

type AgentFormProps = {
  agent: AgentView | undefined
  access: AgentAccess | undefined
  self: boolean
  onLink: (link: HandedLink) => void
  onClose: () => void
}

export function AgentForm({ agent, access, self, onLink, onClose }: AgentFormProps) {
  const { data: setup } = useQuery(setupQuery)
  const { proving, dialog } = useProof()
  const starts: Start[] = setup?.resetByMail ? ['mail', 'link', 'typed'] : ['link', 'typed']
  const [chosen, setStart] = useState<Start>()
  const start = chosen ?? starts[0] ?? 'link'
  const typed = agent !== undefined || start === 'typed'
  const stored = draftOf(agent)
  const [draft, setDraft] = useState(stored)
  const [problems, setProblems] = useState<Problems>({})
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const changed = JSON.stringify(draft) !== JSON.stringify(stored)

  async function save() {
    const found = problemsOf(draft, agent === undefined && start === 'typed')
    setProblems(found)
    if (Object.values(found).some(Boolean)) throw new FieldProblems()
    const { password, ...rest } = draft
    const input: Omit<AgentInput, 'password'> = {
      ...rest,
      name: rest.name.trim(),
      chatName: rest.chatName.trim() || (rest.name.trim().split(/\s+/)[0] ?? ''),
      email: rest.email.trim(),
      roles: [...rest.roles],
      chatLimit: numberIn(rest.chatLimit, MOST_CHATS) ?? CHAT_LIMIT,
    }
    const body = password && typed ? { ...input, password } : input
    if (agent) await proving(() => api('PATCH', `/agents/${agent.id}`, body))
    else {
      const added = await api<AgentView>('POST', '/agents', body)
      if (start !== 'typed') await invite(added, start)
    }
    await renew()
  }

  /** The account is there already: what does not work now is done again from its own form. */
  async function invite({ id, name, email }: AgentView, by: 'mail' | 'link') {
    try {
      const made = await proving(() => api<LinkMade>('POST', `/agents/${id}/welcome`, { by }))
      if (made.url) onLink({ name, url: made.url, until: made.until })
      else toast.show({ text: `Mailed an invitation to ${email}` })
    } catch (thrown) {
      toast.show({ text: `Added ${name}, but not invited: ${sentenceOf(thrown)}` })
    }
  }

  function atField(thrown: unknown): boolean {
    if (thrown instanceof FieldProblems) return true
    if (!(thrown instanceof ApiProblem)) return false
    const field = fieldOf(thrown)
    if (field) setProblems({ [field]: thrown.message })
    return field !== undefined
  }

  return (
    <FormDialog
      title={agent ? agent.name : 'Add an agent'}
      save={agent ? 'Save' : 'Add the agent'}
      saving={agent ? 'Saving…' : 'Adding…'}
      changed={changed}
      onSave={save}
      onClose={onClose}
      atField={atField}
      last={
        agent &&
        !self && (
          <DeleteButton
            label="Delete"
            title={`Delete the account of ${agent.name}?`}
            goes="An account with chats or invitations cannot be deleted; disable it instead."
            onDelete={async () => {
              await api('DELETE', `/agents/${agent.id}`)
              await renew()
              onClose()
            }}
          />
        )
      }
    >
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <Field label="Name" error={problems.name}>
          <Input
            autoFocus
            maxLength={80}
            value={draft.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
        </Field>
        <Field label="Chat name" hint="What visitors see." error={problems.chatName}>
          <Input
            maxLength={80}
            value={draft.chatName}
            onChange={(event) => set({ chatName: event.currentTarget.value })}
          />
        </Field>
      </div>
      <Field label="Email" hint="They sign in with it." error={problems.email}>
        <Input
          type="email"
          autoComplete="off"
          value={draft.email}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
      </Field>
      {!agent && (
        <fieldset>
          <legend className="mb-1.5 font-medium">How they begin</legend>
          <RadioGroup
            label="How they begin"
            value={start}
            onChange={setStart}
            options={starts.map((value) => ({ value, ...STARTS[value] }))}
          />
        </fieldset>
      )}
      {typed && (
        <Field
          label={agent ? 'New password' : 'Password'}
          hint={
            agent
              ? 'Empty: it stays as it is. A new one ends every sign-in of this account.'
              : 'At least 15 characters; pass it on to them.'
          }
          error={problems.password}
          aside={
            <span className="flex gap-1">
              {draft.password && <CopyButton text={draft.password} />}
              <Button size={26} variant="ghost" onClick={() => set({ password: madeUpPassword() })}>
                Make one up
              </Button>
            </span>
          }
        >
          <PasswordInput
            autoComplete="new-password"
            value={draft.password}
            onType={(password) => set({ password })}
          />
        </Field>
      )}
      {agent && access && !self && !agent.disabled && (
        <AgentWayIn agent={agent} access={access} onLink={onLink} />
      )}
      <fieldset>
        <legend className="mb-1.5 font-medium">Roles</legend>
        <div className="flex flex-col gap-2">
          {ROLES.map((role) => (
            <label key={role} htmlFor={`role-${role}`} className="flex items-start gap-3">
              <Checkbox
                id={`role-${role}`}
                className="mt-0.5"
                checked={draft.roles.includes(role)}
                onChange={(on) =>
                  set({
                    roles: ROLES.filter((one) => (one === role ? on : draft.roles.includes(one))),
                  })
                }
              />
              <span>
                {ROLE_NAMES[role]}
                <span className="block text-small text-text-3">{ROLE_HINTS[role]}</span>
              </span>
            </label>
          ))}
        </div>
        {problems.roles && (
          <p role="alert" className="mt-1.5 text-small text-red-text">
            {problems.roles}
          </p>
        )}
      </fieldset>
      {draft.roles.includes('agent') && (
        <Field
          label="Chats at once"
          hint={`${CHAT_LIMIT} as shipped. Chats they have invited come past it.`}
          error={problems.chatLimit}
        >
          <Input
            inputMode="numeric"
            className="max-w-24 tabular-nums"
            value={draft.chatLimit}
            onChange={(event) => set({ chatLimit: event.currentTarget.value })}
          />
        </Field>
      )}
      {agent && !self && (
        <Switch
          label="Disabled"
          hint="They are signed out at once and cannot sign in. Their chats go to their group."
          checked={draft.disabled}
          onChange={(disabled) => set({ disabled })}
        />
      )}
      {dialog}
    </FormDialog>
  )
}

function problemsOf(draft: Draft, isNew: boolean): Problems {
  return {
    name: nameProblem(draft.name),
    email: emailProblem(draft.email),
    password: isNew || draft.password ? passwordProblem(draft.password) : undefined,
    roles: draft.roles.length > 0 ? undefined : 'Give at least one role.',
    chatLimit: numberIn(draft.chatLimit, MOST_CHATS)
      ? undefined
      : `Type a whole number from 1 to ${MOST_CHATS}.`,
  }
}

function fieldOf({ code, message }: ApiProblem): keyof Problems | undefined {
  if (code === 'email_taken') return 'email'
  if (code === 'last_administrator') return 'roles'
  if (code === 'bad_input' && /password/i.test(message)) return 'password'
  if (code === 'bad_input' && /email/i.test(message)) return 'email'
  return undefined
}
