import {
  type AgentId,
  type GroupId,
  LIMITS,
  type SavedMessageView,
  type ValuesState,
  type VisitId,
} from '@beckon/protocol'
import { useNavigate } from '@tanstack/react-router'
import { Send } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { ColleagueWriting } from '../colleagues/colleagues-line.tsx'
import { useLiveStatus } from '../live/use-freshness.ts'
import { Button } from '../parts/button.tsx'
import { cx } from '../parts/class-names.ts'
import { Field } from '../parts/field.tsx'
import { Select } from '../parts/select.tsx'
import { SavedMessagesPicker } from '../saved-messages/saved-messages-picker.tsx'
import { Verified } from '../whos-on/cells.tsx'
import { calledInText } from '../whos-on/visitor-words.ts'
import { CapacityHint } from './capacity-hint.tsx'
import { createDrafts } from './drafts.ts'
import { groupChoices, preselected } from './group-choices.ts'
import { InvitationNotice, type Notice } from './invitation-notice.tsx'
import { MessageBox, type MessageBoxHandle } from './message-box.tsx'
import { MessagePreview } from './message-preview.tsx'
import { PreviewSteps } from './preview-steps.tsx'
import { type Line, RecipientList } from './recipient-list.tsx'
import { type Recipient, rendered, resultWords, sharedGroups } from './recipients.ts'
import type { Sending } from './use-sending.tsx'
import { variablesOf } from './variables.ts'
import { VariablesList } from './variables-list.tsx'

type InvitationFormProps = {
  recipients: readonly Recipient[]
  /** Those invited again knowing that the last one was declined or ignored. */
  agreed: readonly VisitId[]
  agentId: AgentId
  /** Under which name the text is kept. */
  draftOf: string
  sending: Sending
  saved: readonly SavedMessageView[]
  onLeave: (visitId: VisitId) => void
  onClose: () => void
}

export function InvitationForm(props: InvitationFormProps) {
  const { recipients, agreed, agentId, draftOf, sending, saved, onLeave, onClose } = props
  const navigate = useNavigate()
  const drafts = useMemo(() => createDrafts(localStorage, agentId), [agentId])
  const several = recipients.length > 1
  const [template, setTemplate] = useState(() => drafts.begin(draftOf, saved).template)
  const groups = sharedGroups(recipients.map(({ values }) => values))
  const [groupId, setGroupId] = useState<GroupId | undefined>(() =>
    preselected(groups, drafts.lastGroup()),
  )
  const [chosen, setChosen] = useState(0)
  const box = useRef<MessageBoxHandle>(null)
  const { connected } = useLiveStatus()

  // A group may be closed while the dialog is open: the choice falls back instead of failing.
  const group = groups.find(({ id }) => id === groupId) ?? groups[0]
  const lines: Line[] = recipients.map((recipient) => ({
    recipient,
    rendered: rendered(template, recipient, group),
    outcome: sending.outcomes.get(recipient.visitId),
  }))
  const wished = Math.min(chosen, lines.length - 1)
  // Somebody who is not there any more has nothing to preview.
  const at = lines[wished]?.recipient.values
    ? wished
    : lines.findIndex(({ recipient }) => recipient.values)
  const line = lines[at]
  const known = line?.rendered.known ?? {}
  const variables = useMemo(() => variablesOf(known), [known])
  const waiting = lines.filter(({ outcome }) => outcome?.kind !== 'sent')
  const ready = waiting.filter(({ rendered: { problem } }) => problem === undefined)
  const sent = lines.length - waiting.length
  // The rest cannot be reached now: what is left to do is to close.
  const done = sent > 0 && ready.length === 0

  useEffect(() => box.current?.focus(), [])

  const values = line?.recipient.values
  if (!line || !values) return null
  const { text } = line.rendered
  const notice = several
    ? undefined
    : line.outcome?.kind === 'not_sent'
      ? line.outcome.notice
      : standing(values, line.recipient.gone)
  const problem = !group
    ? 'No group can take chats now.'
    : ready.length > 0
      ? undefined
      : several
        ? 'Nobody here can be invited with this text now.'
        : line.rendered.problem

  function write(next: string) {
    setTemplate(next)
    drafts.keep(draftOf, next)
    sending.forget()
  }

  async function send(replace = false) {
    if (!group || (problem && !replace)) return
    // Whatever comes of it, and whether or not the dialog stays open, nothing is lost.
    drafts.keep(draftOf, template)
    const to = replace ? lines.slice(at, at + 1) : ready
    const outcomes = await sending.send({
      template,
      groupId: group.id,
      to: to.flatMap(({ recipient }) =>
        recipient.values
          ? [{ values: recipient.values, replace, again: agreed.includes(recipient.visitId) }]
          : [],
      ),
    })
    const went = recipients.filter(({ visitId }) => outcomes.get(visitId)?.kind === 'sent')
    if (went.length === 0) return
    for (const { visitorId } of went) {
      drafts.sent(visitorId, { template, groupId: group.id })
    }
    if (went.length === recipients.length) {
      drafts.sent(draftOf, { template, groupId: group.id })
      onClose()
      return
    }
    // Whom it did not reach has it as a draft of their own.
    for (const { visitId, visitorId } of recipients) {
      if (outcomes.get(visitId)?.kind !== 'sent') drafts.keep(visitorId, template)
    }
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    void send()
  }

  return (
    <form
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="relative flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col gap-3.5 px-5 py-4 max-md:min-h-[560px]">
          {notice?.kind !== 'invited' && <ColleagueWriting visitorId={line.recipient.visitorId} />}
          <InvitationNotice
            notice={notice}
            onReplace={() => void send(true)}
            onOpenChat={(chatId) => {
              onClose()
              void navigate({ to: '/chats/$chatId', params: { chatId } })
            }}
            onClose={onClose}
          />
          <div className="grid grid-cols-[1.15fr_0.8fr] gap-3 max-md:grid-cols-1">
            {several ? <Several count={lines.length} /> : <RecipientField who={values.recipient} />}
            <Field
              label="Groups"
              error={
                group
                  ? undefined
                  : several
                    ? 'No group can take chats from all of them. Leave some out.'
                    : 'No group can take chats now. Switch live chat on for a department in Settings.'
              }
            >
              <Select
                value={group?.id ?? ''}
                disabled={!group}
                choices={groupChoices(groups)}
                onChoose={(id) => setGroupId(id as GroupId)}
              />
            </Field>
          </div>
          {several && (
            <RecipientList
              lines={lines}
              at={at}
              onAt={setChosen}
              onLeave={({ recipient }) => onLeave(recipient.visitId)}
            />
          )}
          <Field
            label="Message"
            aside={
              <SavedMessagesPicker
                audience={line.recipient.audience}
                text={template}
                onTake={(taken) => {
                  write(taken)
                  box.current?.focus()
                }}
              />
            }
            hint={
              <span className="flex justify-between gap-3">
                <span>
                  <kbd className="me-1 inline-flex h-[17px] min-w-[17px] items-center justify-center rounded-chip border border-line-strong font-mono text-[11px]">
                    #
                  </kbd>
                  inserts a variable
                </span>
                <span
                  className={cx(
                    'tabular-nums',
                    text.length > LIMITS.messageCharacters && 'font-medium text-red-text',
                  )}
                >
                  {text.length.toLocaleString('en')} of{' '}
                  {LIMITS.messageCharacters.toLocaleString('en')}
                </span>
              </span>
            }
          >
            <MessageBox
              ref={box}
              value={template}
              onChange={write}
              variables={variables}
              values={known}
            />
          </Field>
          <VariablesList variables={variables} onInsert={(token) => box.current?.insert(token)} />
        </div>
        <div className="flex w-[442px] flex-none flex-col border-s border-line bg-canvas px-5 py-4 max-md:h-[480px] max-md:w-full max-md:border-s-0 max-md:border-t">
          <MessagePreview
            values={values}
            text={text}
            groupName={group?.name ?? ''}
            steps={several && <PreviewSteps at={at} all={lines.length} onAt={setChosen} />}
          />
        </div>
      </div>
      <footer className="flex flex-none flex-wrap items-center gap-3 border-t border-line px-5 py-3">
        <div className="min-w-40 flex-1 text-small text-text-3 max-md:basis-full">
          <p role="status">
            {sent > 0 && (
              <b className="font-medium text-text">{resultWords(sent, lines.length)} </b>
            )}
            {(done
              ? 'Why not the others, the list says. They have the text as a draft.'
              : problem) ??
              (connected
                ? forecast(values, several)
                : 'There is no connection. Send now, and it goes out by itself when it is back.')}
          </p>
          <CapacityHint />
        </div>
        <Button
          size={36}
          onClick={onClose}
          {...(done && { variant: 'primary', className: 'max-md:flex-1!' })}
        >
          {sent > 0 ? 'Close' : 'Cancel'}
        </Button>
        {!done && (
          <Button
            type="submit"
            size={36}
            variant="primary"
            className="max-md:flex-1!"
            icon={<Send size={16} aria-hidden />}
            kbd="⌘↵"
            disabled={problem !== undefined}
            busy={sending.busy && (connected ? 'Sending…' : 'Waiting…')}
          >
            {several ? severalWords(ready.length) : 'Send invitation'}
          </Button>
        )}
      </footer>
    </form>
  )
}

/** Shown, never typed (S18): the rung of the ladder that names the visitor, and the next one. */
function RecipientField({ who }: { who: ValuesState['recipient'] }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <span id="invitation-recipient" className="font-medium">
        Recipient
      </span>
      <output
        aria-labelledby="invitation-recipient"
        className="flex h-[34px] min-w-0 items-center gap-1.5 rounded-input bg-sunken px-2.5"
      >
        <span className="truncate" title={who.text}>
          {who.text}
        </span>
        {who.verified && <Verified />}
        {who.next && (
          <span className="min-w-8 flex-1 truncate ps-1 text-text-3" title={who.next}>
            {who.next}
          </span>
        )}
      </output>
    </div>
  )
}

const Several = ({ count }: { count: number }) => (
  <div className="flex min-w-0 flex-col gap-1.5">
    <span id="invitation-recipient" className="font-medium">
      Recipient
    </span>
    <output
      aria-labelledby="invitation-recipient"
      className="flex h-[34px] items-center rounded-input bg-sunken px-2.5"
    >
      {count} visitors
    </output>
  </div>
)

const severalWords = (count: number): string =>
  count === 0 ? 'Send invitations' : count === 1 ? 'Send 1 invitation' : `Send ${count} invitations`

/** What stands in the way without anybody having pressed Send. */
function standing(values: ValuesState, gone: boolean): Notice | undefined {
  if (values.chatId) return { kind: 'in_chat', chatId: values.chatId }
  if (values.open) return { kind: 'invited', invitation: values.open }
  if (gone || values.status === 'removed') return { kind: 'gone' }
  if (values.status === 'pending') return { kind: 'away', who: calledInText(values.recipient) }
  return undefined
}

function forecast({ recipient, invitationSeconds }: ValuesState, several: boolean): string {
  const minutes = invitationSeconds / 60
  const time = Number.isInteger(minutes)
    ? `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
    : `${invitationSeconds} seconds`
  if (several) {
    return `Once it is on screen, each has ${time} to reply. Every reply starts a chat of its own, and comes to you.`
  }
  const who = calledInText(recipient, 'inside')
  return `Once it is on screen, ${who} has ${time} to reply. The chat starts with the reply and comes to you.`
}
