import type { AgentId, AgentView, DepartmentView, GroupView } from '@beckon/protocol'
import { useState } from 'react'
import { ApiProblem, api } from '../api.ts'
import { Checkbox } from '../parts/checkbox.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Select } from '../parts/select.tsx'
import { groupsQuery, queryClient } from '../queries.ts'
import { nameProblem } from './agent-rules.ts'
import { DeleteButton } from './delete-button.tsx'
import { FieldProblems, FormDialog } from './form-dialog.tsx'
import { type RoutingProblems, routingDraft, routingInput, routingProblems } from './group-draft.ts'
import { GroupRouting } from './group-routing.tsx'

type GroupFormProps = {
  group: GroupView | undefined
  departments: readonly DepartmentView[]
  agents: readonly AgentView[]
  onClose: () => void
}

const renew = () => queryClient.invalidateQueries({ queryKey: groupsQuery.queryKey })

export function GroupForm({ group, departments, agents, onClose }: GroupFormProps) {
  const stored = group?.members.map((member) => member.agentId) ?? []
  const [name, setName] = useState(group?.name ?? '')
  const [departmentId, setDepartmentId] = useState<string>(
    group?.departmentId ?? departments[0]?.id ?? '',
  )
  const [memberIds, setMemberIds] = useState<readonly AgentId[]>(stored)
  const [routing, setRouting] = useState(() => routingDraft(group))
  const [problem, setProblem] = useState<string>()
  const [routingProblem, setRoutingProblem] = useState<RoutingProblems>({})
  const changed =
    name !== (group?.name ?? '') ||
    (group !== undefined && departmentId !== group.departmentId) ||
    [...memberIds].sort().join() !== [...stored].sort().join() ||
    JSON.stringify(routing) !== JSON.stringify(routingDraft(group))

  async function save() {
    const found = nameProblem(name)
    const wrong = routingProblems(routing)
    setProblem(found)
    setRoutingProblem(wrong)
    if (found || Object.keys(wrong).length > 0) throw new FieldProblems()
    const input = { name: name.trim(), departmentId, memberIds, ...routingInput(routing) }
    if (group) await api('PATCH', `/groups/${group.id}`, input)
    else await api('POST', '/groups', input)
    await renew()
  }

  return (
    <FormDialog
      title={group ? group.name : 'Add a group'}
      save={group ? 'Save' : 'Add the group'}
      saving={group ? 'Saving…' : 'Adding…'}
      changed={changed}
      onSave={save}
      onClose={onClose}
      atField={(thrown) => {
        if (thrown instanceof FieldProblems) return true
        if (!(thrown instanceof ApiProblem) || thrown.code !== 'name_taken') return false
        setProblem(thrown.message)
        return true
      }}
      last={
        group &&
        !group.frontLine && (
          <DeleteButton
            label="Delete"
            title={`Delete the group ${group.name}?`}
            goes="Open invitations for it go on to the department's front-line group. A group with chats cannot be deleted; remove its members instead."
            onDelete={async () => {
              await api('DELETE', `/groups/${group.id}`)
              await renew()
              onClose()
            }}
          />
        )
      }
    >
      <Field label="Name" error={problem}>
        <Input
          autoFocus
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <Field
        label="Department"
        hint={group?.frontLine ? 'The front-line group stays in its department.' : undefined}
      >
        <Select
          value={departmentId}
          disabled={group?.frontLine}
          onChoose={setDepartmentId}
          choices={departments.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      <fieldset>
        <legend className="mb-1.5 font-medium">Members</legend>
        <div className="flex max-h-60 flex-col overflow-y-auto rounded-input border border-line p-1">
          {agents.map((agent) => (
            <label
              key={agent.id}
              htmlFor={`member-${agent.id}`}
              className="flex min-h-8 items-center gap-3 rounded-item px-2 hover:bg-hover"
            >
              <Checkbox
                id={`member-${agent.id}`}
                checked={memberIds.includes(agent.id)}
                onChange={(member) =>
                  setMemberIds((before) =>
                    member ? [...before, agent.id] : before.filter((id) => id !== agent.id),
                  )
                }
              />
              <span className="min-w-0 flex-1 truncate">{agent.name}</span>
              <span className="truncate text-small text-text-3">
                {agent.disabled ? 'Disabled' : agent.email}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <GroupRouting
        draft={routing}
        problems={routingProblem}
        set={(part) => {
          setRouting((before) => ({ ...before, ...part }))
          setRoutingProblem({})
        }}
      />
    </FormDialog>
  )
}
