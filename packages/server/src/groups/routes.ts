import { type GroupId, GroupInput, GroupView } from '@beckon/protocol'
import type { Api } from '../http/api.ts'
import { collectionRoutes } from '../http/collection.ts'
import type { Groups } from './groups.ts'

export function groupRoutes(api: Api, { groups }: { groups: Groups }): void {
  collectionRoutes<GroupId, typeof GroupInput, typeof GroupView>(api, {
    path: '/groups',
    tag: 'Groups',
    input: GroupInput,
    view: GroupView,
    says: {
      list: 'Groups of your brands',
      one: 'One group',
      add: 'Add a group',
      change: 'Change a group: its name, department, members, and how its chats are given',
      delete: 'Delete a group without chats',
    },
    things: groups,
    change: (actor, id, patch) => groups.update(actor, id, patch),
  })
}
