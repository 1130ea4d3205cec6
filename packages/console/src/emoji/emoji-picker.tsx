import { Smile } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type KeyboardEvent, useState } from 'react'
import { IconButton } from '../parts/icon-button.tsx'
import { type Emoji, findEmoji } from './emoji-list.ts'

type EmojiPickerProps = {
  onTake: (sign: string) => void
  /** After it has closed: focus goes back to the text. */
  onClosed: () => void
}

const COLUMNS = 8

/** A search and a field of signs: arrows move, Enter takes, Esc closes. */
export function EmojiPicker({ onTake, onClosed }: EmojiPickerProps) {
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <IconButton label="Emoji" icon={<Smile size={16} aria-hidden />} />
      </Popover.Trigger>
      <Popover.Content
        side="top"
        align="start"
        sideOffset={8}
        collisionPadding={8}
        aria-label="Emoji"
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          onClosed()
        }}
        className="z-40 flex w-[300px] animate-fade flex-col gap-1.5 rounded-menu bg-popover p-2 shadow-menu"
      >
        <Signs
          onTake={(sign) => {
            setOpen(false)
            onTake(sign)
          }}
        />
      </Popover.Content>
    </Popover.Root>
  )
}

function Signs({ onTake }: { onTake: (sign: string) => void }) {
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const found = findEmoji(query)
  const at = Math.min(chosen, found.length - 1)

  function press(event: KeyboardEvent) {
    const step = STEPS[event.key]
    if (event.key === 'Enter') {
      const emoji = found[at]
      if (emoji) onTake(emoji.sign)
    } else if (step !== undefined && found.length > 0) {
      setChosen(Math.max(0, Math.min(found.length - 1, at + step)))
    } else return
    event.preventDefault()
  }

  return (
    <>
      <input
        type="search"
        aria-label="Find an emoji"
        placeholder="Find an emoji"
        role="combobox"
        aria-expanded
        aria-controls="emoji-found"
        aria-activedescendant={found[at] && `emoji-${at}`}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value)
          setChosen(0)
        }}
        onKeyDown={press}
        className="text-field h-8 w-full px-2.5 max-md:text-[16px]"
      />
      <div
        id="emoji-found"
        role="listbox"
        aria-label="Emoji"
        className="grid max-h-[204px] grid-cols-8 overflow-y-auto"
      >
        {found.map((emoji, index) => (
          <Sign
            key={emoji.sign}
            id={`emoji-${index}`}
            emoji={emoji}
            chosen={index === at}
            onTake={onTake}
          />
        ))}
      </div>
      <p className="truncate px-1 text-small text-text-3" role="status">
        {found[at]?.words ?? 'None is called like that.'}
      </p>
    </>
  )
}

/** The field is one line: left and right are more use among the signs. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -COLUMNS,
  ArrowDown: COLUMNS,
}

type SignProps = { id: string; emoji: Emoji; chosen: boolean; onTake: (sign: string) => void }

const Sign = ({ id, emoji, chosen, onTake }: SignProps) => (
  // biome-ignore lint/a11y/useKeyWithClickEvents: the search field in focus answers the keys
  <div
    id={id}
    ref={(sign) => {
      if (chosen) sign?.scrollIntoView({ block: 'nearest' })
    }}
    role="option"
    tabIndex={-1}
    aria-selected={chosen}
    aria-label={emoji.words.split(' ')[0]}
    title={emoji.words}
    onMouseDown={(event) => event.preventDefault()}
    onClick={() => onTake(emoji.sign)}
    className="flex size-[34px] cursor-default items-center justify-center rounded-item text-[20px] hover:bg-hover aria-selected:bg-accent-soft"
  >
    {emoji.sign}
  </div>
)
