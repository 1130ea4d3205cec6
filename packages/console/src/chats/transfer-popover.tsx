import type { AgentId, ChatId, GroupId, TransferTarget } from '@beckon/protocol'
import { LIMITS } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeftRight } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { sendCommand } from '../live/live.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { RadioGroup } from '../parts/radio-group.tsx'
import { type Choice, Select } from '../parts/select.tsx'
import { Textarea } from '../parts/textarea.tsx'
import { toast } from '../parts/toast-queue.ts'

type TransferPopoverProps = {
  chatId: ChatId
  /** Group it is in: where one looks first. */
  groupId: GroupId
  who: string
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** **Transfer**: a group, somebody in it or whomever its distribution chooses, and why. */
export function TransferPopover({ open, onOpenChange, ...of }: TransferPopoverProps) {
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>
        <Button
          variant="ghost"
          kbd="T"
          icon={<ArrowLeftRight size={15} aria-hidden />}
          className="max-md:hidden"
        >
          Transfer
        </Button>
      </Popover.Trigger>
      <Popover.Content
        align="end"
        sideOffset={8}
        collisionPadding={8}
        aria-label="Transfer"
        className="z-30 max-h-(--radix-popover-content-available-height) w-[340px] max-w-[calc(100vw-16px)] animate-fade overflow-y-auto rounded-menu bg-popover p-4 shadow-menu outline-none"
      >
        <TransferForm {...of} onDone={() => onOpenChange(false)} />
      </Popover.Content>
    </Popover.Root>
  )
}

type TransferFormProps = Omit<TransferPopoverProps, 'open' | 'onOpenChange'> & {
  onDone: () => void
}

export function TransferForm({ chatId, groupId, who, onDone }: TransferFormProps) {
  const targets = useQuery({
    queryKey: ['chats', chatId, 'targets'],
    queryFn: () => api<{ items: TransferTarget[] }>('GET', `/chats/${chatId}/targets`),
    // Who is free changes by the minute: asked for each time it is opened.
    gcTime: 0,
    staleTime: 0,
  })
  if (targets.error) {
    return (
      <p className="flex flex-col items-start gap-3 text-text-2">
        {sentenceOf(targets.error)}
        <Button onClick={() => void targets.refetch()}>Try again</Button>
      </p>
    )
  }
  if (!targets.data) return <p className="text-text-3">Looking who is free…</p>
  return (
    <Targets
      targets={targets.data.items}
      first={groupId}
      onTransfer={async (to) => {
        await sendCommand({ type: 'chat.transfer', chatId, ...to })
        const group = targets.data.items.find((one) => one.groupId === to.groupId)
        const agent = group?.agents.find((one) => one.agentId === to.agentId)
        toast.show({ text: `Passed ${who} to ${agent?.name ?? group?.name ?? 'the group'}` })
        onDone()
      }}
    />
  )
}

type To = { groupId: GroupId; agentId?: AgentId; comment?: string }
type TargetsProps = {
  targets: readonly TransferTarget[]
  first: GroupId
  onTransfer: (to: To) => Promise<void>
}

const AUTOMATIC = 'automatic'

export function Targets({ targets, first, onTransfer }: TargetsProps) {
  const [groupId, setGroupId] = useState(
    () => targets.find((one) => one.groupId === first)?.groupId ?? targets[0]?.groupId,
  )
  const [agentId, setAgentId] = useState<string>(AUTOMATIC)
  const [comment, setComment] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const group = targets.find((one) => one.groupId === groupId)
  if (!group) return <p className="text-text-2">There is no group to pass it on to.</p>
  const agent = group.agents.find((one) => one.agentId === agentId)
  const off = agent ? agent.off && `${agent.name} ${agent.off}.` : group.off

  async function transfer() {
    if (busy || off || !group) return
    setBusy(true)
    setProblem('')
    try {
      const words = comment.trim()
      await onTransfer({
        groupId: group.groupId,
        ...(agent && { agentId: agent.agentId }),
        ...(words && { comment: words }),
      })
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
      setBusy(false)
    }
  }

  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        void transfer()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
        event.preventDefault()
        void transfer()
      }}
    >
      <Field label="To">
        <Select
          // It comes a moment after the popover, which has the focus until then.
          autoFocus
          value={group.groupId}
          choices={choicesOf(targets)}
          onChoose={(next) => {
            setGroupId(next as GroupId)
            setAgentId(AUTOMATIC)
            setProblem('')
          }}
        />
      </Field>
      <RadioGroup
        label="Who"
        value={agent ? agentId : AUTOMATIC}
        onChange={setAgentId}
        options={[
          {
            value: AUTOMATIC,
            label: 'Automatic',
            hint: group.off ?? `Whoever is next in ${group.name}, or its queue`,
          },
          ...group.agents.map((one) => ({
            value: one.agentId as string,
            label: one.name,
            hint: one.off ?? `${one.activeChats} of ${one.chatLimit} chats`,
          })),
        ]}
      />
      <Field label="Comment" hint="For agents. The visitor is told who passed them on, not why.">
        <Textarea
          rows={2}
          value={comment}
          maxLength={LIMITS.noteCharacters}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
      </Field>
      {(problem || off) && (
        <p role={problem ? 'alert' : undefined} className="text-small text-red-text">
          {problem || off}
        </p>
      )}
      <Button
        type="submit"
        variant="primary"
        kbd="⌘↵"
        busy={busy && 'Passing on…'}
        disabled={Boolean(off)}
      >
        Transfer
      </Button>
    </form>
  )
}

/** By department, and where there are several brands by these. */
function choicesOf(targets: readonly TransferTarget[]) {
  const brands = new Set(targets.map(({ brand }) => brand))
  const groups = new Map<string, Choice[]>()
  for (const { groupId, name, department, brand } of targets) {
    const heading = brands.size > 1 ? `${brand} · ${department}` : department
    groups.set(heading, [...(groups.get(heading) ?? []), { value: groupId, label: name }])
  }
  return [...groups].map(([group, choices]) => ({ group, choices }))
}
