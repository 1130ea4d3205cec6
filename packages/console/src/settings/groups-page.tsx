import type { AgentView, DepartmentView, GroupView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { Plus, Users } from 'lucide-react'
import { useState } from 'react'
import { Avatar } from '../parts/avatar.tsx'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { initialsOf, tintOf } from '../parts/initials.ts'
import { Pill } from '../parts/pill.tsx'
import { agentsQuery, departmentsQuery, groupsQuery } from '../queries.ts'
import { GroupForm } from './group-form.tsx'
import { List } from './list.tsx'
import { SettingsPage } from './settings-page.tsx'

export function GroupsPage() {
  const groups = useQuery(groupsQuery)
  const { data: departments = [] } = useQuery(departmentsQuery)
  const { data: agents = [] } = useQuery(agentsQuery)
  const [open, setOpen] = useState<GroupView | 'new'>()
  return (
    <SettingsPage
      title="Groups"
      end={
        <Button
          variant="primary"
          icon={<Plus size={15} aria-hidden />}
          disabled={departments.length === 0}
          onClick={() => setOpen('new')}
        >
          Add a group
        </Button>
      }
    >
      <p className="mb-4 text-text-2">
        Chats are queued for a group. Its agents take them, or are given them in turn; each switches
        for themselves where they are active.
      </p>
      <List
        query={groups}
        keyOf={(group) => group.id}
        empty={
          <Empty
            drawing={<Users size={56} strokeWidth={1} />}
            fact="There is no group"
            next="Add a department first; it brings its own."
          />
        }
      >
        {(group) => (
          <Row
            group={group}
            department={departments.find((one) => one.id === group.departmentId)}
            agents={agents}
            onOpen={() => setOpen(group)}
          />
        )}
      </List>
      {open && (
        <GroupForm
          group={open === 'new' ? undefined : open}
          departments={departments}
          agents={agents}
          onClose={() => setOpen(undefined)}
        />
      )}
    </SettingsPage>
  )
}

type RowProps = {
  group: GroupView
  department: DepartmentView | undefined
  agents: readonly AgentView[]
  onOpen: () => void
}

const FACES = 6

function Row({ group, department, agents, onOpen }: RowProps) {
  const members = agents.filter((agent) =>
    group.members.some(({ agentId }) => agentId === agent.id),
  )
  return (
    <button
      type="button"
      onClick={onOpen}
      className="ring-inside flex min-h-[52px] w-full items-center gap-3 rounded-item px-2 text-start hover:bg-hover"
    >
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{group.name}</span>
          {group.frontLine && <Pill>Front line</Pill>}
        </span>
        <span className="block truncate text-small text-text-3">
          {department?.name} · {group.distribution === 'pull' ? 'From the queue' : 'Each in turn'}
        </span>
      </span>
      <span className="flex flex-none items-center gap-1">
        {members.slice(0, FACES).map((agent) => (
          <Avatar
            key={agent.id}
            name={agent.name}
            initials={initialsOf(agent.name)}
            tint={tintOf(agent.id)}
            size={22}
          />
        ))}
        {members.length > FACES && (
          <span className="text-small text-text-3">+{members.length - FACES}</span>
        )}
        {members.length === 0 && <span className="text-small text-text-3">Nobody yet</span>}
      </span>
    </button>
  )
}
