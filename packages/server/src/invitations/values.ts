import type { AgentId, BrandId, GroupChoice, Timestamp, ValuesState } from '@beckon/protocol'
import type { Picture, Site } from '../directory/directory.ts'
import { minutes } from '../time/clock.ts'
import { storedIp } from '../visits/address.ts'
import type { LiveVisit } from '../visits/presence.ts'

/**
 * The value of every variable for one visitor (S31a), as the visitor would read it: country,
 * language and dates in the site's language, the start in the visitor's own time zone. Group and
 * department are missing: they come from the group chosen in the dialog.
 */
export function valuesOf(
  visit: LiveVisit,
  { picture, agentId, now }: { picture: Picture; agentId: AgentId; now: Timestamp },
): ValuesState['values'] {
  const { row } = visit
  const site = picture.sites.get(visit.siteId)
  const language = site?.language ?? 'en'
  const builtIn: Record<string, string | number | null | undefined> = {
    displayname: visit.displayName,
    username: visit.username,
    email: row.email,
    // What is written into a message is stored with it (T28).
    ip: storedIp(row.ip, site?.ipMode ?? 'none'),
    hostname: visit.hostname,
    hostdomain: visit.hostname && domainOf(visit.hostname),
    country: row.country && nameOf('region', row.country, language),
    region: row.region,
    city: row.city,
    language: row.language && nameOf('language', row.language, language),
    browser: row.browser,
    os: row.os,
    device: row.device,
    site: site?.name,
    brand: picture.brands.get(visit.brandId)?.name,
    pagetitle: row.title,
    pageurl: row.url,
    referrer: row.referrer,
    searchphrase: row.searchPhrase,
    landingpage: row.landingUrl,
    hits: row.hits,
    duration: wholeMinutes(now - row.startedAt),
    idle: wholeMinutes(now - row.navigatedAt),
    startedat: dateTime(row.startedAt, language, visit.timeZone),
    previousvisits: Math.max(0, row.visitNumber - 1),
    agentname: picture.agents.get(agentId)?.card.name,
  }
  const values: Record<string, string | null> = {}
  // Built-ins beat attributes, also those without a value.
  for (const [name, value] of Object.entries(visit.attributes)) values[name.toLowerCase()] = value
  for (const [name, value] of Object.entries(builtIn)) {
    values[name] = value === undefined || value === null || value === '' ? null : String(value)
  }
  delete values.group
  delete values.department
  return values
}

/** Groups of the brand whose department has live chat on; the agent's own first (S22). */
export function groupChoices(picture: Picture, brandId: BrandId, agentId: AgentId): GroupChoice[] {
  const choices: GroupChoice[] = []
  for (const group of picture.groups.values()) {
    const department = picture.departments.get(group.departmentId)
    if (group.brandId !== brandId || !department?.liveChat) continue
    choices.push({
      id: group.id,
      name: group.name,
      departmentId: department.id,
      department: department.name,
      own: group.members.has(agentId),
    })
  }
  return choices.sort(
    (a, b) =>
      Number(b.own) - Number(a.own) ||
      a.department.localeCompare(b.department) ||
      a.name.localeCompare(b.name) ||
      (a.id < b.id ? -1 : 1),
  )
}

/** The link whose style the card gets on this page: first visible one of the site, else its main link. */
export function linkOf(picture: Picture, site: Site | undefined, visible: readonly string[]) {
  const links = visible.map((id) => [...picture.links.values()].find((link) => link.id === id))
  const first = links.find((link) => link && link.siteId === site?.id)
  return first ?? (site?.mainLinkId ? picture.links.get(site.mainLinkId) : undefined)
}

const wholeMinutes = (ms: number): number => Math.max(0, Math.floor(ms / minutes(1)))

/** The last two labels: enough to say “example.com”, and off by default (reverse DNS). */
const domainOf = (host: string): string => host.split('.').slice(-2).join('.')

/** “Poland” for PL. What is no code stays as it came. */
function nameOf(type: 'region' | 'language', code: string, language: string): string {
  return inLanguage(language, code, (locale) => {
    return new Intl.DisplayNames([locale], { type, fallback: 'code' }).of(code) ?? code
  })
}

function dateTime(at: Timestamp, language: string, timeZone: string | undefined): string {
  const write = (locale: string, zone: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })
      // Newer ICU data puts a narrow no-break space before AM; a card in a plain font shows a box.
      .format(at)
      .replaceAll('\u202f', ' ')
  return (
    inLanguage(language, undefined, (locale) => write(locale, timeZone || 'UTC')) ??
    write('en', 'UTC')
  )
}

/** Languages, codes and zones come from outside; Intl throws RangeError at what it does not know. */
function inLanguage<T>(language: string, otherwise: T, write: (locale: string) => T): T {
  for (const locale of [language, 'en']) {
    try {
      return write(locale)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
  return otherwise
}
