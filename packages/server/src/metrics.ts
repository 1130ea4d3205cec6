import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { createRefusals, type Refusals } from './realtime/refusals.ts'

/** What the parts of the process know about themselves, asked at each scrape. */
export type Figures = {
  connections: { visitors: number; agents: number; streams: { visitors: number; agents: number } }
  visits: number
  /** The same as the console's header shows. */
  totals: { active: number; pending: number; inChat: number; invited: number; bots: number }
  /** Frames that were refused, by kind of connection and code, since the start. */
  refused: { visitor: Refused; agent: Refused }
  pagesStored: number
  pagesDropped: number
  pagesWaiting: number
}

type Refused = Refusals['counts']

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
const WORKS = [1, 2, 4, 8, 16, 32, 64]

/** What `/metrics` tells. Made once an app, so that apps in one process do not share. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  // Memory, CPU, and the delay of the event loop with its percentiles.
  collectDefaultMetrics({ register: registry })

  const http = createRefusals()
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
    httpRefused: http.count,
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
        name: 'beckon_streams',
        help: 'Of the open connections those over plain HTTP, where WebSocket is blocked, by kind.',
        labelNames: ['kind'] as const,
        registers,
        collect() {
          const { visitors, agents } = figures().connections.streams
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
      new Gauge({
        name: 'beckon_online',
        help: 'Visitors as the header of the console counts them; somebody may be in several.',
        labelNames: ['as'] as const,
        registers,
        collect() {
          const { active, pending, inChat, invited, bots } = figures().totals
          this.set({ as: 'active' }, active)
          this.set({ as: 'pending' }, pending)
          this.set({ as: 'in_chat' }, inChat)
          this.set({ as: 'invited' }, invited)
          this.set({ as: 'bots' }, bots)
        },
      })
      countElsewhere({
        name: 'beckon_page_views_stored_total',
        help: 'Page views written to the database.',
        count: () => figures().pagesStored,
      })
      countElsewhere({
        name: 'beckon_page_views_dropped_total',
        help: 'Page views given up because the database was away or behind too long.',
        count: () => figures().pagesDropped,
      })
      new Gauge({
        name: 'beckon_page_views_waiting',
        help: 'Page views that are not in the database yet.',
        registers,
        collect() {
          this.set(figures().pagesWaiting)
        },
      })
      new Counter({
        name: 'beckon_refusals_total',
        help: 'What was refused, by door (visitor and agent sockets, http) and code.',
        labelNames: ['door', 'code'] as const,
        registers,
        collect() {
          this.reset()
          const doors = { ...figures().refused, http: http.counts }
          for (const [door, refused] of Object.entries(doors)) {
            for (const [code, count] of Object.entries(refused)) this.inc({ door, code }, count)
          }
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
