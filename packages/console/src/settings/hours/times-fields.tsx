import { Plus, X } from 'lucide-react'
import { IconButton } from '../../parts/icon-button.tsx'
import { Input } from '../../parts/input.tsx'
import { OFFICE, type TimesDraft } from './hours-draft.ts'

const MOST = 6

type TimesFieldsProps = {
  /** Whose times they are, for names of fields. */
  day: string
  open: readonly TimesDraft[]
  onChange: (open: TimesDraft[]) => void
}

/** The times of one day; none of them: closed. */
export function TimesFields({ day, open, onChange }: TimesFieldsProps) {
  const put = (at: number, part: Partial<TimesDraft>) =>
    onChange(open.map((times, index) => (index === at ? { ...times, ...part } : times)))
  const add = (
    <IconButton
      label={`Add times to ${day}`}
      icon={<Plus size={15} aria-hidden />}
      disabled={open.length >= MOST}
      onClick={() => onChange([...open, open.length === 0 ? OFFICE : { from: '', to: '' }])}
    />
  )
  if (open.length === 0) {
    return (
      <div className="flex h-[34px] min-w-0 flex-1 items-center gap-2 text-text-3">
        Closed {add}
      </div>
    )
  }
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1.5">
      {open.map((times, at) => (
        // Lines have no names; one is its place.
        // biome-ignore lint/suspicious/noArrayIndexKey: the fields are controlled by their place
        <div key={at} className="flex items-center gap-2">
          <Time
            name={`${nameOf(day, at)} from`}
            value={times.from}
            onChange={(from) => put(at, { from })}
          />
          <span className="text-text-3" aria-hidden>
            –
          </span>
          <Time
            name={`${nameOf(day, at)} to`}
            value={times.to}
            onChange={(to) => put(at, { to })}
          />
          <IconButton
            label={`Take away ${times.from || 'these times'}, ${day}`}
            icon={<X size={15} aria-hidden />}
            onClick={() => onChange(open.filter((_, index) => index !== at))}
          />
          {at === open.length - 1 && add}
        </div>
      ))}
    </div>
  )
}

/** The second times of a day have a name of their own. */
const nameOf = (day: string, at: number): string => (at === 0 ? day : `${day}, time ${at + 1},`)

type TimeProps = { name: string; value: string; onChange: (value: string) => void }

const Time = ({ name, value, onChange }: TimeProps) => (
  <span className="w-[124px] max-md:min-w-0 max-md:shrink flex-none">
    <Input
      type="time"
      aria-label={name}
      className="tabular-nums"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  </span>
)
