import type { Tag } from '@beckon/protocol'
import { LIMITS } from '@beckon/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { sentenceOf } from '../../api.ts'
import { cx } from '../../parts/class-names.ts'
import { TagChip } from '../../parts/tag-chip.tsx'
import { toast } from '../../parts/toast-queue.ts'
import { tagsQuery } from './history-queries.ts'
import { suggestions } from './tag-suggestions.ts'

type TagsLineProps = {
  tags: readonly Tag[]
  onPut: (name: string) => Promise<unknown>
  onTake: (tag: Tag) => Promise<unknown>
  /** Begins with the box for a word more. */
  begun?: boolean
}

/** The tags of a visitor or a chat; a word more is a click and a few letters. */
export function TagsLine({ tags, onPut, onTake, begun = false }: TagsLineProps) {
  const [adding, setAdding] = useState(begun)
  const add = useRef<HTMLButtonElement>(null)
  const untag = async (tag: Tag) => {
    add.current?.focus()
    try {
      await onTake(tag)
    } catch (thrown) {
      toast.show({ text: `The tag is still there: ${sentenceOf(thrown)}` })
    }
  }
  return (
    <div className="relative flex min-w-0 flex-wrap items-center gap-1">
      {tags.map((tag) => (
        <TagChip key={tag.id} tag={tag} onRemove={() => void untag(tag)} />
      ))}
      {adding ? (
        <TagBox
          tags={tags}
          onPut={onPut}
          onDone={(back) => {
            setAdding(false)
            if (back) requestAnimationFrame(() => add.current?.focus())
          }}
        />
      ) : (
        <button
          ref={add}
          type="button"
          onClick={() => setAdding(true)}
          className="ring-inside inline-flex h-6 items-center gap-1 rounded-chip px-1.5 text-small text-text-3 hover:bg-hover hover:text-text"
        >
          <Plus size={13} aria-hidden /> Tag
        </button>
      )}
    </div>
  )
}

type TagBoxProps = Pick<TagsLineProps, 'tags' | 'onPut'> & {
  /** `back`: the focus belongs to whatever opened the box. */
  onDone: (back: boolean) => void
}

function TagBox({ tags, onPut, onDone }: TagBoxProps) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const [problem, setProblem] = useState('')
  const list = useId()
  const box = useRef<HTMLInputElement>(null)
  const queries = useQueryClient()
  const { data: known = [] } = useQuery(tagsQuery)
  const offers = suggestions({ typed, known, have: tags })
  useEffect(() => box.current?.focus(), [])

  const put = async (name: string) => {
    setTyped('')
    setAt(0)
    setProblem('')
    try {
      await onPut(name)
      void queries.invalidateQueries(tagsQuery)
    } catch (thrown) {
      setTyped(name)
      setProblem(sentenceOf(thrown))
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onDone(true)
    else if (event.key === 'Enter') {
      const offer = offers[at]
      if (offer) void put(offer.name)
    } else if (event.key === 'ArrowDown') setAt(Math.min(offers.length - 1, at + 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1))
    else return
    event.preventDefault()
  }
  return (
    <span>
      <input
        ref={box}
        role="combobox"
        aria-label="Add a tag"
        aria-expanded={offers.length > 0}
        aria-controls={list}
        aria-activedescendant={offers[at] ? `${list} ${at}` : undefined}
        aria-invalid={problem !== '' || undefined}
        autoComplete="off"
        maxLength={LIMITS.tagCharacters}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => onDone(false)}
        className="text-field h-6 w-32 px-2 text-small"
      />
      {(offers.length > 0 || problem) && (
        <span className="absolute inset-x-0 top-full z-30 mt-1 block rounded-menu bg-popover p-1 shadow-menu">
          {problem && (
            <span role="alert" className="block px-2 py-1 text-small text-red-text">
              {problem}
            </span>
          )}
          <span role="listbox" id={list} aria-label="Tags" className="block">
            {offers.map((offer, index) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the box keeps the focus and names the active option
              // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are those of the box
              <span
                key={offer.name}
                id={`${list} ${index}`}
                role="option"
                aria-selected={index === at}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => void put(offer.name)}
                onMouseEnter={() => setAt(index)}
                className={cx(
                  'flex h-8 cursor-default items-center gap-2 rounded-item px-2',
                  index === at && 'bg-hover',
                )}
              >
                {offer.tint === undefined ? (
                  <span className="truncate text-small">
                    New tag <strong className="font-semibold">{offer.name}</strong>
                  </span>
                ) : (
                  <TagChip tag={{ name: offer.name, tint: offer.tint }} />
                )}
              </span>
            ))}
          </span>
        </span>
      )}
    </span>
  )
}
