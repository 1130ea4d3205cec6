import type { InvitationReport } from '@beckon/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ChartNoAxesColumn, Download } from 'lucide-react'
import { useMemo, useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { TopBar } from '../frame/top-bar.tsx'
import { Button } from '../parts/button.tsx'
import { timeOfDay } from '../parts/durations.ts'
import { Empty } from '../parts/empty.tsx'
import { Segment } from '../parts/segment.tsx'
import { serverClock } from '../server-clock.ts'
import { Blocks } from '../settings/list.tsx'
import { CountsTable } from './counts-table.tsx'
import { csvOf } from './csv.ts'
import { FunnelPicture } from './funnel-picture.tsx'
import { PERIODS, type Period, rangeOf, rangeWords } from './periods.ts'

type By = 'agent' | 'group' | 'site'
const BYS = [
  { value: 'agent', label: 'Agent' },
  { value: 'group', label: 'Group' },
  { value: 'site', label: 'Site' },
] as const

/** Invitations by what became of them (S9). */
export function ReportsScreen() {
  const [period, setPeriod] = useState<Period>('30')
  const [by, setBy] = useState<By>('agent')
  const [asked, setAsked] = useState(() => serverClock.now())
  const range = useMemo(() => rangeOf(period, asked), [period, asked])
  const report = useQuery({
    queryKey: ['reports', 'invitations', range.from, range.to, by],
    queryFn: () =>
      api<InvitationReport>(
        'GET',
        `/reports/invitations?from=${range.from}&to=${range.to + 1}&by=${by}`,
      ),
    placeholderData: keepPreviousData,
  })
  const { data, error } = report

  return (
    <>
      <TopBar title="Reports">
        <p className="truncate text-small text-text-3 max-md:hidden">
          Counted from the event log, up to {timeOfDay(range.to)}
        </p>
      </TopBar>
      <main className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto bg-canvas p-5 max-md:p-3">
        <div className="flex flex-wrap items-center gap-2">
          <Segment label="Period" value={period} onChange={setPeriod} options={PERIODS} />
          <Button variant="ghost" onClick={() => setAsked(serverClock.now())}>
            Count again
          </Button>
          <span className="flex-1" />
          {data && data.rows.length > 0 && (
            <Button
              icon={<Download size={15} aria-hidden />}
              onClick={() => download(csvOf(data, by), `invitations-by-${by}.csv`)}
            >
              CSV
            </Button>
          )}
        </div>
        {error ? (
          <Empty
            fact="The report could not be counted"
            next={sentenceOf(error)}
            actions={<Button onClick={() => void report.refetch()}>Try again</Button>}
          />
        ) : !data ? (
          <Blocks />
        ) : data.total.sent === 0 ? (
          <Empty
            drawing={<ChartNoAxesColumn size={56} strokeWidth={1} />}
            fact={`No invitations ${rangeWords(range)}.`}
            next="Invite a visitor in Who's On, and this page begins to count."
          />
        ) : (
          <>
            <FunnelPicture counts={data.total} />
            <section aria-label={`By ${by}`} className="rounded-sheet bg-surface pb-1 shadow-sheet">
              <header className="flex items-center justify-between px-5 pt-4 pb-2">
                <h2 className="text-[15px] font-semibold">By {by}</h2>
                <Segment label="Rows of the table" value={by} onChange={setBy} options={BYS} />
              </header>
              <CountsTable report={data} by={by} />
            </section>
          </>
        )}
      </main>
    </>
  )
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
