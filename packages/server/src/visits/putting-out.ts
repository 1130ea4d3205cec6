import type { BrandId, PersonId, VisitorId } from '@beckon/protocol'
import type { BanList } from '../bans/ban-list.ts'
import type { Directory } from '../directory/directory.ts'
import type { BanRecord } from '../store/ban-rows.ts'
import type { Store } from '../store/store.ts'
import { visitorsById } from '../store/visit-rows.ts'
import type { History } from './history.ts'
import { identityOf } from './identity.ts'
import { nameOf, type Visitor, visitorFrom } from './live-visitor.ts'
import type { Roster } from './roster.ts'
import type { Tab } from './tab.ts'

/** What becomes of those who are here and have been banned (C12). */
export function createPuttingOut(deps: {
  store: Store
  directory: Directory
  roster: Roster
  history: Pick<History, 'flush'>
  /** Other nodes stop writing about them, too. */
  eraseElsewhere?: (id: VisitorId) => Promise<void>
}) {
  const { store, directory, roster, history, eraseElsewhere } = deps

  const suspect = (visitor: Visitor) => ({
    brandId: visitor.brandId,
    visitorId: visitor.id,
    personId: visitor.person?.id,
    addresses: visitor.visits.flatMap(({ row, own }) => [row.ip, ...own.map(addressOf)]),
  })

  return {
    /** A visitor of whom nothing is stored is known while they are here only. */
    async visitor(
      id: VisitorId,
    ): Promise<{ brandId: BrandId; who: string; personId: PersonId | null } | undefined> {
      const here = roster.register.visitors.get(id)
      const visit = here?.visits.at(-1)
      if (here && visit) {
        // Half an address would read as a range of them: then the code stands in.
        const full = directory.now.sites.get(visit.siteId)?.ipMode === 'full'
        const known = { ...nameOf(here), ip: full ? visit.row.ip : undefined }
        const personId = here.person?.id ?? null
        return { brandId: here.brandId, who: identityOf(known).text, personId }
      }
      const [row] = await store.read((db) => visitorsById(db, [id]))
      if (!row) return undefined
      const who = identityOf(nameOf(visitorFrom(row))).text
      return { brandId: row.brand_id, who, personId: row.person_id }
    },

    /** Their pages are not listened to any more. All their tabs: one banned address is enough. */
    silence(bans: BanList): Map<VisitorId, BanRecord> {
      const caught = new Map<VisitorId, BanRecord>()
      for (const visitor of roster.register.visitors.values()) {
        const ban = visitor.visits.some(({ open }) => open) && bans.match(suspect(visitor))
        if (!ban) continue
        caught.set(visitor.id, ban)
        if (visitor.presenceKey) bans.hold(visitor.presenceKey, ban)
        for (const { own } of visitor.visits) for (const tab of own) silenced(tab)
      }
      return caught
    },

    silenceVisitor(id: VisitorId): void {
      for (const { own } of roster.register.visitors.get(id)?.visits ?? [])
        for (const tab of own) silenced(tab)
    },

    async forgetVisitor(id: VisitorId): Promise<void> {
      const visitor = roster.register.erase(id)
      if (visitor) {
        for (const visit of [...visitor.visits]) roster.drop(visit)
        // What was under way is stored by now, so it can be found and taken away.
        await history.flush()
      }
      // They may have come to another node only now.
      await eraseElsewhere?.(id)
    },

    putOut(visitorIds: Iterable<VisitorId>): void {
      for (const id of visitorIds) {
        for (const visit of roster.register.visitors.get(id)?.visits ?? [])
          roster.remove(visit, 'banned')
      }
    },
  }
}

/** Its page has nothing left to offer: no launcher, nobody who would answer. */
function silenced(tab: Tab): void {
  if (tab.banned) return
  tab.banned = true
  if (tab.look) tab.say({ type: 'look', look: { ...tab.look, launcher: false, online: false } })
}

const addressOf = ({ line }: { line: { ip: string } }): string => line.ip
