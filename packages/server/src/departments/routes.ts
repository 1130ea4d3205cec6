import { type DepartmentId, DepartmentInput, DepartmentView } from '@beckon/protocol'
import type { Api } from '../http/api.ts'
import { collectionRoutes } from '../http/collection.ts'
import type { Departments } from './departments.ts'

export function departmentRoutes(api: Api, { departments }: { departments: Departments }): void {
  collectionRoutes<DepartmentId, typeof DepartmentInput, typeof DepartmentView>(api, {
    path: '/departments',
    tag: 'Departments',
    input: DepartmentInput,
    view: DepartmentView,
    says: {
      list: 'Departments of your brands',
      one: 'One department',
      add: {
        summary: 'Add a department',
        description: 'Makes its front-line group, named as the department.',
      },
      change: 'Rename a department, switch its live chat, or set its hours',
      delete: 'Delete a department without history',
    },
    things: departments,
    change: (actor, id, patch) => departments.update(actor, id, patch),
  })
}
