import type { LinkId, LinkInput, LinkView, SiteId, Timestamp } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Admin } from '../agents/change.ts'
import { knowsBrand } from '../agents/rights.ts'
import type { Link, Site } from '../directory/directory.ts'
import { newId } from '../ids.ts'
import { notThere, Refusal } from '../refusal.ts'
import type { Tx } from '../store/store.ts'
import { mayBeMain, refuseBadLink, refuseForeignImages } from './link-rules.ts'

type Deps = Admin & { seen: { linkSeenAt(id: LinkId): Timestamp | null } }

export function createLinks({ directory, clock, change, seen }: Deps) {
  return {
    list(actor: AgentActor): LinkView[] {
      return [...directory.now.links.values()]
        .filter((link) => knows(actor, link))
        .map(view)
        .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
    },

    one(actor: AgentActor, id: LinkId): LinkView {
      const link = directory.now.links.get(id)
      if (!link || !knows(actor, link)) throw notThere('live chat link')
      return view(link)
    },

    /**
     * The first button or tab of a site becomes its main link: a site with a link is styled by it
     * (S33, S35).
     */
    async create(actor: AgentActor, input: LinkInput): Promise<LinkView> {
      const site = siteOf(input.siteId)
      refuseBadLink(input, directory.now, site.brandId)
      const id = newId<LinkId>()
      const name = input.name.trim()
      const fact = { actor, type: 'link.created', subjectId: id, brandId: site.brandId }
      await change({ ...fact, data: { name, siteId: site.id } }, async (tx) => {
        await refuseForeignImages(tx, site.id, input.images)
        await tx
          .insertInto('links')
          .values({
            id,
            site_id: site.id,
            name,
            type: input.type,
            style: JSON.stringify(input.style),
            created_at: clock.now(),
            ...extras(input),
          })
          .execute()
        if (!mayBeMain(input.type)) return
        await tx
          .updateTable('sites')
          .set({ main_link_id: id })
          .where('id', '=', site.id)
          .where('main_link_id', 'is', null)
          .execute()
      })
      return this.one(actor, id)
    },

    async update(actor: AgentActor, id: LinkId, patch: Partial<LinkInput>): Promise<LinkView> {
      const before = found(id)
      if (patch.siteId !== undefined && patch.siteId !== before.siteId) {
        throw new Refusal('bad_input', 'A live chat link stays on its site. Make a new one there.')
      }
      const { brandId } = siteOf(before.siteId)
      refuseBadLink(patch, directory.now, brandId)
      await change(
        { actor, type: 'link.changed', subjectId: id, brandId, data: patch },
        async (tx) => {
          await refuseForeignImages(tx, before.siteId, patch.images)
          const set = {
            ...(patch.name === undefined ? {} : { name: patch.name.trim() }),
            ...(patch.style === undefined ? {} : { style: JSON.stringify(patch.style) }),
            ...(patch.type === undefined ? {} : { type: patch.type }),
            ...extras(patch),
          }
          if (Object.keys(set).length === 0) return
          await tx.updateTable('links').set(set).where('id', '=', id).execute()
          // What stands in the page's own elements is nothing the snippet could draw.
          if (patch.type && !mayBeMain(patch.type)) await leaveCorner(tx, id)
        },
      )
      return this.one(actor, id)
    },

    /** A site that loses its main link falls back to the default style. */
    async remove(actor: AgentActor, id: LinkId): Promise<void> {
      const { name, siteId } = found(id)
      const { brandId } = siteOf(siteId)
      await change(
        { actor, type: 'link.deleted', subjectId: id, brandId, data: { name } },
        async (tx) => {
          await leaveCorner(tx, id)
          await tx.deleteFrom('links').where('id', '=', id).execute()
        },
      )
    },
  }

  function found(id: LinkId): Link {
    const link = directory.now.links.get(id)
    if (!link) throw notThere('live chat link')
    return link
  }

  function siteOf(id: SiteId): Site {
    const site = directory.now.sites.get(id)
    if (!site) throw new Refusal('bad_input', 'siteId names no site.')
    return site
  }

  function knows(actor: AgentActor, link: Link): boolean {
    const site = directory.now.sites.get(link.siteId)
    return site !== undefined && knowsBrand(actor, site.brandId)
  }

  function view({ images, departmentIds, ...link }: Link): LinkView {
    return {
      ...link,
      departmentIds: departmentIds && [...departmentIds],
      images: {
        online: images.online?.id ?? null,
        offline: images.offline?.id ?? null,
        logo: images.logo?.id ?? null,
      },
      main: directory.now.sites.get(link.siteId)?.mainLinkId === link.id,
      seenAt: seen.linkSeenAt(link.id),
    }
  }
}

const leaveCorner = (tx: Tx, id: LinkId) =>
  tx.updateTable('sites').set({ main_link_id: null }).where('main_link_id', '=', id).execute()

/** What a link may have besides a type and a style, as it is stored. */
const extras = ({ departmentIds, offline, css, images }: Partial<LinkInput>) => ({
  ...(departmentIds === undefined
    ? {}
    : { department_ids: departmentIds && JSON.stringify(departmentIds) }),
  ...(offline === undefined ? {} : { offline: JSON.stringify(offline) }),
  ...(css === undefined ? {} : { css }),
  ...(images === undefined ? {} : { images: JSON.stringify(images) }),
})

export type Links = ReturnType<typeof createLinks>
