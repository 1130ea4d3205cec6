import {
  type ChatId,
  type ChatRecordView,
  type ChatRow,
  type ChatWork,
  EndedChatsAsk,
  type Message,
  type TransferTarget,
} from '@beckon/protocol'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { AgentActor } from '../agents/actor.ts'
import { worksWithVisitors } from '../agents/rights.ts'
import { type Api, actorOf, idParams } from '../http/api.ts'
import { Refusal } from '../refusal.ts'
import type { EndedChats } from './ended-chats.ts'
import type { createChatRecords } from './record.ts'
import type { createTargets } from './targets.ts'

const Query = Type.Object(
  {
    state: Type.Literal('ended'),
    before: Type.Optional(Type.String({ maxLength: 100 })),
    limit: Type.Optional(Type.String({ pattern: '^([1-9]\\d?|100)$' })),
  },
  { additionalProperties: false },
)

// The wire types of chats are types only: what leaves here is built from rows, field by field.
const Row = Type.Unsafe<ChatRow>({ type: 'object', additionalProperties: true })
const Said = Type.Unsafe<Message>({ type: 'object', additionalProperties: true })

const Record = Type.Unsafe<ChatRecordView>({ type: 'object', additionalProperties: true })
const Work = Type.Unsafe<ChatWork>({ type: 'object', additionalProperties: true })
const Target = Type.Unsafe<TransferTarget>({ type: 'object', additionalProperties: true })

const Page = Type.Object({
  items: Type.Array(Row),
  next: Type.Union([Type.String(), Type.Null()]),
})

export function chatRoutes(
  api: Api,
  deps: {
    endedChats: EndedChats
    record: ReturnType<typeof createChatRecords>
    targets: ReturnType<typeof createTargets>
  },
): void {
  const tags = ['Chats']
  api.get(
    '/chats',
    {
      config: { who: 'signed-in' },
      schema: {
        tags,
        summary: 'Ended chats you may open, last ended first',
        description:
          'Open chats are live: subscribe to them over /ws/agent. Pass “next” as “before” for the following page.',
        querystring: Query,
        response: { 200: Page },
      },
    },
    async (request) => {
      const { before, limit } = request.query
      return deps.endedChats.list(worker(request), {
        ...(before !== undefined && { before }),
        ...(limit !== undefined && { limit: Number(limit) }),
      })
    },
  )
  // POST, since names and addresses of people belong in no address and in no log of one.
  api.post(
    '/chats/search',
    {
      config: { who: 'signed-in', rateLimit: { max: 600, timeWindow: 60_000 } },
      schema: {
        tags,
        summary: 'Search the ended chats you may open',
        description:
          'Words of names, addresses, messages and notes, or a chat’s number, narrowed by who answered, group, site and when it ended.',
        body: EndedChatsAsk,
        response: { 200: Page },
      },
    },
    async (request) => deps.endedChats.list(worker(request), request.body),
  )
  api.get(
    '/chats/:id',
    {
      config: { who: 'signed-in' },
      schema: {
        tags,
        summary: 'One chat with its messages, notes, tags and log',
        params: idParams<ChatId>(),
        response: {
          200: Type.Object({
            chat: Row,
            messages: Type.Array(Said),
            record: Record,
            work: Work,
          }),
        },
      },
    },
    async (request) => deps.record(actorOf(request), request.params.id),
  )
  api.get(
    '/chats/:id/targets',
    {
      config: { who: 'signed-in' },
      schema: {
        tags,
        summary: 'To whom a chat can be passed on, and why not to others',
        params: idParams<ChatId>(),
        response: { 200: Type.Object({ items: Type.Array(Target) }) },
      },
    },
    async (request) => deps.targets(actorOf(request), request.params.id),
  )
}

function worker(request: FastifyRequest): AgentActor {
  const actor = actorOf(request)
  if (worksWithVisitors(actor)) return actor
  throw new Refusal('not_allowed', 'Chats need the agent or the manager role.')
}
