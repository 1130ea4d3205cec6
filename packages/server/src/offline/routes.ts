import {
  type DepartmentId,
  type OfflineDetail,
  OfflineMailing,
  type OfflineMessageId,
  type OfflineRow,
} from '@beckon/protocol'
import { Type } from 'typebox'
import { worksWithVisitors } from '../agents/rights.ts'
import { type Api, actorOf, idParams } from '../http/api.ts'
import { Refusal } from '../refusal.ts'
import type { OfflineMessages } from './offline-messages.ts'

const Query = Type.Object(
  {
    state: Type.Literal('done'),
    q: Type.Optional(Type.String({ maxLength: 200 })),
    before: Type.Optional(Type.String({ maxLength: 100 })),
    limit: Type.Optional(Type.String({ pattern: '^([1-9]\\d?|100)$' })),
  },
  { additionalProperties: false },
)

// Built from rows, field by field, like what the wire says of chats.
const Row = Type.Unsafe<OfflineRow>({ type: 'object', additionalProperties: true })
const Detail = Type.Unsafe<OfflineDetail>({ type: 'object', additionalProperties: true })

export function offlineRoutes(
  api: Api,
  { offlineMessages }: { offlineMessages: OfflineMessages },
): void {
  const tags = ['Offline messages']
  const config = { who: 'signed-in' } as const
  api.get(
    '/offline-messages',
    {
      config,
      schema: {
        tags,
        summary: 'Offline messages that are done, last done first',
        description:
          'Those that wait are live: subscribe to “offline” over /ws/agent. “q” searches names, addresses and texts; pass “next” as “before” for the following page.',
        querystring: Query,
        response: {
          200: Type.Object({
            items: Type.Array(Row),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async (request) => {
      const actor = actorOf(request)
      if (!worksWithVisitors(actor)) {
        throw new Refusal('not_allowed', 'Offline messages need the agent or the manager role.')
      }
      const { q, before, limit } = request.query
      const text = q?.trim() || undefined
      return offlineMessages.done(actor, { text, before, limit: Number(limit ?? 50) })
    },
  )
  api.get(
    '/offline-messages/:id',
    {
      config,
      schema: {
        tags,
        summary: 'One offline message with its answers',
        params: idParams<OfflineMessageId>(),
        response: { 200: Detail },
      },
    },
    async (request) => offlineMessages.one(actorOf(request), request.params.id),
  )
  api.get(
    '/departments/:id/mailing',
    {
      config,
      schema: {
        tags,
        summary: 'Where a department’s offline messages are mailed',
        params: idParams<DepartmentId>(),
        response: { 200: OfflineMailing },
      },
    },
    async (request) => offlineMessages.mailing(actorOf(request), request.params.id),
  )
  api.put(
    '/departments/:id/mailing',
    {
      config: { who: 'administrator' },
      schema: {
        tags,
        summary: 'Say where they are mailed',
        params: idParams<DepartmentId>(),
        body: OfflineMailing,
        response: { 200: OfflineMailing },
      },
    },
    async (request) =>
      offlineMessages.setMailing(actorOf(request), request.params.id, request.body),
  )
}
