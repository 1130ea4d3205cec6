import type { AgentId, ChatAct, ChatRow } from '@beckon/protocol'
import { useSuspenseQuery } from '@tanstack/react-query'
import {
  ArrowLeftRight,
  Ban,
  CircleCheck,
  Ear,
  Ellipsis,
  LogOut,
  ScrollText,
  StickyNote,
  Tag,
  UserPen,
  UserRoundCheck,
  UserRoundPlus,
} from 'lucide-react'
import { useState } from 'react'
import { BanFromChat } from '../bans/ban-from-chat.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Menu, type MenuItem } from '../parts/menu.tsx'
import { PHONE, useMedia } from '../parts/use-media.ts'
import { meQuery } from '../queries.ts'
import { MailTranscriptDialog } from '../transcripts/mail-transcript-dialog.tsx'
import { transcriptItems } from '../transcripts/transcript-items.tsx'
import { ContactDialog } from './contact-dialog.tsx'
import type { ComposerMode } from './draft.ts'
import { RecordDialog } from './record-dialog.tsx'
import { TransferForm } from './transfer-popover.tsx'
import { type Acts, useActs } from './use-acts.ts'

type ChatMenuProps = {
  chat: ChatRow
  me: AgentId
  may: readonly ChatAct[]
  onMode: (mode: ComposerMode) => void
  onEnd: () => void
  onTag: () => void
}
type Asked = 'contact' | 'record' | 'mail' | 'ban' | 'transfer'

/** What can be done with a chat besides answering, as far as this agent may. */
export function ChatMenu({ chat, me, may, onMode, onEnd, onTag }: ChatMenuProps) {
  const { data } = useSuspenseQuery(meQuery)
  const [asked, setAsked] = useState<Asked>()
  const phone = useMedia(PHONE)
  const acts = useActs(chat.id)
  const close = () => setAsked(undefined)
  const only = (act: ChatAct, item: MenuItem) => (may.includes(act) ? [item] : [])
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label="More about this chat" icon={<Ellipsis size={16} aria-hidden />} />
        }
        groups={[
          // On a phone the header has no room for them.
          { items: phone ? headItems({ only, onMode, setAsked }) : [] },
          { items: managerItems({ only, acts, onMode }) },
          {
            items:
              phone || chat.agentId !== me
                ? only('end', {
                    label: 'End chat',
                    icon: <CircleCheck size={16} aria-hidden />,
                    onSelect: onEnd,
                  })
                : [],
          },
          {
            items: [
              {
                label: 'Add a tag',
                icon: <Tag size={16} aria-hidden />,
                onSelect: onTag,
              },
              {
                label: 'Name and email…',
                icon: <UserPen size={16} aria-hidden />,
                off: chat.who.verified ? 'The website vouches for this name.' : undefined,
                onSelect: () => setAsked('contact'),
              },
              {
                label: 'Record and log…',
                icon: <ScrollText size={16} aria-hidden />,
                onSelect: () => setAsked('record'),
              },
            ],
          },
          { items: transcriptItems(chat, { onMail: () => setAsked('mail') }) },
          {
            items: data.agent.roles.includes('manager')
              ? [
                  {
                    label: 'Ban…',
                    danger: true,
                    icon: <Ban size={16} aria-hidden />,
                    onSelect: () => setAsked('ban'),
                  },
                ]
              : [],
          },
        ]}
      />
      {asked === 'ban' && <BanFromChat chat={chat} onClose={close} />}
      {asked === 'mail' && <MailTranscriptDialog chat={chat} onClose={close} />}
      {asked === 'contact' && <ContactDialog chat={chat} onClose={close} />}
      {asked === 'record' && <RecordDialog chatId={chat.id} me={me} onClose={close} />}
      {asked === 'transfer' && (
        <Dialog open onOpenChange={close} title="Transfer">
          <TransferForm
            chatId={chat.id}
            groupId={chat.groupId}
            who={chat.who.text}
            onDone={close}
          />
        </Dialog>
      )}
    </>
  )
}

type Only = (act: ChatAct, item: MenuItem) => MenuItem[]

const headItems = ({
  only,
  onMode,
  setAsked,
}: {
  only: Only
  onMode: (mode: ComposerMode) => void
  setAsked: (asked: Asked) => void
}): MenuItem[] => [
  ...only('note', {
    label: 'Note',
    icon: <StickyNote size={16} aria-hidden />,
    onSelect: () => onMode('note'),
  }),
  ...only('transfer', {
    label: 'Transfer…',
    icon: <ArrowLeftRight size={16} aria-hidden />,
    onSelect: () => setAsked('transfer'),
  }),
]

const managerItems = ({
  only,
  acts,
  onMode,
}: {
  only: Only
  acts: Acts
  onMode: (mode: ComposerMode) => void
}): MenuItem[] => [
  ...only('whisper', {
    label: 'Whisper to the agent',
    icon: <Ear size={16} aria-hidden />,
    onSelect: () => onMode('whisper'),
  }),
  ...only('join', {
    label: 'Join the chat',
    icon: <UserRoundPlus size={16} aria-hidden />,
    onSelect: () => void acts.join(),
  }),
  ...only('leave', {
    label: 'Leave the chat',
    icon: <LogOut size={16} aria-hidden />,
    onSelect: () => void acts.leave(),
  }),
  ...only('take_over', {
    label: 'Take over',
    icon: <UserRoundCheck size={16} aria-hidden />,
    onSelect: () => void acts.takeOver(),
  }),
]
