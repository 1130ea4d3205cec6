import type { AgentId, BrandId, DepartmentId, GroupId, Role } from '@beckon/protocol'
import { DEFAULT_ALERT, DEFAULT_HAND_OFF } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import type { Group, Picture } from '../directory/directory.ts'
import {
  isAdministrator,
  knowsBrand,
  managesBrand,
  managesDepartment,
  mayChangeFilter,
  mayInvite,
  mayOpenChat,
  mayTakeChat,
  mayWithdraw,
  mustOpenChat,
  openGroups,
  reportScope,
  seesBrand,
  seesFilter,
  seesVisitor,
} from './rights.ts'

const brand = 'brand-here' as BrandId
const otherBrand = 'brand-away' as BrandId
const support = 'dept-support' as DepartmentId
const sales = 'dept-sales' as DepartmentId

const group = (id: string, departmentId: DepartmentId): Group => ({
  id: id as GroupId,
  departmentId,
  brandId: brand,
  name: id,
  frontLine: true,
  members: new Map(),
  distribution: 'pull',
  chatLimit: null,
  handOff: DEFAULT_HAND_OFF,
  alert: DEFAULT_ALERT,
})
const supportGroup = group('group-support', support)
const salesGroup = group('group-sales', sales)
const picture: Pick<Picture, 'groups'> = {
  groups: new Map([supportGroup, salesGroup].map((g) => [g.id, g])),
}

/** A member of Support in this brand, with these roles. */
const actor = (...roles: Role[]) => ({
  agentId: 'agent-me-000' as AgentId,
  roles: new Set(roles),
  groupIds: new Set([supportGroup.id]),
  brandIds: new Set([brand]),
})
type Actor = ReturnType<typeof actor>

const theirs = { agentId: 'agent-other', groupId: supportGroup.id, brandId: brand }
const elsewhere = { agentId: 'agent-other', groupId: salesGroup.id, brandId: brand }
const mine = { agentId: 'agent-me-000', groupId: salesGroup.id, brandId: otherBrand }

const rights: Record<string, (a: Actor) => boolean> = {
  'administer settings': isAdministrator,
  'invite a visitor': mayInvite,
  'see own brand': (a) => seesBrand(a, brand),
  'see another brand': (a) => seesBrand(a, otherBrand),
  'read settings of another brand': (a) => knowsBrand(a, otherBrand),
  'see own visitor elsewhere': (a) => seesVisitor(a, otherBrand, ['agent-me-000']),
  'see a stranger elsewhere': (a) => seesVisitor(a, otherBrand, ['agent-other']),
  'manage own department': (a) => managesDepartment(a, support, picture),
  'manage another department': (a) => managesDepartment(a, sales, picture),
  'manage own brand': (a) => managesBrand(a, brand),
  'withdraw own invitation': (a) => mayWithdraw(a, mine, picture),
  'withdraw a colleague’s invitation': (a) => mayWithdraw(a, theirs, picture),
  'withdraw another department’s': (a) => mayWithdraw(a, elsewhere, picture),
  'open a chat of own group': (a) => mayOpenChat(a, theirs, picture),
  'open a chat of another group': (a) => mayOpenChat(a, elsewhere, picture),
  'open own chat of another group': (a) => mayOpenChat(a, mine, picture),
  'open a chat they took part in': (a) =>
    mayOpenChat(a, { ...elsewhere, participantIds: ['agent-me-000'] }, picture),
  'take from own group’s queue': (a) => mayTakeChat(a, supportGroup.id, picture),
  'take from another queue': (a) => mayTakeChat(a, salesGroup.id, picture),
  'change a filter of their own': (a) => mayChangeFilter(a, { ownerId: a.agentId, brandId: null }),
  'see a filter of somebody else': (a) => seesFilter(a, { ownerId: 'other', brandId: null }),
  'see a filter of everyone': (a) => seesFilter(a, { ownerId: null, brandId: null }),
  'change a filter of everyone': (a) => mayChangeFilter(a, { ownerId: null, brandId: null }),
  'change a filter of own brand': (a) => mayChangeFilter(a, { ownerId: null, brandId: brand }),
  'see a filter of another brand': (a) => seesFilter(a, { ownerId: null, brandId: otherBrand }),
}

const people: Record<string, Actor> = {
  agent: actor('agent'),
  manager: actor('manager'),
  administrator: actor('administrator'),
  'agent+manager': actor('agent', 'manager'),
  'agent+administrator': actor('agent', 'administrator'),
}

// One line a right; a letter a person in the order above: Y may, · may not.
const table = `
administer settings               · · Y · Y
invite a visitor                  Y · · Y Y
see own brand                     Y Y · Y Y
see another brand                 · · · · ·
read settings of another brand    · · Y · Y
see own visitor elsewhere         Y Y · Y Y
see a stranger elsewhere          · · · · ·
manage own department             · Y · Y ·
manage another department         · · · · ·
manage own brand                  · Y · Y ·
withdraw own invitation           Y Y · Y Y
withdraw a colleague’s invitation · Y · Y ·
withdraw another department’s     · · · · ·
open a chat of own group          Y Y · Y Y
open a chat of another group      · · · · ·
open own chat of another group    Y Y · Y Y
open a chat they took part in     Y Y · Y Y
take from own group’s queue       Y · · Y Y
take from another queue           · · · · ·
change a filter of their own      Y Y · Y Y
see a filter of somebody else     · · · · ·
see a filter of everyone          Y Y · Y Y
change a filter of everyone       · Y · Y ·
change a filter of own brand      · Y · Y ·
see a filter of another brand     · · · · ·
`

const lines = table
  .trim()
  .split('\n')
  .map((line) => {
    const [, right = '', marks = ''] = /^(.*?)\s+([Y· ]{9})$/.exec(line) ?? []
    return { right, marks: marks.split(' ') }
  })

describe('R rights by role', () => {
  test('R the table names every right once', () => {
    expect(lines.map((line) => line.right).sort()).toEqual(Object.keys(rights).sort())
  })

  for (const { right, marks } of lines) {
    Object.entries(people).forEach(([who, person], column) => {
      const may = marks[column] === 'Y'
      test(`R W14 S12 ${who} ${may ? 'may' : 'may not'} ${right}`, () => {
        expect(rights[right]?.(person)).toBe(may)
      })
    })
  }

  test('T3 a forbidden chat and an absent one are refused alike', () => {
    const chat = { ...elsewhere, id: 'chat-0001' as never }
    const refusal = (work: () => unknown) => {
      try {
        work()
      } catch (error) {
        return { ...(error as { code: string }), message: (error as Error).message }
      }
    }
    const forbidden = refusal(() => mustOpenChat(people.agent as Actor, chat, picture))
    const absent = refusal(() => mustOpenChat(people.agent as Actor, undefined, picture))
    expect(forbidden).toEqual(absent)
    expect(forbidden?.code).toBe('not_found')
  })

  test('R an agent opens the chats of own groups only; a manager those of own departments', () => {
    expect(openGroups(people.agent as Actor, picture)).toEqual([supportGroup.id])
    expect(openGroups(people.manager as Actor, picture)).toEqual([supportGroup.id])
    expect(openGroups(people.administrator as Actor, picture)).toEqual([])
  })

  test('R W14 an invitation of a deleted group can be withdrawn by managers of its brand', () => {
    const orphan = { agentId: 'agent-other', groupId: 'group-gone' as GroupId, brandId: brand }
    expect(mayWithdraw(people.manager as Actor, orphan, picture)).toBe(true)
    expect(mayWithdraw(people.agent as Actor, orphan, picture)).toBe(false)
  })

  test('S9 reports: all for administrators, own brands for managers, own work for agents', () => {
    expect(reportScope(people.administrator as Actor)).toEqual({ all: true })
    expect(reportScope(people.manager as Actor)).toEqual({ brandIds: [brand] })
    expect(reportScope(people.agent as Actor)).toEqual({ agentId: 'agent-me-000' })
  })
})
