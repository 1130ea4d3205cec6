import type { VisitState } from '@beckon/protocol'
import { Fragment, type ReactNode } from 'react'
import { SiteSquare } from '../../parts/site-square.tsx'
import { reasonWords, STATUS_WORDS, StatusMark } from '../status-mark.tsx'
import { useSites } from '../use-sites.ts'
import { deviceWords, hostOf, languageName, pathOf } from '../visitor-words.ts'

/** Label and value, one fact a line; what is not known is left out. */
export function Summary({ state }: { state: VisitState }) {
  const { row } = state
  const site = useSites().get(row.siteId)
  const landing = state.pages[0]
  const facts: [label: string, value: ReactNode][] = [
    [
      'Status',
      <span key="status" className="inline-flex items-baseline gap-1.5">
        <StatusMark status={row.status} />
        {STATUS_WORDS[row.status]}
      </span>,
    ],
    ['', row.status !== 'active' && row.reason && reasonWords(row.reason)],
    [
      'Site',
      site && (
        <span key="site" className="inline-flex items-center gap-1.5">
          <SiteSquare color={site.color} />
          {site.name}
        </span>
      ),
    ],
    ['Email', row.email !== row.who.text && row.email],
    ['Came from', row.referrer ? hostOf(row.referrer) : 'Direct'],
    ['Searched for', row.searchPhrase],
    ['Campaign', state.campaign],
    [
      'Landed on',
      landing?.url === row.landingUrl
        ? landing.title || pathOf(row.landingUrl)
        : pathOf(row.landingUrl),
    ],
    ['Device', deviceWords(row)],
    ['Screen', state.screen],
    ['Language', languageName(row.language)],
    ['IP address', row.ip],
    ...Object.entries(state.attributes).map(([name, value]): [string, ReactNode] => [name, value]),
  ]
  return (
    <dl className="grid grid-cols-[84px_1fr] gap-x-3 gap-y-1 px-4 py-3.5 text-small">
      {facts
        .filter(([, value]) => value)
        .map(([label, value], index) => (
          // Attributes may carry any name, also one of ours: the place in the list tells them apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Fragment key={`${label} ${index}`}>
            <dt className="truncate text-text-3" title={label}>
              {label}
            </dt>
            <dd className="min-w-0 break-words text-text select-text">{value}</dd>
          </Fragment>
        ))}
    </dl>
  )
}
