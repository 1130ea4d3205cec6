import type { AgentAccess, AgentView } from '@beckon/protocol'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Plus, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { Avatar } from '../parts/avatar.tsx'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { initialsOf, tintOf } from '../parts/initials.ts'
import { Pill } from '../parts/pill.tsx'
import { agentsQuery, meQuery } from '../queries.ts'
import { agentAccessQuery } from './agent-access-query.ts'
import { AgentForm } from './agent-form.tsx'
import { type HandedLink, HandedLinkDialog } from './handed-link-dialog.tsx'
import { List } from './list.tsx'
import { ROLE_NAMES } from './roles.ts'
import { SecondStepDialog } from './second-step-dialog.tsx'
import { SettingsPage } from './settings-page.tsx'

export function AgentsPage() {
  const agents = useQuery(agentsQuery)
  const access = useQuery(agentAccessQuery)
  const accessOf = ({ id }: AgentView) => access.data?.find(({ agentId }) => agentId === id)
  const { data: me } = useSuspenseQuery(meQuery)
  const [open, setOpen] = useState<AgentView | 'new'>()
  const [link, setLink] = useState<HandedLink>()
  const [steps, setSteps] = useState(false)
  return (
    <SettingsPage
      title="Agents"
      end={
        <Button
          variant="primary"
          icon={<Plus size={15} aria-hidden />}
          onClick={() => setOpen('new')}
        >
          Add an agent
        </Button>
      }
    >
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-64 text-text-2">
          An account can hold several roles. Agents see visitors of the brands where they are in a
          group.
        </p>
        <Button icon={<ShieldCheck size={15} aria-hidden />} onClick={() => setSteps(true)}>
          Two-step sign-in
        </Button>
      </div>
      <List query={agents} keyOf={(agent) => agent.id} empty={<Empty fact="There is nobody yet" />}>
        {(agent) => (
          <Row
            agent={agent}
            access={accessOf(agent)}
            self={agent.id === me.agent.id}
            onOpen={() => setOpen(agent)}
          />
        )}
      </List>
      {open && (
        <AgentForm
          agent={open === 'new' ? undefined : open}
          access={open === 'new' ? undefined : accessOf(open)}
          self={open !== 'new' && open.id === me.agent.id}
          onLink={setLink}
          onClose={() => setOpen(undefined)}
        />
      )}
      {steps && <SecondStepDialog onClose={() => setSteps(false)} />}
      {link && <HandedLinkDialog link={link} onClose={() => setLink(undefined)} />}
    </SettingsPage>
  )
}

type RowProps = {
  agent: AgentView
  access: AgentAccess | undefined
  self: boolean
  onOpen: () => void
}

const Row = ({ agent, access, self, onOpen }: RowProps) => (
  <button
    type="button"
    onClick={onOpen}
    className="ring-inside flex min-h-[52px] w-full items-center gap-x-3 gap-y-1 rounded-item px-2 py-1.5 text-start hover:bg-hover max-md:flex-wrap"
  >
    <Avatar
      name={agent.name}
      initials={initialsOf(agent.name)}
      tint={tintOf(agent.id)}
      size={30}
      decorative
    />
    <span className="min-w-0 flex-1 max-md:flex-[1_0_70%]">
      <span className="block truncate font-medium">
        {agent.name}
        {self && <span className="font-normal text-text-3"> · you</span>}
      </span>
      <span className="block truncate text-small text-text-3">{agent.email}</span>
    </span>
    <span className="flex flex-none flex-wrap justify-end gap-1 max-md:ms-10.5">
      {access?.codes && <Pill hue="green">Codes</Pill>}
      {access && !access.password && (
        <Pill hue="amber">{access.welcomeUntil === null ? 'Not invited yet' : 'Invited'}</Pill>
      )}
      {agent.disabled ? (
        <Pill hue="amber">Disabled</Pill>
      ) : (
        agent.roles.map((role) => <Pill key={role}>{ROLE_NAMES[role]}</Pill>)
      )}
    </span>
  </button>
)
