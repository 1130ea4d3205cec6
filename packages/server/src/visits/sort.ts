import type { Sort, VisitId, VisitRow } from '@beckon/protocol'

/** What orders a row: a number or folded text. Worked out once per change, compared often. */
export type SortKey = number | string

export type Sorter = {
  keyOf(visit: { row: VisitRow; siteName: string }): SortKey
  /** A total order: equal keys fall back to the id, so paging never loses or doubles a row. */
  compare(a: Sortable, b: Sortable): number
}
export type Sortable = { readonly key: SortKey; readonly id: VisitId }

const STATUS = { active: 0, pending: 1, removed: 2 } as const
const INVITATION = {
  viewed: 0,
  delivered: 1,
  sent: 2,
  accepted: 3,
  declined: 4,
  ignored: 5,
  expired: 6,
  withdrawn: 7,
  failed: 8,
} as const

/** Missing values come last, whichever way the column is turned. */
export function compileSort({ by, dir }: Sort): Sorter {
  const sign = dir === 'asc' ? 1 : -1
  const lastNumber = sign * Number.POSITIVE_INFINITY
  const lastText = dir === 'asc' ? '\uffff' : ''
  const text = (value: string | undefined): string => (value ? fold(value) : lastText)
  return {
    keyOf({ row, siteName }) {
      switch (by) {
        case 'status':
          return STATUS[row.status]
        case 'visitor':
          return text(row.who.text)
        case 'title':
          return text(row.title)
        case 'site':
          return text(siteName)
        case 'referrer':
          return text(row.referrer)
        case 'invitation':
          return row.chat ? -1 : row.invitation ? INVITATION[row.invitation.state] : lastNumber
        case 'started':
          return row.startedAt
        case 'hits':
          return row.hits
        // Long durations and idle times are early moments, so time itself never reorders.
        case 'duration':
          return -row.startedAt
        case 'idle':
          return -row.navigatedAt
        case 'country':
          return text(row.country)
        case 'city':
          return text(row.city)
        case 'browser':
          return text(row.browser)
        case 'search':
          return text(row.searchPhrase)
        case 'campaign':
          return text(row.campaign)
        case 'landing':
          return text(row.landingUrl)
        case 'region':
          return text(row.region)
        case 'language':
          return text(row.language)
        case 'os':
          return text(row.os)
        case 'device':
          return text(row.device)
        case 'ip':
          return text(row.ip && inOrder(row.ip))
        case 'hostname':
          // From the end, so that hosts of one provider stand together.
          return text(row.hostname?.split('.').reverse().join('.'))
        case 'visits':
          return row.visitNumber
        case 'chats':
          return row.previousChats ?? 0
        case 'tags':
          return text(row.tags?.map(({ name }) => name).join(' '))
        default:
          return by satisfies never
      }
    },
    compare(a, b) {
      if (a.key !== b.key) return a.key < b.key ? -sign : sign
      return a.id === b.id ? 0 : a.id < b.id ? -sign : sign
    },
  }
}

const fold = (value: string): string => value.trim().slice(0, 80).toLowerCase()

/** 9.0.0.1 before 10.0.0.1, and both before IPv6. */
const inOrder = (ip: string): string =>
  ip.includes(':') ? `v6 ${ip}` : ip.replace(/\d+/g, (part) => part.padStart(3, '0'))
