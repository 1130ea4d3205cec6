import type { ChatRow } from '@beckon/protocol'
import { Download, Mail } from 'lucide-react'
import type { MenuItem } from '../parts/menu.tsx'

/** What the menu of a chat offers to do with its words. */
export const transcriptItems = (
  { id }: Pick<ChatRow, 'id'>,
  { onMail }: { onMail: () => void },
): MenuItem[] => [
  { label: 'Mail the transcript…', icon: <Mail size={16} aria-hidden />, onSelect: onMail },
  {
    label: 'Save as text',
    icon: <Download size={16} aria-hidden />,
    onSelect: () => save(id, 'text'),
  },
  {
    label: 'Save as a page',
    icon: <Download size={16} aria-hidden />,
    onSelect: () => save(id, 'html'),
  },
]

/** The server answers with a file to keep, so the browser stays where it is. */
function save(id: ChatRow['id'], format: 'text' | 'html'): void {
  const link = document.createElement('a')
  link.href = `/api/v1/chats/${id}/transcript?format=${format}`
  link.download = ''
  link.click()
}
