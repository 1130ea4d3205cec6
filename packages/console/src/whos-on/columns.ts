import type { SortField } from '@beckon/protocol'

/** A column of the list: at least so many pixels, and its share of what is left over. */
export type Column = {
  id: ColumnId
  head: string
  least: number
  share?: number
  sort?: SortField
  /** Figures stand at its end. */
  end?: true
  /** Always there (W1). */
  locked?: true
}

export const COLUMN_IDS = [
  'status',
  'visitor',
  'page',
  'invitation',
  'site',
  'referrer',
  'search',
  'campaign',
  'landing',
  'started',
  'hits',
  'duration',
  'idle',
  'country',
  'city',
  'region',
  'language',
  'browser',
  'os',
  'device',
  'ip',
  'hostname',
  'visits',
  'chats',
  'tags',
  'colleagues',
] as const
export type ColumnId = (typeof COLUMN_IDS)[number]

const column = (
  id: ColumnId,
  head: string,
  least: number,
  more: Omit<Column, 'id' | 'head' | 'least'> = {},
): Column => ({ id, head, least, ...more })

export const COLUMNS: Readonly<Record<ColumnId, Column>> = {
  status: column('status', 'Status', 76, { sort: 'status', locked: true }),
  visitor: column('visitor', 'Visitor', 122, { share: 1.15, sort: 'visitor' }),
  page: column('page', 'Current page', 112, { share: 1.1, sort: 'title' }),
  invitation: column('invitation', 'Invitation', 122, { share: 0.7, sort: 'invitation' }),
  site: column('site', 'Site', 90, { share: 0.6, sort: 'site' }),
  referrer: column('referrer', 'Came from', 96, { share: 0.6, sort: 'referrer' }),
  search: column('search', 'Search phrase', 110, { share: 0.7, sort: 'search' }),
  campaign: column('campaign', 'Campaign', 110, { share: 0.6, sort: 'campaign' }),
  landing: column('landing', 'Landing page', 120, { share: 0.8, sort: 'landing' }),
  started: column('started', 'Started', 54, { sort: 'started', end: true, locked: true }),
  hits: column('hits', 'Hits', 34, { sort: 'hits', end: true, locked: true }),
  duration: column('duration', 'Duration', 62, { sort: 'duration', end: true, locked: true }),
  idle: column('idle', 'Idle', 48, { sort: 'idle', end: true, locked: true }),
  country: column('country', 'Country', 92, { share: 0.6, sort: 'country', locked: true }),
  city: column('city', 'City', 96, { share: 0.5, sort: 'city' }),
  region: column('region', 'Region', 96, { share: 0.5, sort: 'region' }),
  language: column('language', 'Language', 86, { share: 0.5, sort: 'language' }),
  browser: column('browser', 'Browser', 96, { share: 0.5, sort: 'browser' }),
  os: column('os', 'System', 86, { share: 0.5, sort: 'os' }),
  device: column('device', 'Device', 76, { sort: 'device' }),
  ip: column('ip', 'IP address', 116, { share: 0.6, sort: 'ip' }),
  hostname: column('hostname', 'Host name', 130, { share: 0.8, sort: 'hostname' }),
  visits: column('visits', 'Previous visits', 92, { sort: 'visits', end: true }),
  chats: column('chats', 'Previous chats', 92, { sort: 'chats', end: true }),
  tags: column('tags', 'Tags', 110, { share: 0.7, sort: 'tags' }),
  colleagues: column('colleagues', 'Colleague', 110, { share: 0.5 }),
}
