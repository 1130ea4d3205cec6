import {
  ArticleFound,
  type ArticleId,
  ArticleInput,
  type ArticleNode,
  ArticleView,
  type ChatId,
} from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, idParams, listOf } from '../http/api.ts'
import type { Articles } from './articles.ts'
import { readMarkdown } from './markdown.ts'

const tags = ['Help articles']
const params = idParams<ArticleId>()
// A tree of any depth: the type says it, a schema would only say it again.
const Body = Type.Unsafe<{ nodes: ArticleNode[] }>({ type: 'object', additionalProperties: true })
const config = { who: 'signed-in' as const }

export function articleRoutes(api: Api, { articles }: { articles: Articles }): void {
  api.get(
    '/articles',
    {
      config,
      schema: {
        tags,
        summary: 'Help articles of the brands you work in',
        description: 'Also those that are not published.',
        response: { 200: listOf(ArticleView) },
      },
    },
    async (request) => ({ items: await articles.list(actorOf(request)) }),
  )
  api.get(
    '/articles/:id',
    { config, schema: { tags, summary: 'One article', params, response: { 200: ArticleView } } },
    async (request) => articles.one(actorOf(request), request.params.id),
  )
  api.post(
    '/articles',
    {
      config,
      schema: {
        tags,
        summary: 'Write an article',
        description: 'For managers of the brand and administrators. The body is Markdown.',
        body: ArticleInput,
        response: { 201: ArticleView },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await articles.create(actorOf(request), request.body)),
  )
  api.patch(
    '/articles/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Change, publish or take back an article',
        params,
        body: Type.Partial(Type.Omit(ArticleInput, ['brandId']), { additionalProperties: false }),
        response: { 200: ArticleView },
      },
    },
    async (request) => articles.update(actorOf(request), request.params.id, request.body),
  )
  api.delete(
    '/articles/:id',
    {
      config,
      schema: { tags, summary: 'Delete an article', params, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await articles.remove(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
  api.post(
    '/articles/preview',
    {
      config,
      schema: {
        tags,
        summary: 'What Markdown becomes on the portal',
        body: Type.Pick(ArticleInput, ['body'], { additionalProperties: false }),
        response: { 200: Body },
      },
    },
    async (request) => ({ nodes: readMarkdown(request.body.body) }),
  )
  api.get(
    '/chats/:id/articles',
    {
      config,
      schema: {
        tags,
        summary: 'Articles that may answer a chat’s first question',
        params: idParams<ChatId>(),
        response: { 200: listOf(ArticleFound) },
      },
    },
    async (request) => ({ items: await articles.forChat(actorOf(request), request.params.id) }),
  )
}
