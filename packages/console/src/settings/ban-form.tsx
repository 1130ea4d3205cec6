import type { BrandView } from '@beckon/protocol'
import { useState } from 'react'
import { ApiProblem, api } from '../api.ts'
import { bansQuery } from '../bans/bans-query.ts'
import { DAY, TermsFields, termsInput } from '../bans/terms-fields.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Select } from '../parts/select.tsx'
import { queryClient } from '../queries.ts'
import { FieldProblems, FormDialog } from './form-dialog.tsx'

type BanFormProps = { brands: readonly BrandView[]; onClose: () => void }

/** An address or a range, by hand: what somebody else's log gave, with no visit to start from. */
export function BanForm({ brands, onClose }: BanFormProps) {
  const [range, setRange] = useState('')
  const [brandId, setBrandId] = useState<string>(brands[0]?.id ?? '')
  const [terms, setTerms] = useState(DAY)
  const [problem, setProblem] = useState<string>()

  async function save() {
    setProblem(range.trim() ? undefined : 'Write one address or a range.')
    if (!range.trim()) throw new FieldProblems()
    await api('POST', '/bans', {
      range: range.trim(),
      ...(brands.length > 1 && { brandId }),
      ...termsInput(terms),
    })
    await queryClient.invalidateQueries({ queryKey: bansQuery.queryKey })
  }

  return (
    <FormDialog
      title="Ban an address"
      description="Everybody there is cut off at once and kept out, also those who have done nothing."
      save="Ban"
      saving="Banning…"
      changed={range !== '' || terms.reason !== ''}
      onSave={save}
      onClose={onClose}
      atField={(thrown) => {
        if (thrown instanceof FieldProblems) return true
        if (!(thrown instanceof ApiProblem) || thrown.code !== 'bad_input') return false
        setProblem(thrown.message)
        return true
      }}
    >
      <Field
        label="Address or range"
        hint="As 203.0.113.7, 203.0.113.0/24 or 2001:db8::/48. One IPv6 address means its /64. Kept for as long as the ban."
        error={problem}
      >
        <Input
          autoFocus
          maxLength={50}
          spellCheck={false}
          className="font-mono"
          value={range}
          onChange={({ currentTarget }) => setRange(currentTarget.value)}
        />
      </Field>
      {brands.length > 1 && (
        <Field label="Brand">
          <Select
            value={brandId}
            onChoose={setBrandId}
            choices={brands.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      )}
      <TermsFields terms={terms} onChange={setTerms} />
    </FormDialog>
  )
}
