import {
  type AgentId,
  type BrandId,
  DEFAULT_STYLE,
  type DepartmentId,
  type GroupId,
  type LinkId,
  type SiteId,
  type Timestamp,
} from '@beckon/protocol'
import { record } from '../agents/record.ts'
import { newId } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import { newSiteKey } from '../sites/sites.ts'
import type { Store, Tx } from '../store/store.ts'
import { takeTurn } from '../store/turn.ts'

export type FirstAdministrator = {
  name: string
  chatName: string
  email: string
  passwordHash: string
}

export type FirstRun = {
  administrator: FirstAdministrator
  /** The website the first site is for; unset means pages on this machine. */
  siteUrl?: string | undefined
  now: Timestamp
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * The first administrator and all they need to begin: a brand, a Support department with its
 * front-line group and themselves in it, a website, and the portal with its live chat link. One
 * work, so it is there whole or not at all; `already_set_up` when there is an administrator.
 */
export function firstRun(store: Store, first: FirstRun): Promise<AgentId> {
  return store.commit(async (tx) => {
    await takeTurn(tx, 'settings')
    await refuseSecond(tx)
    const agentId = await makeAdministrator(tx, first)
    const brandId = await makeBrand(tx, first.now)
    await makeSupport(tx, { brandId, agentId, now: first.now })
    const portalId = await makeSites(tx, { brandId, siteUrl: first.siteUrl, now: first.now })
    await makePortalLink(tx, portalId, first.now)
    await record(tx, { type: 'setup.done', subjectId: agentId, brandId, at: first.now, agentId })
    return agentId
  })
}

async function refuseSecond(tx: Tx): Promise<void> {
  const administrator = await tx
    .selectFrom('agents')
    .select('id')
    .where('roles', 'like', '%"administrator"%')
    .limit(1)
    .executeTakeFirst()
  if (administrator) {
    throw new Refusal('already_set_up', 'Beckon is set up already. Sign in instead.')
  }
}

async function makeAdministrator(tx: Tx, { administrator, now }: FirstRun): Promise<AgentId> {
  const id = newId<AgentId>()
  await tx
    .insertInto('agents')
    .values({
      id,
      name: administrator.name.trim(),
      chat_name: administrator.chatName.trim(),
      email: administrator.email.trim().toLowerCase(),
      password_hash: administrator.passwordHash,
      roles: JSON.stringify(['agent', 'manager', 'administrator']),
      available: 1,
      chat_limit: 3,
      disabled: 0,
      created_at: now,
    })
    .execute()
  return id
}

async function makeBrand(tx: Tx, now: Timestamp): Promise<BrandId> {
  const id = newId<BrandId>()
  await tx
    .insertInto('brands')
    .values({ id, name: 'Beckon', slug: 'main', created_at: now })
    .execute()
  return id
}

async function makeSupport(
  tx: Tx,
  { brandId, agentId, now }: { brandId: BrandId; agentId: AgentId; now: Timestamp },
): Promise<void> {
  const name = 'Support'
  const department = newId<DepartmentId>()
  const group = newId<GroupId>()
  await tx
    .insertInto('departments')
    .values({ id: department, brand_id: brandId, name, live_chat: 1, created_at: now })
    .execute()
  await tx
    .insertInto('groups')
    .values({ id: group, department_id: department, name, front_line: 1, created_at: now })
    .execute()
  await tx
    .insertInto('group_members')
    .values({ group_id: group, agent_id: agentId, active: 1 })
    .execute()
}

async function makeSites(
  tx: Tx,
  { brandId, siteUrl, now }: { brandId: BrandId; siteUrl: string | undefined; now: Timestamp },
): Promise<SiteId> {
  const [websiteId, portalId] = [newId<SiteId>(), newId<SiteId>()]
  const url = siteUrl === undefined ? undefined : new URL(siteUrl)
  const site = {
    brand_id: brandId,
    privacy: 'returning',
    ip_mode: 'masked',
    language: 'en',
    main_link_id: null,
    off: 0,
    created_at: now,
  } as const
  await tx
    .insertInto('sites')
    .values([
      {
        ...site,
        id: websiteId,
        kind: 'website',
        name: url?.hostname ?? 'My website',
        key: newSiteKey(),
        origins: JSON.stringify(url ? [url.origin] : LOOPBACK),
        color: 0,
      },
      // Its pages come from the server itself, which needs no rule to be allowed.
      {
        ...site,
        id: portalId,
        kind: 'portal',
        name: 'Portal',
        key: newSiteKey(),
        origins: '[]',
        color: 1,
      },
    ])
    .execute()
  return portalId
}

/** The portal is a place to ask: its pages show a chat button from the start. */
async function makePortalLink(tx: Tx, siteId: SiteId, now: Timestamp): Promise<void> {
  const id = newId<LinkId>()
  await tx
    .insertInto('links')
    .values({
      id,
      site_id: siteId,
      name: 'Portal',
      type: 'button',
      style: JSON.stringify(DEFAULT_STYLE),
      created_at: now,
    })
    .execute()
  await tx.updateTable('sites').set({ main_link_id: id }).where('id', '=', siteId).execute()
}
