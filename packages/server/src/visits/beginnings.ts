import type {
  Page,
  PrivacyLevel,
  Timestamp,
  VisitId,
  VisitorHello,
  VisitRow,
} from '@beckon/protocol'
import type { Site } from '../directory/directory.ts'
import type { GeoPlace } from '../geo/geo.ts'
import { newId } from '../ids.ts'
import { acceptedLanguages } from './accept-language.ts'
import { readBrowser } from './browser.ts'
import { identityOf } from './identity.ts'
import { Visit } from './live.ts'
import { emailOf, nameOf, type Visitor } from './live-visitor.ts'
import { campaignOf, readReferrer } from './referrer.ts'
import { keptKeysOf, scrubUrl } from './scrub-url.ts'
import { ACTIVE } from './visit.ts'

/** What the connection knows besides the hello. */
export type Caller = {
  readonly ip: string
  readonly origin: string | undefined
  /** The page is our own (the portal). */
  readonly sameOrigin: boolean
  readonly userAgent: string
  readonly acceptLanguage: string | undefined
  readonly privacyControl: boolean
}

/** The visit a hello begins, before its first page is counted. */
export function firstVisit(
  from: {
    visitor: Visitor
    site: Site
    place: GeoPlace | undefined
    hello: VisitorHello
    caller: Caller
    level: PrivacyLevel
    id: VisitId
  },
  now: Timestamp,
): Visit {
  const { visitor, site, place, hello, caller, level, id } = from
  const { page } = hello
  const kept = keptKeysOf(site)
  const source = readReferrer(page.referrer, page.url, kept)
  const browser = readBrowser(caller.userAgent)
  const ip = level === 'presence' || site.ipMode === 'none' ? undefined : caller.ip
  visitor.visitCount += 1
  const url = scrubUrl(page.url, kept)
  const row: VisitRow = {
    id,
    visitorId: visitor.id,
    siteId: site.id,
    status: 'active',
    reason: undefined,
    who: identityOf({ ...nameOf(visitor), ip }),
    email: emailOf(visitor),
    visitNumber: visitor.visitCount,
    title: page.title,
    url,
    referrer: source.referrer,
    searchPhrase: source.phrase,
    campaign: campaignOf(page.url),
    landingUrl: url,
    country: place?.country,
    region: place?.region,
    city: place?.city,
    language: hello.language ?? acceptedLanguages(caller.acceptLanguage)[0],
    browser: browser.browser,
    os: browser.os,
    device: browser.device,
    ip,
    hostname: undefined,
    startedAt: now,
    navigatedAt: now,
    hits: 0,
    bot: browser.bot || hello.robot === true,
    invitation: visitor.invitation,
    chat: visitor.chat,
    tags: visitor.tags,
    previousChats: visitor.previousChats,
    goneAt: undefined,
  }
  const visit = new Visit({ row, visitor, site, privacy: level, state: ACTIVE })
  visit.place = place
  visit.engine = source.engine
  visit.timeZone = hello.timeZone
  visit.screen = hello.screen
  return visit
}

/** A visit of the same browser, begun by a page in a tab whose visit is over. */
export function nextVisit(
  before: Visit,
  { visitor, page }: { visitor: Visitor; page: Page },
  now: Timestamp,
): Visit {
  const url = scrubUrl(page.url, keptKeysOf(before.site))
  visitor.visitCount += 1
  const row: VisitRow = {
    ...before.row,
    id: newId(),
    visitorId: visitor.id,
    status: 'active',
    reason: undefined,
    goneAt: undefined,
    visitNumber: visitor.visitCount,
    title: page.title,
    url,
    landingUrl: url,
    referrer: undefined,
    searchPhrase: undefined,
    campaign: campaignOf(page.url),
    startedAt: now,
    navigatedAt: now,
    hits: 0,
  }
  const visit = new Visit({
    row,
    visitor,
    site: before.site,
    privacy: before.privacy,
    state: ACTIVE,
  })
  visit.place = before.place
  visit.timeZone = before.timeZone
  visit.screen = before.screen
  visit.refresh()
  return visit
}
