import type { OwnAccess } from '@beckon/protocol'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../api.ts'
import { queryClient } from '../queries.ts'

export const ownAccessQuery = queryOptions({
  queryKey: ['own-access'],
  queryFn: () => api<OwnAccess>('GET', '/me/sign-in'),
})

export const readAgain = () => queryClient.invalidateQueries({ queryKey: ownAccessQuery.queryKey })
