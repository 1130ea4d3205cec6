import { Id, type MailId, MailLog, MailView, TestMailInput } from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, idParams } from '../http/api.ts'
import type { Mailing } from './mail-log.ts'

const Query = Type.Object({ before: Type.Optional(Id<MailId>()) }, { additionalProperties: false })

export function mailRoutes(api: Api, { mailing }: { mailing: Mailing }): void {
  const tags = ['Mail']
  const config = { who: 'administrator' } as const
  api.get(
    '/mails',
    {
      config,
      schema: {
        tags,
        summary: 'What was mailed, what waits and what failed',
        description: 'Newest first; pass “next” as “before” for the following page.',
        querystring: Query,
        response: { 200: MailLog },
      },
    },
    async (request) => mailing.list(actorOf(request), request.query.before),
  )
  api.post(
    '/mails/:id/try-again',
    {
      config,
      schema: {
        tags,
        summary: 'Try a mail again now',
        params: idParams<MailId>(),
        response: { 200: MailView },
      },
    },
    async (request) => mailing.again(actorOf(request), request.params.id),
  )
  api.post(
    '/mails/test',
    {
      config: { ...config, rateLimit: { max: 120, timeWindow: 60_000 } },
      schema: {
        tags,
        summary: 'Send a test mail',
        body: TestMailInput,
        response: { 201: MailView },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await mailing.test(actorOf(request), request.body.to)),
  )
}
