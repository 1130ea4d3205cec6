import type { KnownOfVisitor } from '@beckon/protocol'
import { storedIp } from './address.ts'
import type { Visit } from './live.ts'

/** What the team sees of a visitor, for the visitor: the same row, and what is kept of the address. */
export function knownOf(visit: Visit): KnownOfVisitor {
  const { row, visitor, privacy, site } = visit
  return {
    title: row.title,
    url: row.url,
    hits: row.hits,
    visitNumber: row.visitNumber,
    startedAt: row.startedAt,
    country: row.country,
    region: row.region,
    city: row.city,
    ip: row.ip && (storedIp(row.ip, site.ipMode) ?? undefined),
    language: row.language,
    browser: row.browser,
    os: row.os,
    name: visit.displayName,
    username: visit.username,
    email: row.email,
    verified: row.who.verified,
    attributes: Object.keys(visitor.attributes),
    privacy,
  }
}
