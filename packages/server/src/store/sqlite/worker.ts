import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { createAppends } from './appends.ts'
import { openLane, toFailure } from './lane.ts'
import type { Answer, Ask, Greeting, WorkerStart } from './wire.ts'

/*
 * The embedded database lives in this thread, so that the main loop never waits for a disk. One
 * connection writes; one only reads and therefore sees the last commit, never an open transaction.
 */

const FULL = 2
/**
 * The log is carried over into the file at this size, 32 MB. A page that changes often is carried
 * once, and commits wait less often for the two trips to the disk that it takes.
 */
const LOG_PAGES = 8_000

function open({ file, lockFile }: WorkerStart) {
  const lock = takeLock(lockFile)
  const writer = new Database(file)
  writer.pragma('journal_mode = WAL')
  // After WAL: the driver lowers it to NORMAL there, which forgets commits in a power cut.
  writer.pragma('synchronous = FULL')
  writer.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
  writer.pragma('foreign_keys = ON')
  writer.pragma('busy_timeout = 5000')
  if (writer.pragma('synchronous', { simple: true }) !== FULL) {
    throw new Error(
      'The database does not keep synchronous = FULL, so commits would not be durable.',
    )
  }
  const reader = new Database(file, { readonly: true })
  reader.pragma('busy_timeout = 5000')
  for (const each of [writer, reader]) addFold(each)
  return {
    lanes: { write: openLane(writer), read: openLane(reader) },
    appends: createAppends(writer),
    close() {
      reader.close()
      writer.close()
      lock.close()
    },
  }
}

/** For `contains` in search.ts: lower case in every script, where SQLite's own knows only a to z. */
function addFold(db: Database.Database): void {
  db.function('fold', { deterministic: true }, (text) =>
    text === null ? null : String(text).toLowerCase(),
  )
}

/**
 * A lock the operating system holds and lets go with the process, so none is ever left behind: an
 * exclusive transaction on a file of its own.
 */
function takeLock(lockFile: string): Database.Database {
  const lock = new Database(lockFile, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
    return lock
  } catch (error) {
    lock.close()
    if (!toFailure(error).code.startsWith('SQLITE_BUSY')) throw error
    throw Object.assign(new Error('locked'), { code: 'BECKON_LOCKED' })
  }
}

function serve(port: NonNullable<typeof parentPort>): void {
  let database: ReturnType<typeof open>
  try {
    database = open(workerData as WorkerStart)
  } catch (error) {
    port.postMessage({ failure: toFailure(error) } satisfies Greeting)
    port.close()
    return
  }
  const { lanes, appends } = database
  const answer = (answers: Answer[]) => answers.length > 0 && port.postMessage(answers)
  let awaited = false

  /** One at a time: what somebody waits for is looked at in between. */
  function appendLater() {
    if (awaited || !appends.ready) return
    awaited = true
    setImmediate(() => {
      awaited = false
      answer(appends.next())
      appendLater()
    })
  }

  port.on('message', (asks: Ask[] | 'close') => {
    if (asks === 'close') {
      while (appends.ready) answer(appends.next())
      database.close()
      port.close()
      return
    }
    const answers: Answer[] = []
    for (const ask of asks) {
      if (ask.lane === 'append') appends.add(ask)
      else answers.push(lanes[ask.lane](ask))
    }
    answer(answers)
    appendLater()
  })
  port.postMessage({ ready: true } satisfies Greeting)
}

if (parentPort) serve(parentPort)
