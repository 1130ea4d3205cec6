import type { AgentAccess } from '@beckon/protocol'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../api.ts'

/** How each account gets in; for administrators. */
export const agentAccessQuery = queryOptions({
  queryKey: ['agent-access'],
  queryFn: async () => (await api<{ items: AgentAccess[] }>('GET', '/agent-access')).items,
})
