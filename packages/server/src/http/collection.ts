import type { FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { type Static, type TObject, type TSchema, Type } from 'typebox'
import type { AgentActor } from '../agents/actor.ts'
import { type Api, actorOf, idParams, listOf, type Who } from './api.ts'

type Says = string | { summary: string; description: string }
type Eventual<T> = T | Promise<T>

/** The verbs of a noun that administrators set. What is not there, or not theirs, is refused inside. */
type Things<Id extends string, View, Input> = {
  list(actor: AgentActor): Eventual<View[]>
  one(actor: AgentActor, id: Id): Eventual<View>
  create(actor: AgentActor, input: Input): Promise<View>
  remove(actor: AgentActor, id: Id): Promise<void>
}

/**
 * The five routes of such a noun: list, one, add, change, delete. Whoever is signed in may read what
 * is theirs; only administrators change it. PATCH takes any part of what POST takes.
 */
export function collectionRoutes<Id extends string, Input extends TObject, View extends TSchema>(
  api: Api,
  noun: {
    path: `/${string}`
    tag: string
    input: Input
    view: View
    says: { list: Says; one: Says; add: Says; change: Says; delete: Says }
    things: Things<Id, Static<View>, Static<Input>>
    change(
      actor: AgentActor,
      id: Id,
      patch: Partial<Static<Input>>,
      exchange: { request: FastifyRequest; reply: FastifyReply },
    ): Promise<Static<View>>
  },
): void {
  const { path, input, view, says, things } = noun
  const params = idParams<Id>()
  const idOf = (request: FastifyRequest) => (request.params as { id: Id }).id
  /** Types cannot follow a schema that is itself a parameter; the schemas check all the same. */
  const route = (who: Who, words: Says, schema: FastifySchema) => ({
    config: { who },
    schema: {
      tags: [noun.tag],
      ...(typeof words === 'string' ? { summary: words } : words),
      ...schema,
    } as FastifySchema,
  })

  api.get(
    path,
    route('signed-in', says.list, { response: { 200: listOf(view) } }),
    async (request) => ({ items: await things.list(actorOf(request)) }),
  )
  api.get(
    `${path}/:id`,
    route('signed-in', says.one, { params, response: { 200: view } }),
    async (request) => things.one(actorOf(request), idOf(request)),
  )
  api.post(
    path,
    route('administrator', says.add, { body: input, response: { 201: view } }),
    async (request, reply) => {
      const made = await things.create(actorOf(request), request.body as Static<Input>)
      return reply.code(201).send(made)
    },
  )
  api.patch(
    `${path}/:id`,
    route('administrator', says.change, {
      params,
      body: Type.Partial(input, { additionalProperties: false }),
      response: { 200: view },
    }),
    async (request, reply) => {
      const patch = request.body as Partial<Static<Input>>
      return noun.change(actorOf(request), idOf(request), patch, { request, reply })
    },
  )
  api.delete(
    `${path}/:id`,
    route('administrator', says.delete, { params, response: { 204: Type.Null() } }),
    async (request, reply) => {
      await things.remove(actorOf(request), idOf(request))
      return reply.code(204).send(null)
    },
  )
}
