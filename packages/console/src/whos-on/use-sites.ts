import type { BrandId, SiteId } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { sitesQuery } from '../queries.ts'

export type SiteFace = {
  id: SiteId
  brandId: BrandId
  name: string
  color: number
  off: boolean
}

/** Names and colours of the sites; empty until they are known, and the list works without them. */
export function useSites(): ReadonlyMap<SiteId, SiteFace> {
  const { data } = useQuery(sitesQuery)
  return useMemo(
    () =>
      new Map(
        (data ?? []).map(({ id, brandId, name, color, off }) => [
          id,
          { id, brandId, name, color, off },
        ]),
      ),
    [data],
  )
}
