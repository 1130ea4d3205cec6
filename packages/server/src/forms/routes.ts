import { DepartmentFormInput, DepartmentFormView, type DepartmentId } from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, idParams } from '../http/api.ts'
import type { Forms } from './forms.ts'

export function formRoutes(api: Api, { forms }: { forms: Forms }): void {
  const tags = ['Departments']
  const params = idParams<DepartmentId>()
  api.get(
    '/departments/:id/form',
    {
      config: { who: 'signed-in' },
      schema: {
        tags,
        summary: 'What a department asks before and after a chat, and its own words',
        params,
        response: { 200: DepartmentFormView },
      },
    },
    async (request) => forms.one(actorOf(request), request.params.id),
  )
  api.patch(
    '/departments/:id/form',
    {
      config: { who: 'administrator' },
      schema: {
        tags,
        summary: 'Change fields, words or survey of a department',
        description: 'Each part that is sent replaces what it was. Answers already given stay.',
        params,
        body: Type.Partial(DepartmentFormInput, { additionalProperties: false }),
        response: { 200: DepartmentFormView },
      },
    },
    async (request) => forms.update(actorOf(request), request.params.id, request.body),
  )
}
