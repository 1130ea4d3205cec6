import type { BoardAgent, BoardGroup } from '@beckon/protocol'
import { sentenceOf } from '../api.ts'
import { sendCommand } from '../live/live.ts'
import { Avatar } from '../parts/avatar.tsx'
import { initialsOf, tintOf } from '../parts/initials.ts'
import { Switch } from '../parts/switch.tsx'
import { toast } from '../parts/toast-queue.ts'

type AgentLineProps = {
  agent: BoardAgent
  group: BoardGroup
  active: boolean
  /** What is old cannot be switched: one would switch something else. */
  live: boolean
}

const say = (thrown: unknown) => void toast.show({ text: sentenceOf(thrown) })

/** One agent of a group, with the switches a manager may set for them. */
export function AgentLine({ agent, group, active, live }: AgentLineProps) {
  const full = agent.activeChats >= agent.chatLimit
  const receives = agent.available && agent.connected && active
  return (
    <tr className="border-t border-line max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-4">
      <th scope="row" className="py-2 text-start font-normal max-md:w-full">
        <span className="flex items-center gap-2.5">
          <Avatar
            name={agent.name}
            initials={initialsOf(agent.name)}
            tint={tintOf(agent.id)}
            size={22}
            decorative
          />
          <span className="min-w-0">
            <span className="block truncate font-medium">{agent.name}</span>
            <span className="flex items-center gap-1.5 text-small text-text-3">
              <span
                aria-hidden
                className={`size-2 flex-none rounded-full ${receives ? 'bg-green' : 'shadow-[inset_0_0_0_1.5px_var(--gray)]'}`}
              />
              {stateOf(agent, active)}
            </span>
          </span>
        </span>
      </th>
      <td
        className={`py-2 text-end tabular-nums ${full ? 'font-medium text-amber-text' : 'text-text-2'}`}
      >
        {agent.activeChats} of {agent.chatLimit}
      </td>
      <td className="py-2">
        <Cell
          label={`${agent.name} is available`}
          short="Available"
          checked={agent.available}
          disabled={!live}
          onChange={(available) =>
            void sendCommand({ type: 'agent.setAvailable', agentId: agent.id, available }).catch(
              say,
            )
          }
        />
      </td>
      <td className="py-2">
        <Cell
          label={`${agent.name} is active in ${group.name}`}
          short="Active here"
          checked={active}
          disabled={!live}
          onChange={(on) =>
            void sendCommand({
              type: 'agent.setActive',
              agentId: agent.id,
              groupId: group.id,
              active: on,
            }).catch(say)
          }
        />
      </td>
    </tr>
  )
}

type CellProps = {
  label: string
  /** On a phone there are no column heads. */
  short: string
  checked: boolean
  disabled: boolean
  onChange: (checked: boolean) => void
}

const Cell = ({ label, short, ...rest }: CellProps) => (
  <span className="flex items-center justify-end gap-2">
    <span aria-hidden className="hidden text-small text-text-3 max-md:inline">
      {short}
    </span>
    <Switch label={<span className="sr-only">{label}</span>} {...rest} />
  </span>
)

function stateOf({ connected, available }: BoardAgent, active: boolean): string {
  if (!connected) return available ? 'Available, not signed in' : 'Not signed in'
  if (!available) return 'Unavailable'
  return active ? 'Receives chats' : 'Available, not active here'
}
