import type { CannedReplyView } from '@beckon/protocol'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { MessageSquareQuote, Plus, Search } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { departmentsQuery, meQuery } from '../queries.ts'
import { languageName } from '../settings/languages.ts'
import { List } from '../settings/list.tsx'
import { SettingsPage } from '../settings/settings-page.tsx'
import { cannedRepliesQuery } from './canned-replies.ts'
import { CannedReplyForm } from './canned-reply-form.tsx'
import { byCategory } from './found-replies.ts'

const SECTIONS = [
  { name: 'Yours', shared: false, empty: 'You have none of your own yet.' },
  { name: 'Shared with the team', shared: true, empty: 'Managers share the answers that work.' },
]

/** Answers for chats: one's own, and those the team shares (C7). */
export function CannedRepliesPage() {
  const { data: me } = useSuspenseQuery(meQuery)
  const replies = useQuery(cannedRepliesQuery)
  const { data: departments = [] } = useQuery(departmentsQuery)
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState<CannedReplyView | 'new'>()
  const none = replies.data?.length === 0
  const forWhom = ({ brandId, departmentId, language }: CannedReplyView) =>
    [
      me.brands.length > 1 && me.brands.find(({ id }) => id === brandId)?.name,
      departments.find(({ id }) => id === departmentId)?.name,
      language && languageName(language),
    ]
      .filter(Boolean)
      .join(' · ')
  return (
    <SettingsPage
      title="Canned replies"
      end={
        <Button
          variant="primary"
          icon={<Plus size={15} aria-hidden />}
          onClick={() => setOpen('new')}
        >
          Add a reply
        </Button>
      }
    >
      <p className="mb-4 text-text-2">
        Answers at hand in every chat: type <kbd className="font-mono text-accent-text">/</kbd> and
        the shortcut. What is known of the visitor is filled in. Managers share with the team.
      </p>
      {replies.data === undefined || none ? (
        <List
          query={replies}
          keyOf={(reply) => reply.id}
          empty={
            <Empty
              drawing={<MessageSquareQuote size={56} strokeWidth={1} />}
              fact="There are no canned replies"
              next="Keep here what you answer often."
            />
          }
        >
          {() => null}
        </List>
      ) : (
        <>
          <SearchField query={query} onQuery={setQuery} />
          {SECTIONS.map(({ name, shared, empty }) => {
            const found = byCategory(
              replies.data.filter((reply) => reply.shared === shared),
              query,
            )
            return (
              <section key={name} aria-label={name} className="mb-6">
                <h2 className="mb-1.5 font-semibold">{name}</h2>
                {found.length === 0 && (
                  <p className="py-2 text-text-3">{query ? 'None of them says that.' : empty}</p>
                )}
                {found.map(({ category, replies: under }) => (
                  <div key={category} className="mb-3">
                    {category && (
                      <h3 className="py-1 text-micro font-medium text-text-3">{category}</h3>
                    )}
                    <ul className="flex flex-col divide-y divide-line border-y border-line">
                      {under.map((reply) => (
                        <li key={reply.id}>
                          <Row
                            reply={reply}
                            forWhom={forWhom(reply)}
                            onOpen={() => setOpen(reply)}
                          />
                        </li>
                      ))}
                    </ul>
                  </div>
                ))}
              </section>
            )
          })}
        </>
      )}
      {open && (
        <CannedReplyForm
          reply={open === 'new' ? undefined : open}
          categories={[...new Set(replies.data?.map(({ category }) => category).filter(Boolean))]}
          onClose={() => setOpen(undefined)}
        />
      )}
    </SettingsPage>
  )
}

type SearchFieldProps = { query: string; onQuery: (query: string) => void }

const SearchField = ({ query, onQuery }: SearchFieldProps) => (
  <label className="relative mb-4 block">
    <Search
      size={14}
      aria-hidden
      className="pointer-events-none absolute start-2.5 top-1/2 -translate-y-1/2 text-text-3"
    />
    <input
      type="search"
      aria-label="Find a canned reply"
      placeholder="Find a canned reply"
      value={query}
      onChange={(event) => onQuery(event.currentTarget.value)}
      className="text-field h-[34px] w-full ps-8 pe-2"
    />
  </label>
)

type RowProps = { reply: CannedReplyView; forWhom: string; onOpen: () => void }

/** One that somebody else looks after is read, not opened. */
function Row({ reply, forWhom, onOpen }: RowProps) {
  const { name, shortcut, text, mine } = reply
  return (
    <div className="relative px-2 py-2.5 hover:bg-hover">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-mono text-[12px] text-accent-text">/{shortcut}</span>
        {mine ? (
          <button
            type="button"
            onClick={onOpen}
            className="min-w-0 text-start font-medium wrap-anywhere after:absolute after:inset-0"
          >
            {name}
          </button>
        ) : (
          <span className="min-w-0 font-medium wrap-anywhere">{name}</span>
        )}
        {forWhom && <span className="text-small text-text-3">{forWhom}</span>}
      </p>
      <p
        className="mt-0.5 line-clamp-2 text-small wrap-anywhere whitespace-pre-line text-text-2"
        title={text}
      >
        {text}
      </p>
    </div>
  )
}
