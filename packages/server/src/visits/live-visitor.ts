import type {
  BrandId,
  PersonId,
  SiteId,
  Timestamp,
  VerifiedIdentity,
  VisitorId,
  VisitRow,
} from '@beckon/protocol'
import type { KnownVisitor } from '../store/visit-rows.ts'
import type { Visit } from './live.ts'

export const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({})
const NO_VISITS: readonly Visit[] = Object.freeze([])

/** Who a website has signed that somebody is: one in a brand, with the visitors that point to it. */
export type Person = Readonly<VerifiedIdentity> & { readonly id: PersonId }

/** A browser recognised again within one brand. In memory while it has a visit here. */
export class Visitor {
  readonly id: VisitorId
  readonly brandId: BrandId
  tokenHash: string | undefined
  presenceKey: string | undefined
  displayName: string | undefined
  username: string | undefined
  email: string | undefined
  /** That e-mail, where it was told in a form or a chat: it says nothing of who uses the page. */
  toldEmail: string | undefined
  attributes = NO_ATTRIBUTES
  person: Person | undefined
  visitCount = 0
  firstSeenAt: Timestamp
  invitation: VisitRow['invitation']
  chat: VisitRow['chat']
  tags: VisitRow['tags']
  previousChats: VisitRow['previousChats']
  /** Replaced, never changed in place: a list that grew by itself keeps room for seventeen. */
  visits = NO_VISITS
  /** In the database. */
  saved = false
  /** Nothing about them is written down any more. */
  erased = false

  constructor(id: VisitorId, brandId: BrandId, now: Timestamp) {
    this.id = id
    this.brandId = brandId
    this.firstSeenAt = now
  }

  /** Whether the page has said who this is. */
  get known(): boolean {
    return Boolean(this.person || this.displayName || this.username || this.email)
  }

  /** The visit going on at a site: not removed, not gone. */
  visitAt(siteId: SiteId): Visit | undefined {
    return this.visits.find((visit) => visit.siteId === siteId && visit.open)
  }
}

export const nameOf = (visitor: Visitor) => ({
  displayName: visitor.displayName,
  username: visitor.username,
  email: visitor.email,
  visitorId: visitor.id,
  person: visitor.person,
})

export const emailOf = ({ person, email }: Visitor): string | undefined => person?.email ?? email

/** A visitor as the database remembers them. */
export function visitorFrom(record: KnownVisitor): Visitor {
  const visitor = new Visitor(record.id, record.brand_id, Number(record.first_seen_at))
  visitor.tokenHash = record.token_hash ?? undefined
  visitor.displayName = record.display_name ?? undefined
  visitor.username = record.username ?? undefined
  visitor.email = record.email ?? undefined
  visitor.attributes = JSON.parse(record.attributes)
  visitor.visitCount = Number(record.visits)
  const { person } = record
  visitor.person = person && {
    id: person.id,
    subject: person.subject,
    name: person.display_name ?? undefined,
    username: person.username ?? undefined,
    email: person.email ?? undefined,
    at: Number(person.verified_at),
  }
  visitor.saved = true
  return visitor
}
