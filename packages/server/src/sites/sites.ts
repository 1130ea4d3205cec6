import type {
  AgentId,
  IdentityKeyId,
  LinkId,
  PageCheck,
  SiteId,
  SiteInput,
  SiteSignals,
  SiteView,
  Timestamp,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Admin } from '../agents/change.ts'
import { knowsBrand } from '../agents/rights.ts'
import { brandFor } from '../brands/brand.ts'
import type { Site } from '../directory/directory.ts'
import { newId, newToken } from '../ids.ts'
import { mayBeMain } from '../links/link-rules.ts'
import type { Outbound } from '../outbound/outbound.ts'
import { notThere, Refusal } from '../refusal.ts'
import type { Tx } from '../store/store.ts'
import { originRuleFault } from '../visits/origin.ts'
import { checkPage } from './page-check.ts'
import { SITE_COLOURS, siteView } from './site.ts'

/** What the visits side knows of a site (W18). */
export type Signals = {
  of(siteId: SiteId, agentId: AgentId): SiteSignals
  keyUsedAt(keyId: IdentityKeyId): Timestamp | null
  /** Of this run, else of the stored visits. */
  lastHitAt(siteId: SiteId): Timestamp | null
  /** When a page last had this live chat link. */
  linkSeenAt(linkId: LinkId): Timestamp | null
}

type Deps = Admin & {
  signals: Signals
  /** Where snippets point to; known once the server listens. */
  baseUrl: () => string
  outbound: Outbound
}

export function createSites({ directory, clock, change, signals, baseUrl, outbound }: Deps) {
  return {
    list(actor: AgentActor): SiteView[] {
      return [...directory.now.sites.values()]
        .filter((site) => knowsBrand(actor, site.brandId))
        .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
        .map(view)
    },

    one: (actor: AgentActor, id: SiteId): SiteView => view(known(actor, id)),

    signals: (actor: AgentActor, id: SiteId): SiteSignals =>
      signals.of(known(actor, id).id, actor.agentId),

    /** Reads one of the site's pages as a browser would get it. */
    checkPage: (actor: AgentActor, id: SiteId, url: string): Promise<PageCheck> =>
      checkPage(outbound, known(actor, id), { url, base: baseUrl() }),

    async create(actor: AgentActor, input: SiteInput): Promise<SiteView> {
      const brandId = brandFor(input.brandId, directory.now)
      const origins = cleanOrigins(input.origins)
      if (input.mainLinkId) throw linkElsewhere()
      const id = newId<SiteId>()
      const data = { name: input.name, origins }
      await change({ actor, type: 'site.created', subjectId: id, brandId, data }, (tx) =>
        tx
          .insertInto('sites')
          .values({
            id,
            brand_id: brandId,
            kind: 'website',
            name: input.name.trim(),
            key: newSiteKey(),
            origins: JSON.stringify(origins),
            privacy: input.privacy ?? 'returning',
            ip_mode: input.ipMode ?? 'masked',
            language: input.language ?? 'en',
            visitor_language: input.visitorLanguage ?? null,
            main_link_id: null,
            color: input.color ?? directory.now.sites.size % SITE_COLOURS,
            off: input.off ? 1 : 0,
            created_at: clock.now(),
            query_keys: input.queryKeys ? JSON.stringify(input.queryKeys) : null,
            show_privacy: input.showPrivacy ? 1 : 0,
            show_typing: input.showTyping ? 1 : 0,
          })
          .execute(),
      )
      return view(found(id))
    },

    async update(actor: AgentActor, id: SiteId, patch: Partial<SiteInput>): Promise<SiteView> {
      const { brandId } = found(id)
      if (patch.brandId !== undefined && patch.brandId !== brandId) {
        throw new Refusal('bad_input', 'A site stays in its brand. Make a new one there.')
      }
      const origins = patch.origins && cleanOrigins(patch.origins)
      await change(
        { actor, type: 'site.changed', subjectId: id, brandId, data: patch },
        async (tx) => {
          if (patch.mainLinkId) await refuseForeignLink(tx, id, patch.mainLinkId)
          const set = {
            ...(patch.name === undefined ? {} : { name: patch.name.trim() }),
            ...(origins === undefined ? {} : { origins: JSON.stringify(origins) }),
            ...(patch.privacy === undefined ? {} : { privacy: patch.privacy }),
            ...(patch.ipMode === undefined ? {} : { ip_mode: patch.ipMode }),
            ...(patch.language === undefined ? {} : { language: patch.language }),
            ...(patch.visitorLanguage === undefined
              ? {}
              : { visitor_language: patch.visitorLanguage }),
            ...(patch.mainLinkId === undefined ? {} : { main_link_id: patch.mainLinkId }),
            ...(patch.color === undefined ? {} : { color: patch.color }),
            ...(patch.off === undefined ? {} : { off: patch.off ? (1 as const) : (0 as const) }),
            ...(patch.queryKeys === undefined
              ? {}
              : { query_keys: patch.queryKeys && JSON.stringify(patch.queryKeys) }),
            ...(patch.showPrivacy === undefined
              ? {}
              : { show_privacy: patch.showPrivacy ? (1 as const) : (0 as const) }),
            ...(patch.showTyping === undefined
              ? {}
              : { show_typing: patch.showTyping ? (1 as const) : (0 as const) }),
          }
          if (Object.keys(set).length === 0) return
          await tx.updateTable('sites').set(set).where('id', '=', id).execute()
        },
      )
      return view(found(id))
    },

    /** Only a site nobody has visited: history keeps naming the others, so those are switched off. */
    async remove(actor: AgentActor, id: SiteId): Promise<void> {
      const { brandId, name, kind } = found(id)
      if (kind === 'portal') {
        throw new Refusal('in_use', 'Every brand keeps its portal. Switch it off instead.')
      }
      await change(
        { actor, type: 'site.deleted', subjectId: id, brandId, data: { name } },
        async (tx) => {
          if (await hasHistory(tx, id)) {
            throw new Refusal(
              'in_use',
              `${name} has visits, chats or invitations. Switch the site off instead.`,
            )
          }
          await tx.updateTable('sites').set({ main_link_id: null }).where('id', '=', id).execute()
          await tx.deleteFrom('links').where('site_id', '=', id).execute()
          await tx.deleteFrom('sites').where('id', '=', id).execute()
        },
      )
    },
  }

  function found(id: SiteId): Site {
    const site = directory.now.sites.get(id)
    if (!site) throw notThere('site')
    return site
  }

  function known(actor: AgentActor, id: SiteId): Site {
    const site = directory.now.sites.get(id)
    if (!site || !knowsBrand(actor, site.brandId)) throw notThere('site')
    return site
  }

  function view(site: Site): SiteView {
    return siteView(site, { base: baseUrl(), lastHitAt: signals.lastHitAt(site.id) })
  }
}

export type Sites = ReturnType<typeof createSites>

/** Public, but long enough that nobody meets another's by chance. */
export const newSiteKey = (): string => newToken().replace(/[-_]/g, '').slice(0, 20)

const linkElsewhere = () =>
  new Refusal('bad_input', 'mainLinkId must be a live chat link of this site.')

function cleanOrigins(origins: readonly string[]): string[] {
  const clean = [
    ...new Set(origins.map((origin) => origin.trim().toLowerCase().replace(/\/$/, ''))),
  ]
  for (const origin of clean) {
    const fault = originRuleFault(origin)
    if (fault) throw new Refusal('bad_input', `“${origin.slice(0, 80)}”: ${fault}`)
  }
  return clean
}

async function refuseForeignLink(tx: Tx, siteId: SiteId, linkId: LinkId): Promise<void> {
  const link = await tx
    .selectFrom('links')
    .select('type')
    .where('id', '=', linkId)
    .where('site_id', '=', siteId)
    .executeTakeFirst()
  if (!link) throw linkElsewhere()
  if (!mayBeMain(link.type)) {
    throw new Refusal(
      'bad_input',
      'Only a button or a tab can be the main link. Text and images go into elements of the page.',
    )
  }
}

async function hasHistory(tx: Tx, id: SiteId): Promise<boolean> {
  const rows = [
    await tx.selectFrom('visits').select('id').where('site_id', '=', id).limit(1).execute(),
    await tx.selectFrom('invitations').select('id').where('site_id', '=', id).limit(1).execute(),
    await tx.selectFrom('chats').select('id').where('site_id', '=', id).limit(1).execute(),
  ]
  return rows.some((found) => found.length > 0)
}
