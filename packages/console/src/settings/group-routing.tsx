import { DEFAULT_HAND_OFF } from '@beckon/protocol'
import { RadioGroup } from '../parts/radio-group.tsx'
import type { RoutingDraft, RoutingProblems } from './group-draft.ts'
import { NumberOrOff } from './number-or-off.tsx'

type GroupRoutingProps = {
  draft: RoutingDraft
  problems: RoutingProblems
  set: (part: Partial<RoutingDraft>) => void
}

/** How the chats of a group find their agents, and when they are taken back. */
export function GroupRouting({ draft, problems, set }: GroupRoutingProps) {
  const inTurn = draft.distribution === 'round_robin'
  const goes = inTurn ? 'It goes to a colleague.' : 'It goes back to the queue.'
  return (
    <>
      <fieldset>
        <legend className="mb-1 font-medium">Who gets a chat</legend>
        <RadioGroup
          label="Who gets a chat"
          value={draft.distribution}
          onChange={(distribution) => set({ distribution })}
          options={[
            {
              value: 'pull',
              label: 'Whoever takes it from the queue',
              hint: 'As shipped. Everybody in the group sees who waits.',
            },
            {
              value: 'round_robin',
              label: 'Each in turn',
              hint: 'The agent with the fewest chats; of equals, who has waited longest for one.',
            },
          ]}
        />
        <NumberOrOff
          label="Most chats of this group with one agent"
          unit="chats"
          hint="Besides each agent's own limit. Off as shipped; chats from invitations come past it."
          shipped={3}
          value={draft.chatLimit}
          onChange={(chatLimit) => set({ chatLimit })}
          error={problems.chatLimit}
        />
      </fieldset>
      <fieldset>
        <legend className="mb-1 font-medium">When a chat is taken from its agent</legend>
        <NumberOrOff
          label="No first reply"
          unit="seconds"
          hint={`After ${DEFAULT_HAND_OFF.firstReply} s as shipped. ${goes}`}
          shipped={DEFAULT_HAND_OFF.firstReply ?? 60}
          value={draft.firstReply}
          onChange={(firstReply) => set({ firstReply })}
          error={problems.firstReply}
        />
        <NumberOrOff
          label="No follow-up"
          unit="seconds"
          hint={`The visitor wrote last, and nobody answers or types. After ${DEFAULT_HAND_OFF.followUp} s as shipped.`}
          shipped={DEFAULT_HAND_OFF.followUp ?? 300}
          value={draft.followUp}
          onChange={(followUp) => set({ followUp })}
          error={problems.followUp}
        />
        <NumberOrOff
          label="Not connected"
          unit="seconds"
          hint={`No console of the agent is open. After ${DEFAULT_HAND_OFF.gone} s as shipped.`}
          shipped={DEFAULT_HAND_OFF.gone ?? 120}
          value={draft.gone}
          onChange={(gone) => set({ gone })}
          error={problems.gone}
        />
      </fieldset>
      <fieldset>
        <legend className="mb-1 font-medium">When agents are told of the queue</legend>
        <NumberOrOff
          label="Somebody has waited"
          unit="seconds"
          hint="60 s as shipped."
          shipped={60}
          value={draft.alertSeconds}
          onChange={(alertSeconds) => set({ alertSeconds })}
          error={problems.alertSeconds}
        />
        <NumberOrOff
          label="So many wait"
          unit="visitors"
          hint="Off as shipped."
          shipped={5}
          value={draft.alertWaiting}
          onChange={(alertWaiting) => set({ alertWaiting })}
          error={problems.alertWaiting}
        />
      </fieldset>
    </>
  )
}
