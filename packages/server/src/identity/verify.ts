import type { IdentityKeyId, SiteId } from '@beckon/protocol'
import type { Directory } from '../directory/directory.ts'
import { identitySecretsOf } from '../store/identity-rows.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { type Checked, checkToken } from './token.ts'

type Key = { id: IdentityKeyId; secret: Uint8Array }
export type Verify = (siteId: SiteId, token: string) => Promise<Checked<Key>>

/** Checks tokens against the keys in force. Their secrets are in memory here only, until a setting changes. */
export function createVerify(deps: {
  store: Pick<Store, 'read'>
  directory: Directory
  clock: Clock
}): Verify {
  const { store, directory, clock } = deps
  const keys = new Map<SiteId, Promise<Key[]>>()
  directory.onChange(() => keys.clear())

  function keysOf(siteId: SiteId): Promise<Key[]> {
    const known = keys.get(siteId)
    if (known) return known
    const read = store
      .read((db) => identitySecretsOf(db, siteId))
      .then((rows) =>
        rows.map(({ id, secret }) => ({ id, secret: new TextEncoder().encode(secret) })),
      )
    keys.set(siteId, read)
    read.catch(() => keys.delete(siteId))
    return read
  }

  return async (siteId, token) =>
    checkToken(token, { keys: await keysOf(siteId), now: clock.now() })
}
