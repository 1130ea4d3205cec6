import {
  type IdentityKeyId,
  type IdentityKeyView,
  LIMITS,
  type NewIdentityKey,
  type SiteId,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Admin } from '../agents/change.ts'
import { mustBeAdministrator } from '../agents/rights.ts'
import type { Site } from '../directory/directory.ts'
import { newId, newToken } from '../ids.ts'
import { notThere, Refusal } from '../refusal.ts'
import {
  deleteIdentityKey,
  identityKeyById,
  identityKeysOf,
  insertIdentityKey,
} from '../store/identity-rows.ts'

/** What the visits side knows of the keys. */
type Uses = { keyUsedAt(id: IdentityKeyId): number | null }

/**
 * The keys a site's own server signs identities with. Two may be good at once, so that the website
 * can go from one to the next; a secret is shown to the administrator who makes it and never again.
 */
export function createIdentityKeys(deps: Admin & { uses: Uses }) {
  const { store, directory, clock, change, uses } = deps
  const view = (key: { id: IdentityKeyId; created_at: number }): IdentityKeyView => ({
    id: key.id,
    createdAt: Number(key.created_at),
    usedAt: uses.keyUsedAt(key.id),
  })

  function found(actor: AgentActor, id: SiteId): Site {
    mustBeAdministrator(actor)
    const site = directory.now.sites.get(id)
    if (!site) throw notThere('site')
    return site
  }

  return {
    async list(actor: AgentActor, siteId: SiteId): Promise<IdentityKeyView[]> {
      const site = found(actor, siteId)
      return (await store.read((db) => identityKeysOf(db, site.id))).map(view)
    },

    async make(actor: AgentActor, siteId: SiteId): Promise<NewIdentityKey> {
      const { id: site_id, brandId } = found(actor, siteId)
      const key = {
        id: newId<IdentityKeyId>(),
        site_id,
        secret: newToken(),
        created_at: clock.now(),
      }
      const data = { keyId: key.id }
      await change(
        { actor, type: 'identity_key.made', subjectId: site_id, brandId, data },
        async (tx) => {
          if ((await identityKeysOf(tx, site_id)).length >= LIMITS.identityKeys) {
            throw new Refusal(
              'limit_reached',
              `A site has ${LIMITS.identityKeys} keys at most. Revoke the one that is not used any more.`,
            )
          }
          await insertIdentityKey(tx, key)
        },
      )
      return { ...view(key), secret: key.secret }
    },

    /** Tokens signed with it prove nothing from now on. */
    async revoke(actor: AgentActor, id: IdentityKeyId): Promise<void> {
      mustBeAdministrator(actor)
      const key = await store.read((db) => identityKeyById(db, id))
      const site = key && directory.now.sites.get(key.site_id)
      if (!site) throw notThere('key')
      await change(
        {
          actor,
          type: 'identity_key.revoked',
          subjectId: site.id,
          brandId: site.brandId,
          data: { keyId: id },
        },
        (tx) => deleteIdentityKey(tx, id),
      )
    },
  }
}

export type IdentityKeys = ReturnType<typeof createIdentityKeys>
