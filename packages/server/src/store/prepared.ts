import type { Compilable, CompiledQuery, QueryResult } from 'kysely'
import type { Db, Tx } from './store.ts'

/** Stands in a statement for a value that each run brings. */
class Blank {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/**
 * A statement that is compiled once for each engine: for what is asked thousands of times a second,
 * where putting it together costs more than asking it. `given` holds blanks there, which may only
 * be passed on as values, not looked at.
 */
export function prepared<Given extends object, Row>(
  build: (db: Db | Tx, given: Required<Given>) => Compilable<Row>,
): (db: Db | Tx, given: Given) => Promise<QueryResult<Row>> {
  const blanks = new Proxy({} as Required<Given>, {
    get: (_, name) => new Blank(String(name)),
  })
  const compiled = new Map<unknown, CompiledQuery<Row>>()

  return (db, given) => {
    const engine = db.getExecutor().adapter.constructor
    let query = compiled.get(engine)
    if (!query) {
      query = build(db, blanks).compile()
      compiled.set(engine, query)
    }
    const values = given as Readonly<Record<string, unknown>>
    const parameters = query.parameters.map((value) =>
      value instanceof Blank ? values[value.name] : value,
    )
    return db.executeQuery({ ...query, parameters })
  }
}

/**
 * The same for rows of a list of ids: compiled once for each power of two, and the last id is
 * repeated until the list has that length.
 */
export function preparedForIds<Row>(
  build: (db: Db | Tx, ids: readonly string[]) => Compilable<Row>,
): (db: Db | Tx, ids: readonly string[]) => Promise<QueryResult<Row>> {
  const bySize = new Map<number, ReturnType<typeof prepared<Record<string, string>, Row>>>()

  return (db, ids) => {
    const size = 2 ** Math.ceil(Math.log2(Math.max(1, ids.length)))
    const names = Array.from({ length: size }, (_, n) => `id${n}`)
    let find = bySize.get(size)
    if (!find) {
      find = prepared((of, given: Record<string, string>) =>
        build(
          of,
          names.map((name) => given[name] ?? ''),
        ),
      )
      bySize.set(size, find)
    }
    const last = ids.at(-1) ?? ''
    return find(db, Object.fromEntries(names.map((name, n) => [name, ids[n] ?? last])))
  }
}
