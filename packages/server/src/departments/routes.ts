import { type DepartmentId, DepartmentInput, DepartmentView } from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, idParams, listOf } from '../http/api.ts'
import type { Departments } from './departments.ts'

const DepartmentPatch = Type.Partial(DepartmentInput, { additionalProperties: false })

export function departmentRoutes(api: Api, deps: { departments: Departments }): void {
  const { departments } = deps
  const tags = ['Departments']
  const params = idParams<DepartmentId>()

  api.get(
    '/departments',
    {
      config: { who: 'signed-in' },
      schema: {
        tags,
        summary: 'Departments of your brands',
        response: { 200: listOf(DepartmentView) },
      },
    },
    async (request) => ({ items: departments.list(actorOf(request)) }),
  )
  api.get(
    '/departments/:id',
    {
      config: { who: 'signed-in' },
      schema: { tags, summary: 'One department', params, response: { 200: DepartmentView } },
    },
    async (request) => departments.one(actorOf(request), request.params.id),
  )
  api.post(
    '/departments',
    {
      config: { who: 'administrator' },
      schema: {
        tags,
        summary: 'Add a department',
        description: 'Makes its front-line group, named as the department.',
        body: DepartmentInput,
        response: { 201: DepartmentView },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await departments.create(actorOf(request), request.body)),
  )
  api.patch(
    '/departments/:id',
    {
      config: { who: 'administrator' },
      schema: {
        tags,
        summary: 'Rename a department or switch its live chat',
        params,
        body: DepartmentPatch,
        response: { 200: DepartmentView },
      },
    },
    async (request) => departments.update(actorOf(request), request.params.id, request.body),
  )
  api.delete(
    '/departments/:id',
    {
      config: { who: 'administrator' },
      schema: {
        tags,
        summary: 'Delete a department without history',
        params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await departments.remove(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}
