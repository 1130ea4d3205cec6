import type { AgentView, DepartmentView, GroupView, LinkMade } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { useProof } from '../own-sign-in/use-proof.tsx'
import { Button } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { Field } from '../parts/field.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Input } from '../parts/input.tsx'
import { agentsQuery, departmentsQuery, groupsQuery, queryClient } from '../queries.ts'
import { emailProblem, nameProblem } from '../settings/agent-rules.ts'

type Colleague = { key: number; name: string; email: string; problem?: string | undefined }
/** Without a link where none could be made: the account is there all the same. */
type Made = { name: string; email: string; url: string | undefined }

/** Department, group and colleagues; may be skipped, for the first run made a department already. */
export function TeamStep({ onDone }: { onDone: () => void }) {
  const departments = useQuery(departmentsQuery)
  const groups = useQuery(groupsQuery)
  const department = departments.data?.[0]
  const group = groups.data?.find((one) => one.id === department?.frontGroupId) ?? groups.data?.[0]
  return (
    <>
      <h1 className="text-display font-semibold">Your team</h1>
      <p className="mt-1 mb-7 max-w-[560px] text-[15px] leading-6 text-text-2">
        Chats come to groups of agents; groups belong to a department. One of each is ready. Name
        them as you like, and add colleagues now or later.
      </p>
      {department && group ? (
        <TeamForm key={department.id} department={department} group={group} onDone={onDone} />
      ) : (
        <div className="flex items-center gap-3">
          {(departments.error ?? groups.error) && (
            <p role="alert" className="text-red-text">
              {sentenceOf(departments.error ?? groups.error)}
            </p>
          )}
          <Button onClick={onDone}>Skip this step</Button>
        </div>
      )}
    </>
  )
}

type TeamFormProps = { department: DepartmentView; group: GroupView; onDone: () => void }

function TeamForm({ department, group, onDone }: TeamFormProps) {
  const [departmentName, setDepartmentName] = useState(department.name)
  const [groupName, setGroupName] = useState(group.name)
  const [colleagues, setColleagues] = useState<Colleague[]>([])
  const [made, setMade] = useState<Made[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { proving, dialog } = useProof()
  const change = (key: number, part: Partial<Colleague>) =>
    setColleagues((before) => before.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const add = () =>
    setColleagues((before) => [
      ...before,
      { key: (before.at(-1)?.key ?? 0) + 1, name: '', email: '' },
    ])

  async function save(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const checked = colleagues.map((one) => ({
      ...one,
      problem: nameProblem(one.name) ?? emailProblem(one.email),
    }))
    setColleagues(checked)
    if (checked.some((one) => one.problem)) return
    setBusy(true)
    setProblem(undefined)
    try {
      if (departmentName.trim() !== department.name) {
        await api('PATCH', `/departments/${department.id}`, { name: departmentName.trim() })
      }
      if (groupName.trim() !== group.name) {
        await api('PATCH', `/groups/${group.id}`, { name: groupName.trim() })
      }
      const added = await addColleagues(checked, group, change, proving)
      await queryClient.invalidateQueries()
      if (added.length === 0) return onDone()
      setMade((before) => [...before, ...added])
      setColleagues([])
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
    }
    setBusy(false)
  }

  if (made.length > 0 && colleagues.length === 0) return <Links made={made} onDone={onDone} />
  return (
    <form
      onSubmit={(event) => void save(event)}
      noValidate
      className="flex max-w-[520px] flex-col gap-5"
    >
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <Field label="Department" hint="Live chat is switched on per department.">
          <Input
            value={departmentName}
            maxLength={80}
            onChange={(event) => setDepartmentName(event.currentTarget.value)}
          />
        </Field>
        <Field label="Group" hint="You are its first member.">
          <Input
            value={groupName}
            maxLength={80}
            onChange={(event) => setGroupName(event.currentTarget.value)}
          />
        </Field>
      </div>
      <fieldset className="flex flex-col gap-2.5">
        <legend className="mb-1.5 font-medium">Colleagues</legend>
        {colleagues.length > 0 && (
          <div aria-hidden className="-mb-1 grid grid-cols-2 gap-2 pe-9 text-small text-text-2">
            <span>Name</span>
            <span>Email</span>
          </div>
        )}
        {colleagues.map((one) => (
          <div key={one.key}>
            <div className="flex items-center gap-2">
              <Input
                aria-label="Name"
                value={one.name}
                onChange={(event) => change(one.key, { name: event.currentTarget.value })}
              />
              <Input
                aria-label="Email"
                type="email"
                value={one.email}
                onChange={(event) => change(one.key, { email: event.currentTarget.value })}
              />
              <IconButton
                label="Leave out"
                icon={<X size={15} aria-hidden />}
                onClick={() =>
                  setColleagues((before) => before.filter(({ key }) => key !== one.key))
                }
              />
            </div>
            {one.problem && (
              <p role="alert" className="mt-1 text-small text-red-text">
                {one.problem}
              </p>
            )}
          </div>
        ))}
        <div>
          <Button size={26} variant="secondary" icon={<Plus size={14} aria-hidden />} onClick={add}>
            Add a colleague
          </Button>
        </div>
        <p className="text-small text-text-3">
          Each gets a link, which you pass on, to choose a password within 7 days. They become
          agents in this group.
        </p>
      </fieldset>
      {problem && (
        <p role="alert" className="text-red-text">
          {problem}
        </p>
      )}
      <div className="mt-3 flex items-center gap-2">
        <Button type="submit" variant="primary" size={36} busy={busy && 'Saving…'}>
          Save and go on
        </Button>
        <Button variant="ghost" size={36} onClick={onDone}>
          Skip this step
        </Button>
      </div>
      {dialog}
    </form>
  )
}

/** One by one, so that a refusal stands at its own line and those before it stay added. */
async function addColleagues(
  colleagues: readonly Colleague[],
  group: GroupView,
  refuse: (key: number, part: { problem: string }) => void,
  proving: <T>(act: () => Promise<T>) => Promise<T>,
): Promise<Made[]> {
  const made: Made[] = []
  const memberIds = group.members.map((member) => member.agentId)
  for (const { key, name, email } of colleagues) {
    const chatName = name.trim().split(/\s+/)[0] ?? name.trim()
    try {
      const agent = await api<AgentView>('POST', '/agents', {
        name: name.trim(),
        chatName,
        email: email.trim(),
        roles: ['agent'],
      })
      memberIds.push(agent.id)
      const { url } = await proving(() =>
        api<LinkMade>('POST', `/agents/${agent.id}/welcome`, { by: 'link' }),
      ).catch((): Partial<LinkMade> => ({}))
      made.push({ name: agent.name, email: agent.email, url })
    } catch (thrown) {
      refuse(key, { problem: sentenceOf(thrown) })
      throw thrown
    }
  }
  if (made.length > 0) {
    await api('PATCH', `/groups/${group.id}`, { memberIds })
    void queryClient.invalidateQueries({ queryKey: agentsQuery.queryKey })
  }
  return made
}

const Links = ({ made, onDone }: { made: readonly Made[]; onDone: () => void }) => (
  <div className="flex max-w-[520px] flex-col gap-4">
    <p>Pass these links on now. They are not shown again; each is good once.</p>
    <ul className="flex flex-col divide-y divide-line rounded-input border border-line">
      {made.map((one) => (
        <li key={one.email} className="flex items-center gap-3 px-3 py-2">
          <div className="min-w-0 flex-1">
            <p className="truncate font-medium">{one.name}</p>
            <p className="truncate text-small text-text-3">{one.email}</p>
          </div>
          {one.url ? (
            <>
              <code className="min-w-0 flex-1 truncate font-mono text-small select-all">
                {one.url}
              </code>
              <CopyButton text={one.url} label="Copy the link" />
            </>
          ) : (
            <p className="text-small text-text-2">No link yet: make one under Settings, Agents.</p>
          )}
        </li>
      ))}
    </ul>
    <div>
      <Button variant="primary" size={36} onClick={onDone}>
        Go on
      </Button>
    </div>
  </div>
)
