import type { SavedMessageView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { Bookmark, Pencil, Plus, Search, Users } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type KeyboardEvent, type SyntheticEvent, useId, useState } from 'react'
import { sentenceOf } from '../api.ts'
import { cx } from '../parts/class-names.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { SavedMessageForm } from './saved-message-form.tsx'
import { noteTaken, savedMessagesQuery } from './saved-messages.ts'
import { type Audience, suggested } from './suggestions.ts'

type SavedMessagesPickerProps = {
  audience: Audience | undefined
  /** What stands in the box now, to be saved. */
  text: string
  onTake: (text: string) => void
}

/** Saved messages in the dialog: search, arrows and Enter; what fits this visitor comes first (W13). */
export function SavedMessagesPicker({ audience, text, onTake }: SavedMessagesPickerProps) {
  const [open, setOpen] = useState(false)
  const [editing, setEditing] = useState<SavedMessageView | 'new'>()
  return (
    <>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger className="flex items-center gap-1.5 rounded-item text-small font-medium text-accent-text">
          <Bookmark size={14} aria-hidden /> Saved messages
        </Popover.Trigger>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Saved messages"
          className="z-40 flex max-h-[360px] w-[400px] animate-fade flex-col rounded-menu bg-popover p-1.5 shadow-menu"
        >
          <Found
            audience={audience}
            onTake={(message) => {
              setOpen(false)
              noteTaken(message.id)
              onTake(message.text)
            }}
            onEdit={(message) => {
              setOpen(false)
              setEditing(message)
            }}
          />
          <button
            type="button"
            disabled={text.trim() === ''}
            onClick={() => {
              setOpen(false)
              setEditing('new')
            }}
            className="ring-inside mt-1 flex h-8 flex-none items-center gap-2 rounded-item border-t border-line px-2 text-start hover:bg-hover disabled:text-text-3"
          >
            <Plus size={14} aria-hidden /> Save this text
          </button>
        </Popover.Content>
      </Popover.Root>
      {editing && (
        // What is sent and pressed in there is not meant for the invitation around it.
        // biome-ignore lint/a11y/noStaticElementInteractions: keeps events to themselves, answers none
        <span onSubmit={stop} onKeyDown={stop}>
          <SavedMessageForm
            message={editing === 'new' ? undefined : editing}
            text={text}
            onClose={() => setEditing(undefined)}
          />
        </span>
      )}
    </>
  )
}

const stop = (event: SyntheticEvent) => event.stopPropagation()

type FoundProps = {
  audience: Audience | undefined
  onTake: (message: SavedMessageView) => void
  onEdit: (message: SavedMessageView) => void
}

function Found({ audience, onTake, onEdit }: FoundProps) {
  const { data, error } = useQuery(savedMessagesQuery)
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const id = useId()
  const found = suggested(data ?? [], query, audience)
  const at = Math.min(chosen, found.length - 1)

  function onKeyDown(event: KeyboardEvent) {
    const message = found[at]
    // Without this, Enter would send the invitation around it.
    if (event.key === 'Enter' && !message) return event.preventDefault()
    if (!message) return
    if (event.key === 'ArrowDown') setChosen((at + 1) % found.length)
    else if (event.key === 'ArrowUp') setChosen((at + found.length - 1) % found.length)
    else if (event.key === 'Enter') onTake(message)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <>
      <label className="relative mb-1 block flex-none">
        <Search
          size={14}
          aria-hidden
          className="pointer-events-none absolute start-2 top-1/2 -translate-y-1/2 text-text-3"
        />
        <input
          type="search"
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
          aria-label="Find a saved message"
          placeholder="Find a saved message"
          value={query}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            setChosen(0)
          }}
          className="text-field h-8 w-full ps-7 pe-2"
        />
      </label>
      <div id={id} role="listbox" aria-label="Saved messages" className="min-h-0 overflow-y-auto">
        {found.map((message, index) => (
          <div key={message.id} className="flex items-center">
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the search box in focus answers the keys */}
            <div
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              onClick={() => onTake(message)}
              className={cx(
                'min-w-0 flex-1 rounded-item px-2 py-1.5 hover:bg-hover',
                index === at && 'bg-hover',
              )}
            >
              <span className="flex items-center gap-1.5 font-medium">
                <span className="truncate">{message.name}</span>
                {message.shared && <Users size={13} className="text-text-3" aria-label="Shared" />}
                {message.standard && <span className="text-small text-text-3">· Standard</span>}
              </span>
              <span className="block truncate text-small text-text-3">{message.text}</span>
            </div>
            {message.mine && (
              <IconButton
                label={`Edit ${message.name}`}
                icon={<Pencil size={14} aria-hidden />}
                onClick={() => onEdit(message)}
              />
            )}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className="px-2 py-3 text-small text-text-3">
          {error
            ? sentenceOf(error)
            : query
              ? 'No saved message says that.'
              : 'No saved messages yet. Save the text you have written.'}
        </p>
      )}
    </>
  )
}
