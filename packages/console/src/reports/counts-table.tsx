import type { InvitationCounts, InvitationReport } from '@beckon/protocol'
import { ArrowDown } from 'lucide-react'
import { useState } from 'react'
import { Avatar } from '../parts/avatar.tsx'
import { cx } from '../parts/class-names.ts'
import { initialsOf, tintOf } from '../parts/initials.ts'
import { ENOUGH, percent } from './funnel.ts'

const COLUMNS = [
  ['sent', 'Sent'],
  ['delivered', 'Delivered'],
  ['viewed', 'Viewed'],
  ['accepted', 'Accepted'],
  ['declined', 'Declined'],
  ['ignored', 'Ignored'],
  ['withdrawn', 'Withdrawn'],
  ['expired', 'Expired'],
  ['failed', 'Failed'],
  ['open', 'Open'],
] as const satisfies readonly (readonly [keyof InvitationCounts, string])[]

type CountsTableProps = { report: InvitationReport; by: 'agent' | 'group' | 'site' }

/** Every end state of S9, by agent, group or site; a head sorts. */
export function CountsTable({ report, by }: CountsTableProps) {
  const [sort, setSort] = useState<keyof InvitationCounts>('accepted')
  const rows = [...report.rows].sort(
    (a, b) => b.counts[sort] - a.counts[sort] || b.counts.sent - a.counts.sent,
  )
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-[860px] border-collapse tabular-nums">
        <thead>
          <tr className="text-micro text-text-3">
            <th className="px-5 py-2 text-start font-medium">{HEADS[by]}</th>
            {COLUMNS.map(([key, name]) => (
              <th
                key={key}
                aria-sort={sort === key ? 'descending' : 'none'}
                className="px-2 py-1 text-end font-medium"
              >
                <button
                  type="button"
                  onClick={() => setSort(key)}
                  className={cx(
                    'inline-flex h-6 items-center gap-1 rounded-chip',
                    sort === key && 'font-semibold text-text',
                  )}
                >
                  {name}
                  {sort === key && <ArrowDown size={12} aria-hidden />}
                </button>
              </th>
            ))}
            <th className="px-5 py-2 text-start font-medium">Accepted of viewed</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className="border-t border-line">
              <th scope="row" className="px-5 py-2 text-start font-normal">
                <span className="flex min-h-6 items-center gap-2.5">
                  {by === 'agent' && (
                    <Avatar
                      name={row.name}
                      initials={initialsOf(row.name)}
                      tint={tintOf(row.id)}
                      decorative
                    />
                  )}
                  {row.name}
                </span>
              </th>
              {COLUMNS.map(([key]) => (
                <td
                  key={key}
                  className={cx(
                    'px-2 py-2 text-end',
                    sort === key ? 'font-semibold' : 'text-text-2',
                  )}
                >
                  {row.counts[key]}
                </td>
              ))}
              <td className="px-5 py-2">
                <Share counts={row.counts} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t border-line-strong font-semibold">
            <th scope="row" className="px-5 py-2.5 text-start">
              All
            </th>
            {COLUMNS.map(([key]) => (
              <td key={key} className="px-2 py-2.5 text-end">
                {report.total[key]}
              </td>
            ))}
            <td className="px-5 py-2.5">
              <Share counts={report.total} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

const HEADS = { agent: 'Agent', group: 'Group', site: 'Site' }

function Share({ counts }: { counts: InvitationCounts }) {
  if (counts.viewed < ENOUGH)
    return <span className="text-small text-text-3">Too few to compare</span>
  const share = counts.accepted / counts.viewed
  return (
    <span className="flex items-center gap-2 font-normal">
      <span className="h-[5px] w-16 overflow-hidden rounded-full bg-sunken" aria-hidden>
        <span className="block h-full rounded-full bg-green" style={{ width: `${share * 100}%` }} />
      </span>
      {percent(share)}
    </span>
  )
}
