import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from '../../../bench/src/free-port.ts'
import { postgresFolder } from '../../../scripts/lib/system.mjs'

/*
 * A PostgreSQL of its own for a test file: made in a temp folder, on a port that was free, gone
 * with the process that asked for it. It refuses to run as root, so root lends it to nobody.
 */

/** Undefined where PostgreSQL is not installed: then the suites that need it are skipped. */
export const postgresPrograms = postgresFolder()

export type PostgresServer = Awaited<ReturnType<typeof startPostgres>>

const NOBODY = 65_534
const isRoot = process.getuid?.() === 0
const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
const START_MS = 20_000

/** Stops the server and removes its folder when the input ends: with the process that holds it. */
const KEEPER = `
  "$1/postgres" -D "$2" & server=$!
  trap 'kill -QUIT $server 2>/dev/null; wait $server; exit' TERM
  cat >/dev/null; kill -QUIT $server; wait $server; rm -rf "$2"`

export async function startPostgres(settings: Record<string, string> = {}) {
  const programs = postgresPrograms
  if (!programs) throw new Error('PostgreSQL is not installed.')
  const folder = await mkdtemp(join(tmpdir(), 'beckon-pg-'))
  if (isRoot) await chown(folder, NOBODY, NOBODY)
  await run(join(programs, 'initdb'), [
    ...['-D', folder, '-U', 'beckon', '--auth=trust', '--encoding=UTF8', '--locale=C'],
    '--no-sync',
  ])
  const port = await freePort()
  const lines = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: folder,
    // The machine does not lose power here; the processes that die take nothing from the kernel.
    fsync: 'off',
    shared_buffers: '32MB',
    max_connections: '200',
    ...settings,
  }
  await writeFile(
    join(folder, 'postgresql.auto.conf'),
    Object.entries(lines)
      .map(([name, value]) => `${name} = '${value}'\n`)
      .join(''),
  )
  const at = (database: string) => `postgres://beckon@127.0.0.1:${port}/${database}`
  let keeper: ChildProcess | undefined
  let said = ''
  let databases = 0

  async function start(): Promise<void> {
    keeper = spawn('sh', ['-c', KEEPER, 'postgres', programs ?? '', folder], {
      ...as,
      cwd: folder,
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    keeper.stderr?.on('data', (text) => {
      said = (said + text).slice(-4_000)
    })
    await reachable()
  }

  async function reachable(): Promise<void> {
    const until = performance.now() + START_MS
    for (;;) {
      const client = new pg.Client({ connectionString: at('postgres') })
      client.on('error', () => {})
      try {
        await client.connect()
        await client.end()
        return
      } catch (error) {
        if (performance.now() > until) throw new Error(`${said}\n${error}`)
        await pause(50)
      }
    }
  }

  async function ask(sql: string, database = 'postgres'): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: at(database) })
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }

  /** Sends a signal to the server itself. */
  async function signal(name: 'STOP' | 'CONT' | 'QUIT' | 'INT'): Promise<void> {
    const script = `pid=$(head -1 "$1/postmaster.pid")
      case ${name} in
        STOP|CONT) kill -${name} $pid $(cat /proc/$pid/task/*/children) ;;
        *) kill -${name} $pid; while kill -0 $pid 2>/dev/null; do sleep 0.02; done ;;
      esac`
    await run('sh', ['-c', script, 'signal', folder])
  }

  await start()
  return {
    folder,
    port,
    at,
    ask,
    /** A new empty database; gives its URL. */
    async database(options = ''): Promise<string> {
      const name = `beckon_${++databases}`
      await ask(`create database ${name} ${options}`)
      return at(name)
    },
    /** Takes every row out of a database. */
    async empty(databaseUrl: string): Promise<void> {
      const name = databaseUrl.slice(at('').length)
      const tables = await ask(
        "select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'migrations'",
        name,
      )
      await ask(`truncate ${tables.map((table) => table.name).join(', ')}`, name)
    },
    /** As with a crash: nobody is told, nothing is finished. */
    kill: () => signal('QUIT'),
    hang: () => signal('STOP'),
    goOn: () => signal('CONT'),
    start,
    async stop(): Promise<void> {
      if (!keeper) return
      const exit = once(keeper, 'exit')
      keeper.stdin?.end()
      if (keeper.exitCode === null) await exit
    },
  }
}

async function run(command: string, args: string[]): Promise<void> {
  const child = spawn(command, args, { ...as, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr?.on('data', (text) => {
    said += text
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${command}: ${said}`)
}
