import type { AgentId, BrandId, DepartmentId, GroupId, SiteId, Timestamp } from '@beckon/protocol'
import { record } from '../agents/record.ts'
import { makePortal } from '../brands/portal-site.ts'
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
    const brandId = await makeBrand(tx, first)
    await makeSupport(tx, { brandId, agentId, now: first.now })
    await makeWebsite(tx, { brandId, siteUrl: first.siteUrl, now: first.now })
    await makePortal(tx, { brandId, name: 'Portal', now: first.now })
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

async function makeBrand(tx: Tx, { siteUrl, now }: FirstRun): Promise<BrandId> {
  const id = newId<BrandId>()
  await tx
    .insertInto('brands')
    .values({ id, name: nameFor(siteUrl), slug: 'main', created_at: now })
    .execute()
  return id
}

/** What the website is called, until somebody says otherwise: on this machine it is called nothing. */
function nameFor(siteUrl: string | undefined): string {
  const host = siteUrl === undefined ? '' : new URL(siteUrl).hostname.replace(/^www\./, '')
  return /[a-z]/i.test(host) && host.includes('.') ? host.slice(0, 80) : 'Beckon'
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

async function makeWebsite(
  tx: Tx,
  { brandId, siteUrl, now }: { brandId: BrandId; siteUrl: string | undefined; now: Timestamp },
): Promise<void> {
  const url = siteUrl === undefined ? undefined : new URL(siteUrl)
  await tx
    .insertInto('sites')
    .values({
      id: newId<SiteId>(),
      brand_id: brandId,
      kind: 'website',
      name: url?.hostname ?? 'My website',
      key: newSiteKey(),
      origins: JSON.stringify(url ? [url.origin] : LOOPBACK),
      privacy: 'returning',
      ip_mode: 'masked',
      language: 'en',
      main_link_id: null,
      color: 0,
      off: 0,
      created_at: now,
    })
    .execute()
}
