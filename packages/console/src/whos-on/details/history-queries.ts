import type { PageTrail, PastVisit, Tag, VisitId, VisitorId } from '@beckon/protocol'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../api.ts'

type Page = { items: PastVisit[]; total: number; next: string | null }

/** Visits of a visitor, newest first, a page at a time. Read again for every visit looked at. */
export const pastVisitsQuery = (visitorId: VisitorId | undefined, visitId: VisitId | undefined) =>
  infiniteQueryOptions({
    enabled: visitorId !== undefined,
    queryKey: ['visitor', visitorId, 'visits', visitId],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ limit: '20' })
      if (pageParam) query.set('before', pageParam)
      return api<Page>('GET', `/visitors/${visitorId}/visits?${query}`)
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })

export const trailQuery = (visitId: VisitId) =>
  queryOptions({
    queryKey: ['visit', visitId, 'pages'],
    queryFn: () => api<PageTrail>('GET', `/visits/${visitId}/pages`),
  })

export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: async () => (await api<{ items: Tag[] }>('GET', '/tags')).items,
})
