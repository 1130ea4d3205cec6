import type { BrandId, BrandView, VisitFilter } from '@beckon/protocol'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { meQuery } from '../queries.ts'
import type { View } from './view.ts'

const ONE: readonly BrandView[] = []

/** The brand that is looked at, where there are several, and the filter that says so to the server. */
export function useShownBrand({ brand: named, filter }: View): {
  brand: BrandId | undefined
  /** None to choose from while there is only one. */
  brands: readonly BrandView[]
  filter: VisitFilter
} {
  const { data: me } = useSuspenseQuery(meQuery)
  const brands = me.brands.length > 1 ? me.brands : ONE
  // What the address names may be another agent's.
  const brand = brands.find(({ id }) => id === named)?.id
  return {
    brand,
    brands,
    filter: useMemo(() => (brand ? { ...filter, brand } : filter), [brand, filter]),
  }
}
