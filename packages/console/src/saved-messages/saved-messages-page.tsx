import type { SavedMessageView, SiteView } from '@beckon/protocol'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Bookmark, Plus, Search } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Pill } from '../parts/pill.tsx'
import { meQuery, sitesQuery } from '../queries.ts'
import { languageName } from '../settings/languages.ts'
import { List } from '../settings/list.tsx'
import { SettingsPage } from '../settings/settings-page.tsx'
import { SavedMessageForm } from './saved-message-form.tsx'
import { savedMessagesQuery } from './saved-messages.ts'
import { byName, matching } from './suggestions.ts'

const SECTIONS = [
  { name: 'Yours', shared: false, empty: 'You have none of your own yet.' },
  { name: 'Shared with the team', shared: true, empty: 'Managers share the texts that work.' },
]

/** Texts for invitations: one's own, and those the team shares (W13). */
export function SavedMessagesPage() {
  const { data: me } = useSuspenseQuery(meQuery)
  const messages = useQuery(savedMessagesQuery)
  const { data: sites = [] } = useQuery(sitesQuery)
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState<SavedMessageView | 'new'>()
  const brandOf = ({ brandId }: SavedMessageView) =>
    me.brands.length > 1 ? me.brands.find(({ id }) => id === brandId)?.name : undefined
  const none = messages.data?.length === 0
  const shown = (shared: boolean) =>
    byName(matching(messages.data ?? [], query)).filter((message) => message.shared === shared)
  return (
    <SettingsPage
      title="Saved messages"
      end={
        <Button
          variant="primary"
          icon={<Plus size={15} aria-hidden />}
          onClick={() => setOpen('new')}
        >
          Add a message
        </Button>
      }
    >
      <p className="mb-4 text-text-2">
        Texts for invitations, at hand in the Live Chat Invitation dialog. Those for the visitor’s
        site and language come first there. Managers share with the team.
      </p>
      {messages.data === undefined || none ? (
        <List
          query={messages}
          keyOf={(message) => message.id}
          empty={
            <Empty
              drawing={<Bookmark size={56} strokeWidth={1} />}
              fact="There are no saved messages"
              next="Save here, or in the dialog, what you write often."
            />
          }
        >
          {() => null}
        </List>
      ) : (
        <>
          <SearchField query={query} onQuery={setQuery} />
          {SECTIONS.map(({ name, shared, empty }) => (
            <section key={name} aria-label={name} className="mb-6">
              <h2 className="mb-1.5 font-semibold">{name}</h2>
              {shown(shared).length === 0 && (
                <p className="py-2 text-text-3">{query ? 'None of them says that.' : empty}</p>
              )}
              <ul className="flex flex-col divide-y divide-line border-line not-empty:border-y">
                {shown(shared).map((message) => (
                  <li key={message.id}>
                    <Row
                      message={message}
                      site={sites.find(({ id }) => id === message.siteId)}
                      brand={brandOf(message)}
                      onOpen={() => setOpen(message)}
                    />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </>
      )}
      {open && (
        <SavedMessageForm
          message={open === 'new' ? undefined : open}
          text=""
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
      aria-label="Find a saved message"
      placeholder="Find a saved message"
      value={query}
      onChange={(event) => onQuery(event.currentTarget.value)}
      className="text-field h-[34px] w-full ps-8 pe-2"
    />
  </label>
)

type RowProps = {
  message: SavedMessageView
  site: SiteView | undefined
  brand: string | undefined
  onOpen: () => void
}

/** One that somebody else looks after is read, not opened. */
function Row({ message, site, brand, onOpen }: RowProps) {
  const { name, text, language, standard, mine } = message
  const forWhom = [brand, site?.name, language && languageName(language)]
    .filter(Boolean)
    .join(' · ')
  return (
    <div className="relative px-2 py-2.5 hover:bg-hover">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
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
        {standard && <Pill hue="gray">Begins every invitation</Pill>}
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
