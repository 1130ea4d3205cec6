import type { ChatId, ChatRow, Message } from '@beckon/protocol'
import { Type } from 'typebox'
import { worksWithVisitors } from '../agents/rights.ts'
import { type Api, actorOf, idParams } from '../http/api.ts'
import { Refusal } from '../refusal.ts'
import type { EndedChats } from './ended-chats.ts'

const Query = Type.Object(
  {
    state: Type.Literal('ended'),
    q: Type.Optional(Type.String({ maxLength: 200 })),
    before: Type.Optional(Type.String({ maxLength: 100 })),
    limit: Type.Optional(Type.String({ pattern: '^([1-9]\\d?|100)$' })),
  },
  { additionalProperties: false },
)

// The wire types of chats are types only: what leaves here is built from rows, field by field.
const Row = Type.Unsafe<ChatRow>({ type: 'object', additionalProperties: true })
const Said = Type.Unsafe<Message>({ type: 'object', additionalProperties: true })

export function chatRoutes(api: Api, deps: { endedChats: EndedChats }): void {
  const tags = ['Chats']
  api.get(
    '/chats',
    {
      config: { who: 'signed-in' },
      schema: {
        tags,
        summary: 'Ended chats you may open, last ended first',
        description:
          'Open chats are live: subscribe to them over /ws/agent. “q” searches name, number and messages; pass “next” as “before” for the following page.',
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
        throw new Refusal('not_allowed', 'Chats need the agent or the manager role.')
      }
      const { q, before, limit } = request.query
      const text = q?.trim() || undefined
      return deps.endedChats.list(actor, { text, before, limit: Number(limit ?? 50) })
    },
  )
  api.get(
    '/chats/:id',
    {
      config: { who: 'signed-in' },
      schema: {
        tags,
        summary: 'One chat with its messages',
        params: idParams<ChatId>(),
        response: { 200: Type.Object({ chat: Row, messages: Type.Array(Said) }) },
      },
    },
    async (request) => deps.endedChats.transcript(actorOf(request), request.params.id),
  )
}
