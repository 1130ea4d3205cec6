import type { SortField } from '@beckon/protocol'

/** A column of the list. `width` is a grid track; figures stand at its end. */
export type Column = {
  id: ColumnId
  head: string
  width: string
  sort?: SortField
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
  'landing',
  'visits',
  'chats',
  'tags',
] as const
export type ColumnId = (typeof COLUMN_IDS)[number]

export const COLUMNS: Readonly<Record<ColumnId, Column>> = {
  status: { id: 'status', head: 'Status', width: '76px', sort: 'status', locked: true },
  visitor: { id: 'visitor', head: 'Visitor', width: 'minmax(122px,1.15fr)', sort: 'visitor' },
  page: { id: 'page', head: 'Current page', width: 'minmax(112px,1.1fr)', sort: 'title' },
  invitation: {
    id: 'invitation',
    head: 'Invitation',
    width: 'minmax(122px,0.7fr)',
    sort: 'invitation',
  },
  site: { id: 'site', head: 'Site', width: 'minmax(90px,0.6fr)', sort: 'site' },
  referrer: { id: 'referrer', head: 'Came from', width: 'minmax(96px,0.6fr)', sort: 'referrer' },
  search: { id: 'search', head: 'Search phrase', width: 'minmax(110px,0.7fr)' },
  started: {
    id: 'started',
    head: 'Started',
    width: '54px',
    sort: 'started',
    end: true,
    locked: true,
  },
  hits: { id: 'hits', head: 'Hits', width: '34px', sort: 'hits', end: true, locked: true },
  duration: {
    id: 'duration',
    head: 'Duration',
    width: '62px',
    sort: 'duration',
    end: true,
    locked: true,
  },
  idle: { id: 'idle', head: 'Idle', width: '48px', sort: 'idle', end: true, locked: true },
  country: {
    id: 'country',
    head: 'Country',
    width: 'minmax(92px,0.6fr)',
    sort: 'country',
    locked: true,
  },
  city: { id: 'city', head: 'City', width: 'minmax(96px,0.5fr)', sort: 'city' },
  region: { id: 'region', head: 'Region', width: 'minmax(96px,0.5fr)' },
  language: { id: 'language', head: 'Language', width: 'minmax(86px,0.5fr)' },
  browser: { id: 'browser', head: 'Browser', width: 'minmax(96px,0.5fr)', sort: 'browser' },
  os: { id: 'os', head: 'System', width: 'minmax(86px,0.5fr)' },
  device: { id: 'device', head: 'Device', width: '76px' },
  ip: { id: 'ip', head: 'IP address', width: 'minmax(116px,0.6fr)' },
  landing: { id: 'landing', head: 'Landing page', width: 'minmax(120px,0.8fr)' },
  visits: { id: 'visits', head: 'Visits', width: '56px', end: true },
  chats: { id: 'chats', head: 'Chats', width: '52px', end: true },
  tags: { id: 'tags', head: 'Tags', width: 'minmax(110px,0.7fr)' },
}

const SHIPPED: readonly ColumnId[] = [
  'status',
  'visitor',
  'page',
  'invitation',
  'started',
  'hits',
  'duration',
  'idle',
  'country',
]

export const SHIPPED_LAYOUT: Layout = { columns: SHIPPED, density: 'comfortable' }

/** How an agent likes the list: which columns, and how tall the rows are. */
export type Layout = { columns: readonly ColumnId[]; density: 'comfortable' | 'compact' }

export const ROW_HEIGHT = { comfortable: 42, compact: 32 } as const

/** Switched columns keep the product's order, so a column is always found at its place. */
export function switched(layout: Layout, id: ColumnId): Layout {
  if (COLUMNS[id].locked) return layout
  const on = new Set(layout.columns)
  if (!on.delete(id)) on.add(id)
  return { ...layout, columns: COLUMN_IDS.filter((one) => on.has(one)) }
}

/** Reads what was kept; locked columns are there whatever it says. */
export function readLayout(kept: string | null): Layout {
  try {
    const { columns, density } = JSON.parse(kept ?? '') as { columns?: unknown; density?: unknown }
    const wished = new Set<unknown>(Array.isArray(columns) ? columns : SHIPPED)
    return {
      columns: COLUMN_IDS.filter((id) => wished.has(id) || COLUMNS[id].locked),
      density: density === 'compact' ? 'compact' : 'comfortable',
    }
  } catch {
    return SHIPPED_LAYOUT
  }
}

/** Least width of the whole row, below which the list scrolls sideways instead of squeezing. */
export const leastWidth = (columns: readonly ColumnId[]): number =>
  columns.reduce((sum, id) => sum + Number(/\d+/.exec(COLUMNS[id].width)?.[0] ?? 0) + 10, 46)

export const tracks = (columns: readonly ColumnId[]): string =>
  ['18px', ...columns.map((id) => COLUMNS[id].width)].join(' ')
