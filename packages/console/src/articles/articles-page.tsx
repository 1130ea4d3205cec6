import type { ArticleView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { BookOpen, ExternalLink, Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Pill } from '../parts/pill.tsx'
import { brandsQuery } from '../queries.ts'
import { List } from '../settings/list.tsx'
import { SettingsPage } from '../settings/settings-page.tsx'
import { ArticleForm } from './article-form.tsx'
import { articlesQuery } from './articles.ts'

/** What visitors read on the portal before they have to ask. */
export function ArticlesPage() {
  const articles = useQuery(articlesQuery)
  const { data: brands = [] } = useQuery(brandsQuery)
  const [open, setOpen] = useState<ArticleView | 'new'>()
  const several = brands.length > 1
  return (
    <SettingsPage
      title="Help articles"
      end={
        <Button
          variant="primary"
          icon={<Plus size={15} aria-hidden />}
          onClick={() => setOpen('new')}
        >
          Add an article
        </Button>
      }
    >
      <p className="mb-4 text-text-2">
        Published articles are on the portal, found by its search, and suggested beside a chat.
        Until there is one, the portal shows three that come with Beckon.
      </p>
      <List
        query={articles}
        keyOf={(article) => article.id}
        empty={
          <Empty
            drawing={<BookOpen size={56} strokeWidth={1} />}
            fact="There are no articles of your own"
            next="Begin with what you are asked most."
          />
        }
      >
        {(article) => (
          <Row
            article={article}
            brand={several ? brands.find(({ id }) => id === article.brandId)?.name : undefined}
            onOpen={() => setOpen(article)}
          />
        )}
      </List>
      {open && (
        <ArticleForm
          article={open === 'new' ? undefined : open}
          onClose={() => setOpen(undefined)}
        />
      )}
    </SettingsPage>
  )
}

type RowProps = { article: ArticleView; brand: string | undefined; onOpen: () => void }

const Row = ({ article, brand, onOpen }: RowProps) => (
  <div className="relative flex min-h-[52px] items-center gap-4 px-2 py-2 hover:bg-hover">
    <div className="min-w-0 flex-1">
      <p className="flex items-center gap-2">
        <button
          type="button"
          onClick={onOpen}
          className="min-w-0 truncate text-start font-medium after:absolute after:inset-0"
        >
          {article.title}
        </button>
        {!article.published && <Pill hue="gray">Draft</Pill>}
      </p>
      <p className="truncate text-small text-text-3">
        {[brand, article.lead].filter(Boolean).join(' · ')}
      </p>
    </div>
    {article.published && (
      <a
        href={article.url}
        target="_blank"
        rel="noopener noreferrer"
        className="relative inline-flex items-center gap-1.5 text-small text-text-3 hover:text-text"
      >
        Read it
        <ExternalLink size={13} aria-hidden />
      </a>
    )}
  </div>
)
