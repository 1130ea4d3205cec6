import { type AgentId, type GroupId, InvitationReport, type SiteId } from '@beckon/protocol'
import { Type } from 'typebox'
import { reportScope } from '../agents/rights.ts'
import type { Directory } from '../directory/directory.ts'
import { type Api, actorOf } from '../http/api.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/store.ts'
import { type Clock, days } from '../time/clock.ts'
import { countInvitations, invitationReport, type ReportBy } from './invitations.ts'

const Moment = Type.String({ pattern: '^\\d{1,15}$' })
const Query = Type.Object(
  {
    from: Type.Optional(Moment),
    to: Type.Optional(Moment),
    by: Type.Optional(Type.Unsafe<ReportBy>(Type.String({ enum: ['agent', 'site', 'group'] }))),
  },
  { additionalProperties: false },
)

export function reportRoutes(
  api: Api,
  deps: { store: Store; directory: Directory; clock: Clock },
): void {
  const { store, directory, clock } = deps
  api.get(
    '/reports/invitations',
    {
      config: { who: 'signed-in' },
      schema: {
        tags: ['Reports'],
        summary: 'Invitations by how they ended',
        description:
          'Milliseconds since 1970; the last 30 days unless said otherwise. Administrators see all, managers their brands, agents their own.',
        querystring: Query,
        response: { 200: InvitationReport },
      },
    },
    async (request) => {
      const scope = reportScope(actorOf(request))
      if (!scope) throw new Refusal('not_allowed', 'Your roles have no reports.')
      const { query } = request
      const to = query.to === undefined ? clock.now() + 1 : Number(query.to)
      const from = query.from === undefined ? to - days(30) : Number(query.from)
      if (from > to) throw new Refusal('bad_input', 'from must not be after to.')
      const by = query.by ?? 'agent'
      const rows = await store.read((db) => countInvitations(db, { from, to, by, scope }))
      const { agents, sites, groups } = directory.now
      const nameOf = (id: string) =>
        ({
          agent: agents.get(id as AgentId)?.name,
          site: sites.get(id as SiteId)?.name,
          group: groups.get(id as GroupId)?.name,
        })[by]
      return invitationReport(rows, { from, to }, nameOf)
    },
  )
}
