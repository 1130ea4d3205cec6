import type { IpMode, Timestamp } from '@beckon/protocol'
import { storedIp } from '../visits/address.ts'
import { countryName } from '../visits/country-name.ts'
import { storedIdentity } from '../visits/identity.ts'
import type { Visit } from '../visits/live.ts'

export type CellValue = string | number | boolean | string[] | undefined

/** `key` names it in JSON, `head` in a table. */
export type Cell = { key: string; head: string; read(visit: Visit, at: Moment): CellValue }

/** A file is kept: of an address it has what the site's IP mode lets us keep (W21, T28). */
type Moment = { now: Timestamp; removedMs: number; ipMode: IpMode }

const isoTime = (at: Timestamp): string => new Date(at).toISOString()

const endOf = ({ row }: Visit, { now, removedMs }: Moment): Timestamp =>
  row.status === 'removed' && row.goneAt !== undefined ? row.goneAt - removedMs : now

const seconds = (ms: number): number => Math.max(0, Math.floor(ms / 1_000))

const whoOf = ({ row }: Visit, { ipMode }: Moment) => storedIdentity(row, ipMode)

/** By the name a column has in the list; one column may be several cells. */
const CELLS: Readonly<Record<string, readonly Cell[]>> = {
  status: [{ key: 'status', head: 'Status', read: ({ row }) => row.status }],
  visitor: [
    { key: 'visitor', head: 'Visitor', read: (visit, at) => whoOf(visit, at).text },
    { key: 'verified', head: 'Verified', read: ({ row }) => row.who.verified },
    { key: 'email', head: 'Email', read: ({ row }) => row.email },
  ],
  page: [
    { key: 'pageTitle', head: 'Page title', read: ({ row }) => row.title },
    { key: 'pageUrl', head: 'Page address', read: ({ row }) => row.url },
  ],
  invitation: [
    { key: 'invitation', head: 'Invitation', read: ({ row }) => row.invitation?.state },
    { key: 'invitedBy', head: 'Invited by', read: ({ row }) => row.invitation?.agentName },
    { key: 'chat', head: 'Chat', read: ({ row }) => row.chat?.state },
  ],
  site: [{ key: 'site', head: 'Site', read: ({ siteName }) => siteName }],
  referrer: [{ key: 'referrer', head: 'Came from', read: ({ row }) => row.referrer }],
  search: [{ key: 'searchPhrase', head: 'Search phrase', read: ({ row }) => row.searchPhrase }],
  campaign: [{ key: 'campaign', head: 'Campaign', read: ({ row }) => row.campaign }],
  landing: [{ key: 'landingPage', head: 'Landing page', read: ({ row }) => row.landingUrl }],
  started: [{ key: 'started', head: 'Started', read: ({ row }) => isoTime(row.startedAt) }],
  hits: [{ key: 'hits', head: 'Hits', read: ({ row }) => row.hits }],
  duration: [
    {
      key: 'durationSeconds',
      head: 'Duration (s)',
      read: (visit, at) => seconds(endOf(visit, at) - visit.row.startedAt),
    },
  ],
  idle: [
    {
      key: 'idleSeconds',
      head: 'Idle (s)',
      read: (visit, at) => seconds(endOf(visit, at) - visit.row.navigatedAt),
    },
  ],
  country: [
    { key: 'country', head: 'Country', read: ({ row }) => countryName(row.country) ?? row.country },
    { key: 'countryCode', head: 'Country code', read: ({ row }) => row.country },
  ],
  city: [{ key: 'city', head: 'City', read: ({ row }) => row.city }],
  region: [{ key: 'region', head: 'Region', read: ({ row }) => row.region }],
  language: [{ key: 'language', head: 'Language', read: ({ row }) => row.language }],
  browser: [{ key: 'browser', head: 'Browser', read: ({ row }) => row.browser }],
  os: [{ key: 'os', head: 'System', read: ({ row }) => row.os }],
  device: [{ key: 'device', head: 'Device', read: ({ row }) => row.device }],
  ip: [
    {
      key: 'ip',
      head: 'IP address',
      read: ({ row }, { ipMode }) => storedIp(row.ip, ipMode) ?? undefined,
    },
  ],
  hostname: [
    {
      key: 'hostName',
      head: 'Host name',
      read: ({ row }, { ipMode }) => (ipMode === 'full' ? row.hostname : undefined),
    },
  ],
  visits: [
    { key: 'previousVisits', head: 'Previous visits', read: ({ row }) => row.visitNumber - 1 },
  ],
  chats: [
    { key: 'previousChats', head: 'Previous chats', read: ({ row }) => row.previousChats ?? 0 },
  ],
  tags: [{ key: 'tags', head: 'Tags', read: ({ row }) => row.tags?.map(({ name }) => name) }],
}

/** The cells of the columns that are chosen; names that are no column of a file are left out. */
export const cellsOf = (columns: readonly string[]): Cell[] =>
  columns.flatMap((column) => (Object.hasOwn(CELLS, column) ? (CELLS[column] ?? []) : []))

export const ALL_COLUMNS = Object.keys(CELLS)
