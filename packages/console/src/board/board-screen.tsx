import type { AgentId, BoardGroup, BoardState } from '@beckon/protocol'
import { Link } from '@tanstack/react-router'
import { ArrowLeft, LayoutGrid } from 'lucide-react'
import { TopBar } from '../frame/top-bar.tsx'
import { FreshnessBar } from '../live/freshness-bar.tsx'
import { FreshnessPill } from '../live/freshness-pill.tsx'
import { useFreshness } from '../live/use-freshness.ts'
import { useTopic } from '../live/use-topic.ts'
import { Elapsed } from '../parts/elapsed.tsx'
import { Empty } from '../parts/empty.tsx'
import { useNow } from '../server-clock.ts'
import { AgentLine } from './agent-line.tsx'
import { groupsInOrder, totalsOf } from './board-order.ts'

/** A wait turns amber here, as in the lists. */
const LONG_WAIT_MS = 60_000

/** The live board of a manager: queues, waits, who is there and what they have to do (C9). */
export function BoardScreen() {
  const { state, fresh, refused } = useTopic<'board'>({ topic: 'board' })
  const freshness = useFreshness()
  const totals = state && totalsOf(state)
  return (
    <>
      <TopBar
        title={
          <span className="flex items-center gap-2">
            <Link
              to="/chats"
              aria-label="Back to chats"
              className="-ms-1 inline-flex size-7 items-center justify-center rounded-button text-text-2 hover:bg-hover hover:text-text"
            >
              <ArrowLeft size={16} aria-hidden />
            </Link>
            Board
          </span>
        }
      >
        {totals && (
          <p className="flex items-center gap-4 whitespace-nowrap text-text-2 tabular-nums max-lg:hidden">
            <Total n={totals.queued}>in queue</Total>
            <Total n={totals.active}>active</Total>
            <Total n={totals.available}>available</Total>
          </p>
        )}
        <FreshnessPill freshness={freshness} />
      </TopBar>
      <FreshnessBar freshness={freshness} />
      <main className="min-h-0 flex-1 overflow-y-auto px-5 py-4 max-md:px-3">
        {refused ? (
          <Empty
            drawing={<LayoutGrid size={56} strokeWidth={1} />}
            fact="The board is for managers"
            next={refused.message}
          />
        ) : state ? (
          <Board state={state} live={fresh === 'live'} />
        ) : (
          <div className="h-60 max-w-4xl" aria-busy />
        )}
      </main>
    </>
  )
}

const Total = ({ n, children }: { n: number; children: string }) => (
  <span>
    <strong className="font-semibold text-text">{n}</strong> {children}
  </span>
)

export function Board({ state, live }: { state: BoardState; live: boolean }) {
  const groups = groupsInOrder(state)
  if (groups.length === 0) {
    return (
      <Empty
        drawing={<LayoutGrid size={56} strokeWidth={1} />}
        fact="You manage no group yet"
        next="An administrator puts you into a group of each department you manage."
      />
    )
  }
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-6">
      {groups.map((group) => (
        <Group key={group.id} group={group} state={state} live={live} />
      ))}
    </div>
  )
}

function Group({ group, state, live }: { group: BoardGroup; state: BoardState; live: boolean }) {
  const many = new Set(Object.values(state.groups).map(({ brand }) => brand)).size > 1
  const members = group.members.flatMap(({ agentId, active }) => {
    const agent = state.agents[agentId as AgentId]
    return agent ? [{ agent, active }] : []
  })
  return (
    <section aria-label={group.name}>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 pb-1.5">
        <h2 className="text-read font-semibold">{group.name}</h2>
        <p className="text-small text-text-3">
          {many ? `${group.brand} · ${group.department}` : group.department}
          {!group.liveChat && ' · live chat is off'}
        </p>
        <p className="ms-auto flex gap-4 text-text-2 tabular-nums">
          <Total n={group.queued}>in queue</Total>
          {group.waitingSince !== undefined && <Wait since={group.waitingSince} />}
          <Total n={group.active}>active</Total>
        </p>
      </div>
      {members.length === 0 ? (
        <p className="border-t border-line py-2 text-text-3">No agent is in this group.</p>
      ) : (
        <table className="w-full border-t border-line">
          <thead className="max-md:sr-only">
            <tr className="text-start text-micro font-medium text-text-3">
              <th className="py-1.5 text-start font-medium">Agent</th>
              <th className="w-24 py-1.5 text-end font-medium">Chats</th>
              <th className="w-32 py-1.5 text-end font-medium">Available</th>
              <th className="w-32 py-1.5 text-end font-medium">Active here</th>
            </tr>
          </thead>
          <tbody>
            {members.map(({ agent, active }) => (
              <AgentLine key={agent.id} agent={agent} group={group} active={active} live={live} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Wait({ since }: { since: number }) {
  const long = useNow() - since >= LONG_WAIT_MS
  return (
    <span>
      Longest wait{' '}
      <Elapsed
        since={since}
        className={`font-medium tabular-nums ${long ? 'text-amber-text' : 'text-text'}`}
      />
    </span>
  )
}
