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

/** Texts for invitations: one's own, and those the team shares (W13). */
export function SavedMessagesPage() {
  const { data: me } = useSuspenseQuery(meQuery)
  const messages = useQuery(savedMessagesQuery)
  const { data: sites = [] } = useQuery(sitesQuery)
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState<SavedMessageView | 'new'>()
  const brandOf = ({ brandId }: SavedMessageView) =>
    me.brands.length > 1 ? me.brands.find(({ id }) => id === brandId)?.name : undefined
  const sections = [
    { name: 'Yours', shared: false, fact: 'You have no saved messages' },
    { name: 'Shared with the team', shared: true, fact: 'No message is shared' },
  ]
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
          onChange={(event) => setQuery(event.currentTarget.value)}
          className="text-field h-[34px] w-full ps-8 pe-2"
        />
      </label>
      {sections.slice(0, messages.data ? 2 : 1).map(({ name, shared, fact }) => (
        <section key={name} aria-label={name} className="mb-6">
          <h2 className="mb-1.5 font-semibold">{name}</h2>
          <List
            query={messages}
            select={(all) =>
              byName(
                matching(
                  all.filter((message) => message.shared === shared),
                  query,
                ),
              )
            }
            keyOf={(message) => message.id}
            empty={
              query ? (
                <p className="py-3 text-text-3">None of them says that.</p>
              ) : (
                <Empty
                  drawing={<Bookmark size={44} strokeWidth={1} />}
                  fact={fact}
                  next={
                    shared ? 'Managers share the texts that work.' : 'Save what you write often.'
                  }
                />
              )
            }
          >
            {(message) => (
              <Row
                message={message}
                site={sites.find(({ id }) => id === message.siteId)}
                brand={brandOf(message)}
                onOpen={() => setOpen(message)}
              />
            )}
          </List>
        </section>
      ))}
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
