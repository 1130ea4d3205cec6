import type { ChatRow } from '@beckon/protocol'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Ban, Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTopic } from '../live/use-topic.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { Menu } from '../parts/menu.tsx'
import { meQuery } from '../queries.ts'
import { MailTranscriptDialog } from '../transcripts/mail-transcript-dialog.tsx'
import { transcriptItems } from '../transcripts/transcript-items.tsx'
import { BanDialog } from './ban-dialog.tsx'

type ChatMenuProps = { chat: Pick<ChatRow, 'id' | 'visitorId' | 'visitId' | 'who'> }

/** What can be done in a chat besides answering; banning is for managers. */
export function ChatMenu({ chat }: ChatMenuProps) {
  const { data: me } = useSuspenseQuery(meQuery)
  const [open, setOpen] = useState<'mail' | 'ban'>()
  const close = () => setOpen(undefined)
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label="More about this chat" icon={<Ellipsis size={16} aria-hidden />} />
        }
        groups={[
          { items: transcriptItems(chat, { onMail: () => setOpen('mail') }) },
          {
            items: me.agent.roles.includes('manager')
              ? [
                  {
                    label: 'Ban…',
                    danger: true,
                    icon: <Ban size={16} aria-hidden />,
                    onSelect: () => setOpen('ban'),
                  },
                ]
              : [],
          },
        ]}
      />
      {open === 'mail' && <MailTranscriptDialog chat={chat} onClose={close} />}
      {open === 'ban' && <BanFromChat chat={chat} onClose={close} />}
    </>
  )
}

/** The address is known while the visit is in the list. */
function BanFromChat({ chat, onClose }: ChatMenuProps & { onClose: () => void }) {
  const { visitorId, visitId, who } = chat
  const { state, refused } = useTopic<'visit'>({ topic: 'visit', visitId })
  if (!state && !refused) return null
  return <BanDialog people={[{ visitorId, name: who.text, ip: state?.row.ip }]} onClose={onClose} />
}
