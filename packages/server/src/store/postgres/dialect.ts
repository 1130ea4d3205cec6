import {
  type BinaryOperationNode,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  OperatorNode,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  PrimitiveValueListNode,
  type QueryResult,
  ValueListNode,
} from 'kysely'
import type pg from 'pg'
import { Refusal } from '../../refusal.ts'
import { asFailure } from './failure.ts'

/** Sends a statement and gives its answer; several in one text give several. */
export type Ask = (
  text: string,
  values: unknown[],
) => Promise<pg.QueryResult | readonly pg.QueryResult[]>

export const connectionTo = (ask: Ask): DatabaseConnection => ({
  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const answered = await ask(sql, parameters.map(bound)).catch((error: unknown) => {
      throw asFailure(error)
    })
    const { command, rowCount, rows } = lastOf(answered)
    const changes = CHANGES.has(command) && rowCount !== null
    return { rows: rows as R[], ...(changes && { numAffectedRows: BigInt(rowCount) }) }
  },
  // biome-ignore lint/correctness/useYield: nothing to give
  async *streamQuery() {
    throw new Error('Streaming is not offered: ask for a page of rows at a time.')
  },
})

/** Transactions belong to the group commit; here are nothing but connections. */
export const postgresDialect = (
  lend: () => Promise<DatabaseConnection>,
  giveBack: (connection: DatabaseConnection) => Promise<void> = async () => {},
): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: (): Driver => ({
    init: async () => {},
    acquireConnection: lend,
    releaseConnection: giveBack,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    destroy: async () => {},
  }),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new QueryCompiler(),
})

/** Nothing is in an empty list. PostgreSQL would not read it; the embedded database does. */
class QueryCompiler extends PostgresQueryCompiler {
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const list = node.rightOperand
    const isEmpty =
      (PrimitiveValueListNode.is(list) || ValueListNode.is(list)) && list.values.length === 0
    const operator = OperatorNode.is(node.operator) ? node.operator.operator : undefined
    if (isEmpty && operator === 'in') this.append('false')
    else if (isEmpty && operator === 'not in') this.append('true')
    else super.visitBinaryOperation(node)
  }
}

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

const refuse = async () => {
  throw new Error('Change the database inside store.commit only.')
}

function lastOf(answered: pg.QueryResult | readonly pg.QueryResult[]): pg.QueryResult {
  if (!('at' in answered)) return answered
  const last = answered.at(-1)
  if (!last) throw new Error('The database answered nothing.')
  return last
}

/**
 * The same values as the embedded engine takes: the driver would write dates and objects in ways
 * of its own. NUL is the one character PostgreSQL has no place for.
 */
function bound(value: unknown): unknown {
  if (typeof value === 'string') {
    if (value.includes('\0')) {
      throw new Refusal('bad_input', 'Text may not contain a NUL character.')
    }
    return value
  }
  if (value === null || value === undefined) return null
  if (typeof value === 'number' || typeof value === 'bigint') return value
  throw new RangeError(`A ${typeof value} cannot be stored: make it text or a number.`)
}
