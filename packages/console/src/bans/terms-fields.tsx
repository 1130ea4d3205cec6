import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Segment } from '../parts/segment.tsx'
import { LENGTHS, type Length, secondsOf } from './ban-words.ts'

export type Terms = { length: Length; reason: string }
export const DAY: Terms = { length: 'day', reason: '' }

/** The same as the server takes it. */
export const termsInput = ({ length, reason }: Terms): { seconds?: number; reason?: string } => ({
  ...secondsOf(length),
  ...(reason.trim() && { reason: reason.trim() }),
})

/** How long a ban lasts, and why: the last fields of every form that makes one. */
export function TermsFields({ terms, onChange }: { terms: Terms; onChange: (to: Terms) => void }) {
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <p className="font-medium">How long</p>
        <Segment
          label="How long"
          fill
          value={terms.length}
          onChange={(length) => onChange({ ...terms, length })}
          options={LENGTHS}
        />
      </div>
      <Field label="Reason" hint="For colleagues. No visitor reads it.">
        <Input
          maxLength={300}
          value={terms.reason}
          onChange={({ currentTarget }) => onChange({ ...terms, reason: currentTarget.value })}
        />
      </Field>
    </>
  )
}
