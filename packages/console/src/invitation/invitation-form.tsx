import {
  type AgentId,
  type GroupId,
  LIMITS,
  renderTemplate,
  type ValuesState,
  type VisitorId,
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
import { Verified } from '../whos-on/cells.tsx'
import { calledInText } from '../whos-on/visitor-words.ts'
import { createDrafts } from './drafts.ts'
import { groupChoices, preselected } from './group-choices.ts'
import { InvitationNotice, type Notice } from './invitation-notice.tsx'
import { MessageBox, type MessageBoxHandle } from './message-box.tsx'
import { MessagePreview } from './message-preview.tsx'
import { useSending } from './use-sending.tsx'
import { valuesWith, variablesOf } from './variables.ts'
import { VariablesList } from './variables-list.tsx'

type InvitationFormProps = {
  values: ValuesState
  visitorId: VisitorId
  agentId: AgentId
  /** The visit has left the list while the dialog was open. */
  gone: boolean
  onClose: () => void
}

export function InvitationForm(props: InvitationFormProps) {
  const { values, visitorId, agentId, gone, onClose } = props
  const navigate = useNavigate()
  const drafts = useMemo(() => createDrafts(localStorage, agentId), [agentId])
  const [template, setTemplate] = useState(() => drafts.begin(visitorId).template)
  const [groupId, setGroupId] = useState<GroupId | undefined>(() =>
    preselected(values.groups, drafts.lastGroup()),
  )
  const box = useRef<MessageBoxHandle>(null)
  const { connected } = useLiveStatus()
  const sending = useSending({
    values,
    onSent(sent) {
      drafts.sent(visitorId, sent)
      onClose()
    },
  })

  // A group may be closed while the dialog is open: the choice falls back instead of failing.
  const group = values.groups.find(({ id }) => id === groupId) ?? values.groups[0]
  const known = useMemo(() => valuesWith(values, group), [values, group])
  const variables = useMemo(() => variablesOf(known), [known])
  const text = renderTemplate(template, known)
  const notice = sending.notice ?? standing(values, gone)
  const problem = problemOf({ values, text, gone, hasGroup: group !== undefined })

  useEffect(() => box.current?.focus(), [])

  function write(next: string) {
    setTemplate(next)
    drafts.keep(visitorId, next)
    sending.forget()
  }
  function send(replace = false) {
    if (!group || (problem && !replace)) return
    void sending.send({ template, groupId: group.id, replace })
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    send()
  }

  return (
    <form
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col gap-3.5 px-5 py-4 max-md:min-h-[560px]">
          {notice?.kind !== 'invited' && <ColleagueWriting visitorId={visitorId} />}
          <InvitationNotice
            notice={notice}
            onReplace={() => send(true)}
            onOpenChat={(chatId) => {
              onClose()
              void navigate({ to: '/chats/$chatId', params: { chatId } })
            }}
            onClose={onClose}
          />
          <div className="grid grid-cols-[1.15fr_0.8fr] gap-3 max-md:grid-cols-1">
            <Recipient who={values.recipient} />
            <Field
              label="Groups"
              error={
                group
                  ? undefined
                  : 'No group can take chats now. Switch live chat on for a department in Settings.'
              }
            >
              <Select
                value={group?.id ?? ''}
                disabled={!group}
                choices={groupChoices(values.groups)}
                onChoose={(id) => setGroupId(id as GroupId)}
              />
            </Field>
          </div>
          <Field
            label="Message"
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
          <MessagePreview values={values} text={text} groupName={group?.name ?? ''} />
        </div>
      </div>
      <footer className="flex flex-none flex-wrap items-center gap-3 border-t border-line px-5 py-3">
        <p className="min-w-40 flex-1 text-small text-text-3" role="status">
          {problem ??
            (connected
              ? forecast(values)
              : 'There is no connection. Send now, and it goes out by itself when it is back.')}
        </p>
        <Button size={36} onClick={onClose}>
          Cancel
        </Button>
        <Button
          type="submit"
          size={36}
          variant="primary"
          icon={<Send size={16} aria-hidden />}
          kbd="⌘↵"
          disabled={problem !== undefined}
          busy={sending.busy && (connected ? 'Sending…' : 'Waiting…')}
        >
          Send invitation
        </Button>
      </footer>
    </form>
  )
}

/** Shown, never typed (S18): the rung of the ladder that names the visitor, and the next one. */
function Recipient({ who }: { who: ValuesState['recipient'] }) {
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

/** What stands in the way without anybody having pressed Send. */
function standing(values: ValuesState, gone: boolean): Notice | undefined {
  if (values.chatId) return { kind: 'in_chat', chatId: values.chatId }
  if (values.open) return { kind: 'invited', invitation: values.open }
  if (gone || values.status === 'removed') return { kind: 'gone' }
  if (values.status === 'pending') return { kind: 'away', who: calledInText(values.recipient) }
  return undefined
}

type Standing = { values: ValuesState; text: string; gone: boolean; hasGroup: boolean }

/** Why Send is off, in the foot's place for what will happen. */
function problemOf({ values, text, gone, hasGroup }: Standing): string | undefined {
  if (!hasGroup) return 'No group can take chats now.'
  if (values.chatId) return 'Whoever is in a chat cannot be invited.'
  if (values.open) return 'One invitation at a time: this visitor has one already.'
  if (gone || values.status === 'removed') return 'The visitor has left. Your text is kept.'
  if (text.trim() === '') return 'Nothing would be left to read.'
  if (text.length > LIMITS.messageCharacters) return 'Too long for an invitation. Shorten it.'
  return undefined
}

function forecast({ recipient, invitationSeconds }: ValuesState): string {
  const minutes = invitationSeconds / 60
  const time = Number.isInteger(minutes)
    ? `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
    : `${invitationSeconds} seconds`
  const who = calledInText(recipient, 'inside')
  return `Once it is on screen, ${who} has ${time} to reply. The chat starts with the reply and comes to you.`
}
