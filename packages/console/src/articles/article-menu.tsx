import type { ChatId } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { BookOpen } from 'lucide-react'
import { IconButton } from '../parts/icon-button.tsx'
import { Menu } from '../parts/menu.tsx'
import { chatArticlesQuery } from './articles.ts'

type ArticleMenuProps = { chatId: ChatId; onTake: (words: string) => void }

/** Articles that may answer what the visitor asked first; there only where there are some. */
export function ArticleMenu({ chatId, onTake }: ArticleMenuProps) {
  const { data: found = [] } = useQuery(chatArticlesQuery(chatId))
  if (found.length === 0) return null
  return (
    <Menu
      side="top"
      note="Puts the title and its address into the message."
      trigger={
        <IconButton label="Articles that may help" icon={<BookOpen size={16} aria-hidden />} />
      }
      groups={[
        {
          heading: 'May answer the question',
          items: found.map(({ title, url }) => ({
            label: title,
            onSelect: () => onTake(`${title}: ${url}`),
          })),
        },
      ]}
    />
  )
}
