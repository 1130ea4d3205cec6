import { useSuspenseQuery } from '@tanstack/react-query'
import { Field } from '../parts/field.tsx'
import { Select } from '../parts/select.tsx'
import { meQuery } from '../queries.ts'

/** The brand of a new thing, where there is a choice; it stays there. */
export function BrandChoice({
  value,
  onChoose,
}: {
  value: string
  onChoose: (id: string) => void
}) {
  const { data: me } = useSuspenseQuery(meQuery)
  if (me.brands.length < 2) return null
  return (
    <Field label="Brand" hint="Cannot be changed later.">
      <Select
        value={value}
        onChoose={onChoose}
        choices={me.brands.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Field>
  )
}

/** The one chosen, else the first; nothing to say while there is only one. */
export function useBrandChoice(chosen: string): { brandId?: string } {
  const { data: me } = useSuspenseQuery(meQuery)
  const [first, second] = me.brands
  return second ? { brandId: chosen || (first?.id ?? '') } : {}
}

/** Of which brand a thing is, where there are several. */
export function useBrandName(): (brandId: string) => string | undefined {
  const { data: me } = useSuspenseQuery(meQuery)
  return (brandId) =>
    me.brands.length > 1 ? me.brands.find(({ id }) => id === brandId)?.name : undefined
}
