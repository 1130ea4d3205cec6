import { Plus, Trash2 } from 'lucide-react'
import { Button } from '../../parts/button.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Input } from '../../parts/input.tsx'
import { Switch } from '../../parts/switch.tsx'
import type { HolidayDraft } from './hours-draft.ts'
import { TimesFields } from './times-fields.tsx'

const MOST = 200

type HolidayFieldsProps = {
  holidays: readonly HolidayDraft[]
  onChange: (holidays: HolidayDraft[]) => void
}

/** Days on which other hours are kept, or none. */
export function HolidayFields({ holidays, onChange }: HolidayFieldsProps) {
  const put = (at: number, part: Partial<HolidayDraft>) =>
    onChange(holidays.map((one, index) => (index === at ? { ...one, ...part } : one)))
  return (
    <>
      {holidays.length === 0 ? (
        <p className="text-text-3">None yet.</p>
      ) : (
        <p className="-mb-3 flex gap-2 text-micro font-medium text-text-3" aria-hidden>
          <span className="w-[150px] flex-none">Day</span>
          Name
        </p>
      )}
      <ul className="flex flex-col divide-y divide-line">
        {holidays.map((holiday, at) => {
          const name = holiday.name || holiday.date || `Holiday ${at + 1}`
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the fields are controlled by their place
            <li key={at} className="flex flex-col gap-2 py-3 first:pt-0">
              <div className="flex items-center gap-2">
                <span className="w-[150px] flex-none">
                  <Input
                    type="date"
                    aria-label={`Day of ${name}`}
                    value={holiday.date}
                    onChange={(event) => put(at, { date: event.currentTarget.value })}
                  />
                </span>
                <Input
                  aria-label={`Name of ${name}`}
                  maxLength={80}
                  value={holiday.name}
                  onChange={(event) => put(at, { name: event.currentTarget.value })}
                />
                <IconButton
                  label={`Take away ${name}`}
                  icon={<Trash2 size={15} aria-hidden />}
                  onClick={() => onChange(holidays.filter((_, index) => index !== at))}
                />
              </div>
              <div className="flex items-start gap-4 max-md:flex-col">
                <TimesFields
                  day={name}
                  open={holiday.open}
                  onChange={(open) => put(at, { open })}
                />
                <Switch
                  label={<span className="font-normal">Every year</span>}
                  checked={holiday.yearly}
                  onChange={(yearly) => put(at, { yearly })}
                />
              </div>
            </li>
          )
        })}
      </ul>
      <Button
        className="self-start"
        icon={<Plus size={15} aria-hidden />}
        disabled={holidays.length >= MOST}
        onClick={() => onChange([...holidays, { date: '', yearly: false, name: '', open: [] }])}
      >
        Add a holiday
      </Button>
    </>
  )
}
