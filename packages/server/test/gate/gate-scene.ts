import type {
  AgentId,
  BrandId,
  ChatId,
  DepartmentId,
  GroupId,
  InvitationId,
  Role,
  SiteId,
  VisitId,
  VisitorId,
} from '@beckon/protocol'
import { newId } from '../../src/ids.ts'
import { type AgentLine, granted, OWNER, openWhole } from '../whole.ts'

/*
 * Two brands and everybody who may ask: whatever is here carries a word that must never be read
 * over there.
 */

export const CANARY = 'Quokka'

/** Who asks. The first three have no business here at all. */
export const PEOPLE = [
  'stranger',
  'visitor',
  'disabled',
  'agent',
  'agent, other group',
  'agent, other brand',
  'manager',
  'manager, other department',
  'manager, other brand',
  'administrator',
  'administrator and agent',
] as const
export type PersonName = (typeof PEOPLE)[number]
export const OUTSIDERS: readonly PersonName[] = PEOPLE.slice(0, 3)
export const AWAY: readonly PersonName[] = ['agent, other brand', 'manager, other brand']

const ACCOUNTS: Partial<
  Record<PersonName, { roles: Role[]; group?: 'support' | 'sales' | 'away' }>
> = {
  disabled: { roles: ['agent', 'manager', 'administrator'], group: 'support' },
  agent: { roles: ['agent'], group: 'support' },
  'agent, other group': { roles: ['agent'], group: 'sales' },
  'agent, other brand': { roles: ['agent'], group: 'away' },
  manager: { roles: ['manager'], group: 'support' },
  'manager, other department': { roles: ['manager'], group: 'sales' },
  'manager, other brand': { roles: ['manager'], group: 'away' },
  administrator: { roles: ['administrator'] },
  'administrator and agent': { roles: ['agent', 'administrator'], group: 'support' },
}

export type Place = 'here' | 'away'
export type GateScene = Awaited<ReturnType<typeof openGate>>

export async function openGate() {
  const whole = await openWhole()
  const { app } = whole
  const owner = [...app.directory.now.agents.values()][0]
  const group = [...app.directory.now.groups.values()][0]
  if (!owner || !group) throw new Error('the first run made nobody')
  const ids = {
    brand: { here: group.brandId, away: newId<BrandId>() },
    department: {
      support: group.departmentId,
      sales: newId<DepartmentId>(),
      away: newId<DepartmentId>(),
    },
    group: { support: group.id, sales: newId<GroupId>(), away: newId<GroupId>() },
    site: { here: whole.site('website').id, away: newId<SiteId>() },
    agent: new Map<PersonName | Place, AgentId>([['here', owner.id]]),
  }
  await app.store.commit(async (tx) => {
    const created_at = 1
    const { brand, department, group: groups, site, agent } = ids
    await tx
      .insertInto('brands')
      .values({ id: brand.away, name: 'Away', slug: 'away', created_at })
      .execute()
    for (const [name, brand_id] of [
      ['sales', brand.here],
      ['away', brand.away],
    ] as const) {
      const called = name === 'away' ? 'Away' : `Sales ${CANARY}`
      await tx
        .insertInto('departments')
        .values({ id: department[name], brand_id, name: called, live_chat: 1, created_at })
        .execute()
      await tx
        .insertInto('groups')
        .values({
          id: groups[name],
          department_id: department[name],
          name: called,
          front_line: 1,
          created_at,
        })
        .execute()
    }
    const website = await tx
      .selectFrom('sites')
      .selectAll()
      .where('id', '=', site.here)
      .executeTakeFirstOrThrow()
    await tx
      .updateTable('sites')
      .set({ name: `Shop ${CANARY}` })
      .where('id', '=', site.here)
      .execute()
    await tx
      .insertInto('sites')
      .values({
        ...website,
        id: site.away,
        brand_id: brand.away,
        name: 'Away',
        key: 'key-of-away',
        main_link_id: null,
      })
      .execute()
    const like = await tx
      .selectFrom('agents')
      .selectAll()
      .where('id', '=', owner.id)
      .executeTakeFirstOrThrow()
    const bosses = { away: { roles: ['agent', 'manager'], group: 'away' } } as const
    for (const [name, { roles, group: member }] of Object.entries({ ...bosses, ...ACCOUNTS })) {
      const id = newId<AgentId>()
      agent.set(name as PersonName, id)
      const away = member === 'away'
      const called = away ? name : `${name} ${CANARY}`
      await tx
        .insertInto('agents')
        .values({
          ...like,
          id,
          name: called,
          chat_name: called,
          email: `${id}@example.com`,
          roles: JSON.stringify(roles),
          // Chats are queued where somebody receives them: with the two who own what is there.
          available: name === 'away' ? 1 : 0,
          chat_limit: 999,
        })
        .execute()
      if (member) {
        await tx
          .insertInto('group_members')
          .values({ group_id: groups[member], agent_id: id, active: 1 })
          .execute()
      }
    }
    await tx
      .updateTable('agents')
      .set({ available: 1, chat_limit: 999, roles: '["agent","manager","administrator"]' })
      .where('id', '=', owner.id)
      .execute()
  })
  await app.directory.reload()

  const from = { ip: '127.0.0.1', userAgent: 'test' }
  const cookies = new Map<PersonName | Place, string>()
  for (const [name, id] of ids.agent) {
    const { token } = await app.signIns.begin(id, from)
    cookies.set(name, `beckon-http=${token}`)
  }
  await app.store.commit(async (tx) => {
    const id = ids.agent.get('disabled') as AgentId
    await tx.updateTable('agents').set({ disabled: 1 }).where('id', '=', id).execute()
  })
  await app.directory.reload()
  const visitor = await whole.visitor()
  cookies.set('visitor', `beckon-http=${visitor.welcome.token}`)

  const bosses = {
    here: await whole.agent(cookies.get('here') ?? ''),
    away: await whole.agent(cookies.get('away') ?? ''),
  }

  return {
    whole,
    ids,
    bosses,
    /** An HTTP request as somebody's console makes it. */
    async ask(person: PersonName | Place, method: string, path: string, body?: object) {
      const cookie = cookies.get(person)
      const answer = await fetch(`${app.url}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          'x-beckon': '1',
          ...(cookie && { cookie }),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      return { status: answer.status, text: await answer.text() }
    },
    lineOf: (person: PersonName): Promise<AgentLine> => whole.agent(cookies.get(person) ?? ''),
    cookieOf: (person: PersonName) => cookies.get(person) ?? '',
    arrives: (place: Place) => arrives(place),
    async chat(place: Place) {
      const line = await arrives(place)
      const { chatId } = granted(
        await line.ask({ type: 'chat.start', text: `${wordOf(place)} help` }),
      )
      return { ...whereabouts(line), chatId: chatId as ChatId }
    },
    async invitation(place: Place) {
      const line = await arrives(place)
      const { visitId } = whereabouts(line)
      const boss = bosses[place]
      const { version } = granted(await boss.look({ topic: 'values', visitId }))
      const { invitation } = granted(
        await boss.ask<'invitation.send'>({
          type: 'invitation.send',
          visitId,
          groupId: ids.group[place === 'here' ? 'support' : 'away'],
          template: `${wordOf(place)} hello`,
          version,
        }),
      )
      return { ...whereabouts(line), invitationId: invitation.id as InvitationId }
    },
    async offlineMessage(place: Place) {
      const line = await arrives(place)
      const { visitorId } = whereabouts(line)
      granted(
        await line.ask({
          type: 'offline.leave',
          name: wordOf(place),
          email: `${wordOf(place)}@example.com`,
          text: `${wordOf(place)} help`,
          departmentId: ids.department[place === 'here' ? 'support' : 'away'],
        }),
      )
      const { id } = await app.store.read((db) =>
        db
          .selectFrom('offline_messages')
          .select('id')
          .where('visitor_id', '=', visitorId)
          .executeTakeFirstOrThrow(),
      )
      return id
    },
    async visit(place: Place) {
      const visit = whereabouts(await arrives(place))
      // Past pages are read from the database.
      await app.visits.flush()
      return visit
    },
    [Symbol.asyncDispose]: () => whole[Symbol.asyncDispose](),
  }

  function arrives(place: Place) {
    const site = app.directory.now.sites.get(ids.site[place])
    const identity = { name: `${wordOf(place)} ${newId()}` }
    return whole.visitor({ ...(site && { site: site.key }), identity })
  }
  function whereabouts({ welcome }: { welcome: { visit: VisitId } }): {
    visitId: VisitId
    visitorId: VisitorId
  } {
    const visit = app.presence.find(welcome.visit)
    if (!visit) throw new Error('nobody came')
    return { visitId: visit.id, visitorId: visit.visitorId }
  }
}

export const wordOf = (place: Place): string => (place === 'here' ? CANARY : 'Away')
export const PASSWORD = OWNER.password
