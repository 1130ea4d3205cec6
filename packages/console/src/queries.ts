import type {
  AgentView,
  BrandView,
  DepartmentFormView,
  DepartmentId,
  DepartmentView,
  GroupView,
  IdentityKeyView,
  LinkView,
  Me,
  Preferences,
  SetupState,
  SiteId,
  SiteSignals,
  SiteView,
} from '@beckon/protocol'
import { QueryClient, queryOptions } from '@tanstack/react-query'
import { ApiProblem, api } from './api.ts'

/** Everything the console reads over REST, each question once. */

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal will be the same next time; only an absent server is asked again.
      retry: (failures, problem) =>
        failures < 2 && problem instanceof ApiProblem && problem.status === 0,
    },
  },
})

type List<Item> = { items: Item[] }
const list = async <Item>(path: string): Promise<Item[]> =>
  (await api<List<Item>>('GET', path)).items

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => api<Me>('GET', '/me'),
  staleTime: 60_000,
})
/** Changed here only, so it is asked for once. */
export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: () => api<Preferences>('GET', '/me/preferences'),
  staleTime: Number.POSITIVE_INFINITY,
})
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: () => api<SetupState>('GET', '/setup'),
})
export const sitesQuery = queryOptions({
  queryKey: ['sites'],
  queryFn: () => list<SiteView>('/sites'),
})
export const linksQuery = queryOptions({
  queryKey: ['links'],
  queryFn: () => list<LinkView>('/links'),
})
export const brandsQuery = queryOptions({
  queryKey: ['brands'],
  queryFn: () => list<BrandView>('/brands'),
})
export const departmentsQuery = queryOptions({
  queryKey: ['departments'],
  queryFn: () => list<DepartmentView>('/departments'),
})
export const departmentFormQuery = (id: DepartmentId) =>
  queryOptions({
    queryKey: ['department-form', id],
    queryFn: () => api<DepartmentFormView>('GET', `/departments/${id}/form`),
  })
export const groupsQuery = queryOptions({
  queryKey: ['groups'],
  queryFn: () => list<GroupView>('/groups'),
})
export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: () => list<AgentView>('/agents'),
})
export const identityKeysQuery = (siteId: SiteId) =>
  queryOptions({
    queryKey: ['identity-keys', siteId],
    queryFn: () => list<IdentityKeyView>(`/sites/${siteId}/identity-keys`),
  })
/** Asked each second: the waiting box notices the first hit by itself. */
export const signalsQuery = (siteId: SiteId) =>
  queryOptions({
    queryKey: ['signals', siteId],
    queryFn: async () => {
      const asked = performance.now()
      const signals = await api<SiteSignals>('GET', `/sites/${siteId}/signals`)
      return { signals, answeredMs: Math.max(1, Math.round(performance.now() - asked)) }
    },
    refetchInterval: 1_000,
  })
