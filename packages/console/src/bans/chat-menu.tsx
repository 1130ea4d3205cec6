import type { ChatRow } from '@beckon/protocol'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Ban, Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTopic } from '../live/use-topic.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { Menu } from '../parts/menu.tsx'
import { meQuery } from '../queries.ts'
import { BanDialog } from './ban-dialog.tsx'

type ChatMenuProps = { chat: Pick<ChatRow, 'visitorId' | 'visitId' | 'who'> }

/** What managers can do in a chat besides answering. For others there is no such menu. */
export function ChatMenu({ chat }: ChatMenuProps) {
  const { data: me } = useSuspenseQuery(meQuery)
  const [open, setOpen] = useState(false)
  if (!me.agent.roles.includes('manager')) return null
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label="More about this chat" icon={<Ellipsis size={16} aria-hidden />} />
        }
        groups={[
          {
            items: [
              {
                label: 'Ban…',
                danger: true,
                icon: <Ban size={16} aria-hidden />,
                onSelect: () => setOpen(true),
              },
            ],
          },
        ]}
      />
      {open && <BanFromChat chat={chat} onClose={() => setOpen(false)} />}
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
