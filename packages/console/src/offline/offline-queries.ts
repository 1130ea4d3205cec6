import type { OfflineDetail, OfflineMessageId } from '@beckon/protocol'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../api.ts'

/** All of one. Mail that is on its way arrives after a moment: it is asked again until it has. */
export const offlineQuery = (id: OfflineMessageId) =>
  queryOptions({
    queryKey: ['offline-message', id],
    queryFn: () => api<OfflineDetail>('GET', `/offline-messages/${id}`),
    refetchInterval: ({ state }) =>
      state.data?.answers.some(({ mail }) => mail?.state === 'waiting' || mail?.state === 'sending')
        ? 3_000
        : false,
  })
