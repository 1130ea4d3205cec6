import type { BanView } from '@beckon/protocol'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../api.ts'

/** The bans in force; asked again from time to time, since others make and lift them too. */
export const bansQuery = queryOptions({
  queryKey: ['bans'],
  queryFn: async () => (await api<{ items: BanView[] }>('GET', '/bans')).items,
  refetchInterval: 30_000,
})
