import { isDeepStrictEqual } from 'node:util'
import type { AgentId, DepartmentForm, GroupId, Hours, Role } from '@beckon/protocol'
import type { Bus } from '../realtime/bus.ts'
import { secondStepRoles } from '../store/second-step-rows.ts'
import type { Db, Store } from '../store/store.ts'
import { pause } from '../time/pause.ts'
import { cardOf } from './card.ts'
import type { Agent, Directory, Group, Picture } from './directory.ts'
import { linksOf } from './links.ts'

const AGAIN_MS = 1_000

/** The picture of the settings, read once and again after each change here or on another node. */
export async function createDirectory({
  store,
  bus,
  several = false,
}: {
  store: Store
  bus: Bus
  /** Other nodes change it as well. */
  several?: boolean
}): Promise<Directory> {
  let now = await store.read(readPicture)
  let reading: Promise<void> | undefined
  let again: Promise<void> | undefined
  const listeners = new Set<() => void>()
  /** Something was changed here, which the others have not been told yet. */
  let changedHere = false

  async function read() {
    const tell = changedHere
    changedHere = false
    try {
      const fresh = await store.read(readPicture)
      if (!tell && isDeepStrictEqual(fresh, now)) return
      now = fresh
    } catch (error) {
      changedHere ||= tell
      throw error
    }
    for (const listener of listeners) listener()
    if (tell) bus.publish({ type: 'directory' })
  }

  bus.subscribe(({ type }, from) => {
    if (type === 'directory' && from === 'elsewhere') void readUntilDone()
  })

  async function readUntilDone(): Promise<void> {
    // Nobody else would tell of it again.
    while (
      await next().then(
        () => false,
        () => true,
      )
    )
      await pause(AGAIN_MS)
  }

  /** One reading at a time; whoever asks meanwhile waits for one that begins afterwards. */
  function next(): Promise<void> {
    if (!reading) {
      reading = read().finally(() => {
        reading = undefined
      })
      return reading
    }
    again ??= reading
      .catch(() => {})
      .then(() => {
        again = undefined
        return next()
      })
    return again
  }

  return {
    get now() {
      return now
    },
    reload() {
      changedHere = true
      return next()
    },
    ...(several && { refresh: next }),
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

async function readPicture(db: Db): Promise<Picture> {
  const [brands, sites, departments, forms, groups, members, links, agents] = await Promise.all([
    db.selectFrom('brands').selectAll().orderBy('id').execute(),
    db.selectFrom('sites').selectAll().orderBy('id').execute(),
    db.selectFrom('departments').selectAll().orderBy('id').execute(),
    db.selectFrom('department_forms').selectAll().orderBy('department_id').execute(),
    db.selectFrom('groups').selectAll().orderBy('id').execute(),
    db.selectFrom('group_members').selectAll().orderBy('agent_id').execute(),
    linksOf(db),
    agentRows(db),
  ])
  const siteList = sites.map((row) => ({
    id: row.id,
    brandId: row.brand_id,
    kind: row.kind,
    name: row.name,
    key: row.key,
    origins: JSON.parse(row.origins) as string[],
    privacy: row.privacy,
    ipMode: row.ip_mode,
    language: row.language,
    mainLinkId: row.main_link_id,
    color: row.color,
    off: row.off === 1,
    queryKeys: row.query_keys === null ? null : (JSON.parse(row.query_keys) as string[]),
    showPrivacy: row.show_privacy === 1,
    showTyping: row.show_typing === 1,
    visitorLanguage: row.visitor_language,
  }))
  const departmentById = byId(
    departments.map((row) => ({
      id: row.id,
      brandId: row.brand_id,
      name: row.name,
      liveChat: row.live_chat === 1,
      hours: row.hours === null ? null : (JSON.parse(row.hours) as Hours),
      closedOutside: row.closed_outside === 1,
    })),
  )
  const membersOf = new Map<GroupId, Map<AgentId, { active: boolean }>>()
  for (const { group_id, agent_id, active } of members) {
    const known = membersOf.get(group_id) ?? new Map<AgentId, { active: boolean }>()
    membersOf.set(group_id, known.set(agent_id, { active: active === 1 }))
  }
  return {
    brands: byId(
      brands.map(({ id, name, slug, accent, logo_text }) => ({
        id,
        name,
        slug,
        accent,
        logoText: logo_text,
      })),
    ),
    sites: byId(siteList),
    sitesByKey: new Map(siteList.map((site) => [site.key, site])),
    departments: departmentById,
    forms: new Map(
      forms.map((row) => [
        row.department_id,
        {
          fields: JSON.parse(row.fields) as DepartmentForm['fields'],
          texts: JSON.parse(row.texts) as DepartmentForm['texts'],
          survey: JSON.parse(row.survey) as DepartmentForm['survey'],
          languages: JSON.parse(row.languages) as DepartmentForm['languages'],
        },
      ]),
    ),
    groups: byId(
      groups.flatMap((row): Group[] => {
        const department = departmentById.get(row.department_id)
        if (!department) return []
        return [
          {
            id: row.id,
            departmentId: department.id,
            brandId: department.brandId,
            name: row.name,
            frontLine: row.front_line === 1,
            members: membersOf.get(row.id) ?? new Map(),
            distribution: row.distribution,
            chatLimit: row.chat_limit,
            handOff: {
              firstReply: row.first_reply_seconds,
              followUp: row.follow_up_seconds,
              gone: row.gone_seconds,
            },
            alert: { waiting: row.alert_waiting, seconds: row.alert_seconds },
          },
        ]
      }),
    ),
    links: byId(links),
    agents: byId(agents),
    secondStep: await secondStepRoles(db),
  }
}

async function agentRows(db: Db): Promise<Agent[]> {
  const rows = await db
    .selectFrom('agents')
    .select(['id', 'name', 'chat_name', 'email', 'roles', 'available', 'chat_limit', 'disabled'])
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    chatName: row.chat_name,
    email: row.email,
    roles: new Set(JSON.parse(row.roles) as Role[]),
    available: row.available === 1,
    chatLimit: row.chat_limit,
    disabled: row.disabled === 1,
    card: cardOf({ id: row.id, chatName: row.chat_name }),
  }))
}

const byId = <T extends { id: string }>(things: readonly T[]): ReadonlyMap<T['id'], T> =>
  new Map(things.map((thing) => [thing.id, thing]))
