import type { CountsState, InvitationId, VisitRow, WindowState } from '@beckon/protocol'
import { EVERYONE } from '@beckon/protocol'
import { random } from '../random.ts'
import type { SimulatedAgent } from '../simulated-agent.ts'
import type { Ledger } from './ledger.ts'
import type { Place } from './place.ts'
import { openShopPage, type ShopPage, type ShopPageOptions } from './shop-page.ts'
import { until } from './wait.ts'

/** Loopback addresses a crowd's connections come from: one has ports for 28,000 only. */
const ADDRESSES = 40
/** Come at a time. */
const TOGETHER = 100

/** Visitors who only read; they see invitations at once. */
export async function gather(asked: {
  place: Place
  ledger: Ledger
  many: number
  name: string
  seed: number
  server?: () => string
  onFrame?: ShopPageOptions['onFrame']
}): Promise<ShopPage[]> {
  const { place, many, name } = asked
  const pages: ShopPage[] = []
  for (let n = 0; n < many; n++) {
    pages.push(
      openShopPage({
        server: asked.server ?? (() => place.balanced()),
        site: place.site,
        name: `${name}${n}`,
        address: `198.19.${n >> 8}.${n & 255}`,
        localAddress: `127.0.${1 + (n % ADDRESSES)}.1`,
        random: random(asked.seed * 100_000 + n + 1),
        ledger: asked.ledger,
        onFrame(frame, page) {
          if (frame.type === 'invitation') paint(page, frame.invitation.id)
          asked.onFrame?.(frame, page)
        },
      }),
    )
    if (n % TOGETHER === TOGETHER - 1) await allConnected(pages)
  }
  await allConnected(pages)
  return pages
}

function paint(page: ShopPage, invitationId: InvitationId): void {
  page.send({ type: 'invitation.delivered', invitationId })
  page.send({ type: 'invitation.viewed', invitationId })
}

export const allConnected = (pages: readonly ShopPage[], withinMs = 60_000): Promise<number> =>
  until('everybody is connected', () => pages.every(({ connected }) => connected), withinMs)

/** What the console on a node shows of everybody, kept up to date. */
export function watchCounts(agent: SimulatedAgent): {
  readonly now: CountsState | undefined
  onNews(hear: (counts: CountsState) => void): void
} {
  let now: CountsState | undefined
  let hear = (_counts: CountsState) => {}
  agent.watch<'counts'>({ topic: 'counts' }, ({ snapshot, event }) => {
    now = event ?? snapshot ?? now
    if (now) hear(now)
  })
  return {
    get now() {
      return now
    },
    onNews(listener) {
      hear = listener
    },
  }
}

/** The rows a newcomer is shown whose title says so; at most 200. */
export function rowsTitled(agent: SimulatedAgent, title: string): Promise<VisitRow[]> {
  return new Promise((resolve) => {
    const stop = agent.watch<'window'>(
      {
        topic: 'window',
        filter: title
          ? { match: 'all', conditions: [{ field: 'title', op: 'contains', value: title }] }
          : EVERYONE,
        sort: { by: 'started', dir: 'asc' },
        offset: 0,
        limit: 200,
      },
      ({ snapshot }: { snapshot?: WindowState }) => {
        if (!snapshot) return
        stop()
        resolve(Object.values(snapshot.rows))
      },
    )
  })
}

/** So many invitations have been painted and are open. */
export const seen = (place: Place, many: number): Promise<number> =>
  until('the invitations are seen', async () => {
    const [viewed] = await place.read<{ n: number | string }>(
      "select count(*) as n from invitations where state = 'viewed'",
    )
    return Number(viewed?.n) === many
  })

type Ended = { id: string; state: string; viewed_at: number; ended_at: number }

/** Invitations that did not end once, or not so long after they were seen. */
export async function wrongEnds(
  place: Place,
  { termMs, offMs = 1_000 }: { termMs: number; offMs?: number },
): Promise<{ faults: string[]; ended: number; worstMs: number }> {
  const rows = await place.read<Ended>('select id, state, viewed_at, ended_at from invitations')
  const events = await place.read<{ subject_id: string; type: string }>(
    "select subject_id, type from events where type in ('invitation.accepted', 'invitation.declined', 'invitation.ignored', 'invitation.withdrawn', 'invitation.expired', 'invitation.failed')",
  )
  const chats = await place.read<{ invitation_id: string | null }>(
    'select invitation_id from chats where invitation_id is not null',
  )
  const faults: string[] = []
  let worstMs = 0
  for (const row of rows) {
    const ends = events.filter(({ subject_id }) => subject_id === row.id)
    if (ends.length !== 1) faults.push(`an invitation ended ${ends.length} times (${row.state})`)
    const begun = chats.filter((chat) => chat.invitation_id === row.id).length
    if (begun !== (row.state === 'accepted' ? 1 : 0)) {
      faults.push(`an invitation ${row.state} has ${begun} chats`)
    }
    if (row.state !== 'ignored') continue
    const off = Number(row.ended_at) - Number(row.viewed_at) - termMs
    worstMs = Math.max(worstMs, Math.abs(off))
    if (Math.abs(off) > offMs) faults.push(`an invitation ended ${off} ms off its deadline`)
  }
  return { faults, ended: rows.length, worstMs }
}
