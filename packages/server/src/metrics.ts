import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What the parts of the process know about themselves, asked at each scrape. */
export type Figures = {
  connections: { visitors: number; agents: number }
  visits: number
  /** Frames from visitors that were refused, by code, since the start. */
  refused: Readonly<Record<string, number>>
  pagesStored: number
  pagesDropped: number
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
const WORKS = [1, 2, 4, 8, 16, 32, 64]

/** What `/metrics` tells. Made once an app, so that apps in one process do not share. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  // Memory, CPU, and the delay of the event loop with its percentiles.
  collectDefaultMetrics({ register: registry })

  const httpRefusals = new Counter({
    name: 'beckon_http_refusals_total',
    help: 'HTTP answers from 400 on, by status.',
    labelNames: ['status'] as const,
    registers,
  })
  const pageViews = new Counter({
    name: 'beckon_page_views_total',
    help: 'Page views in the list.',
    registers,
  })
  const commits = new Histogram({
    name: 'beckon_commit_seconds',
    help: 'From the begin of a transaction to its COMMIT being durable.',
    buckets: SECONDS,
    registers,
  })
  const works = new Histogram({
    name: 'beckon_commit_works',
    help: 'Works that shared one COMMIT.',
    buckets: WORKS,
    registers,
  })

  return {
    registry,
    httpRefused: (status: number) => httpRefusals.inc({ status: String(status) }),
    pageViewed: () => pageViews.inc(),
    committed(commit: { seconds: number; works: number }) {
      commits.observe(commit.seconds)
      works.observe(commit.works)
    },
    /** Figures kept elsewhere: read when somebody scrapes, free otherwise. */
    follow(figures: () => Figures): void {
      new Gauge({
        name: 'beckon_connections',
        help: 'Open connections, by kind.',
        labelNames: ['kind'] as const,
        registers,
        collect() {
          const { visitors, agents } = figures().connections
          this.set({ kind: 'visitor' }, visitors)
          this.set({ kind: 'agent' }, agents)
        },
      })
      new Gauge({
        name: 'beckon_visits',
        help: 'Visits in the list now.',
        registers,
        collect() {
          this.set(figures().visits)
        },
      })
      countElsewhere({
        name: 'beckon_page_views_stored_total',
        help: 'Page views written to the database.',
        count: () => figures().pagesStored,
      })
      countElsewhere({
        name: 'beckon_page_views_dropped_total',
        help: 'Page views given up because the database was away too long.',
        count: () => figures().pagesDropped,
      })
      new Counter({
        name: 'beckon_refusals_total',
        help: 'Frames of visitors refused, by code.',
        labelNames: ['code'] as const,
        registers,
        collect() {
          this.reset()
          for (const [code, count] of Object.entries(figures().refused)) this.inc({ code }, count)
        },
      })
    },
  }

  function countElsewhere({ name, help, count }: { name: string; help: string; count(): number }) {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(count())
      },
    })
  }
}
