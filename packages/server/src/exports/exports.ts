import { type ExportAsk, LIMITS, type VisitId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Finding } from '../finding/finding.ts'
import { Refusal } from '../refusal.ts'
import { insertEvent } from '../store/event-rows.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { pause } from '../time/pause.ts'
import type { Visit } from '../visits/live.ts'
import { type Cell, type CellValue, cellsOf } from './cells.ts'
import { BYTE_ORDER_MARK, csvLine } from './csv.ts'

/** Somebody else's turn after so many rows. */
const AT_ONCE = 250

/** Files of the list as an agent sees it (W8): who took what is written down before it leaves. */
export function createExports(deps: {
  store: Store
  clock: Clock
  finding: Pick<Finding, 'allOf'>
  /** How long a removed visit stands in the list. */
  removedMs: number
}) {
  const { store, clock, finding, removedMs } = deps

  return {
    async file(
      actor: AgentActor,
      ask: ExportAsk,
    ): Promise<{ rows: number; text: AsyncIterable<string> }> {
      const cells = cellsOf(ask.columns)
      if (cells.length === 0)
        throw new Refusal('bad_input', 'None of these columns can be exported.')
      const { format, filter, sort, group } = ask
      const chosen = ask.visitIds && new Set<VisitId>(ask.visitIds)
      const visits = finding
        .allOf(actor, { filter, sort, group })
        .filter(({ id }) => !chosen || chosen.has(id))
      if (visits.length > LIMITS.exportRows) {
        throw new Refusal(
          'limit_reached',
          `An export has at most ${LIMITS.exportRows.toLocaleString('en')} visitors; these are ${visits.length.toLocaleString('en')}. Narrow the filter.`,
        )
      }
      const now = clock.now()
      await store.commit((tx) =>
        insertEvent(tx, {
          type: 'visits.exported',
          at: now,
          brandId: null,
          subjectId: actor.agentId,
          by: { kind: 'agent', id: actor.agentId },
          data: {
            format,
            rows: visits.length,
            columns: ask.columns,
            ...(chosen ? { chosen: true } : { filter }),
          },
        }),
      )
      const read = (visit: Visit, cell: Cell) =>
        cell.read(visit, { now, removedMs, ipMode: visit.site.ipMode })
      const text = format === 'csv' ? csv(visits, cells, read) : json(visits, cells, read)
      return { rows: visits.length, text }
    },
  }
}
export type Exports = ReturnType<typeof createExports>

type Read = (visit: Visit, cell: Cell) => CellValue

async function* csv(visits: readonly Visit[], cells: readonly Cell[], read: Read) {
  yield BYTE_ORDER_MARK + csvLine(cells.map(({ head }) => head))
  for await (const part of inTurns(visits))
    yield part.map((visit) => csvLine(cells.map((cell) => inTable(read(visit, cell))))).join('')
}

async function* json(visits: readonly Visit[], cells: readonly Cell[], read: Read) {
  let before = '[\n'
  for await (const part of inTurns(visits)) {
    const things = part.map((visit) =>
      JSON.stringify(
        Object.fromEntries(cells.map((cell) => [cell.key, read(visit, cell) ?? null])),
      ),
    )
    yield before + things.join(',\n')
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

async function* inTurns(visits: readonly Visit[]) {
  for (let at = 0; at < visits.length; at += AT_ONCE) {
    if (at > 0) await pause(0)
    yield visits.slice(at, at + AT_ONCE)
  }
}

function inTable(value: CellValue): string | number {
  if (value === undefined) return ''
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value
}
