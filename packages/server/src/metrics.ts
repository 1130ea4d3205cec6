import type { RefusalCode } from '@beckon/protocol'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What the process counts about itself, for `/metrics`. Made once an app, so tests do not share. */
export type Metrics = ReturnType<typeof createMetrics>

export type ConnectionKind = 'visitor' | 'agent'

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
const WORKS = [1, 2, 4, 8, 16, 32, 64]

export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  // Memory, CPU, and the delay of the event loop with its percentiles.
  collectDefaultMetrics({ register: registry })

  const refusals = new Counter({
    name: 'beckon_refusals_total',
    help: 'Refusals given, by code.',
    labelNames: ['code'] as const,
    registers,
  })
  const connections = new Gauge({
    name: 'beckon_connections',
    help: 'Open connections, by kind.',
    labelNames: ['kind'] as const,
    registers,
  })
  const visits = new Gauge({
    name: 'beckon_visits',
    help: 'Visits in the list now.',
    registers,
  })
  const pageViews = new Counter({
    name: 'beckon_page_views_total',
    help: 'Page views counted.',
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
    refused: (code: RefusalCode) => refusals.inc({ code }),
    connected: (kind: ConnectionKind) => connections.inc({ kind }),
    disconnected: (kind: ConnectionKind) => connections.dec({ kind }),
    pageViewed: () => pageViews.inc(),
    visits: (count: number) => visits.set(count),
    committed(commit: { seconds: number; works: number }) {
      commits.observe(commit.seconds)
      works.observe(commit.works)
    },
  }
}
