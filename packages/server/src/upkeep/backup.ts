import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'

const DATABASE = 'beckon.db'
/** The database as it runs, and what only the running process needs. */
const NOT_COPIED = /^beckon\.(db|lock)/

/**
 * The embedded database and what stands beside it, as a folder, while the server runs: everything
 * that was acknowledged before this began is in it. The copy is checked before it gets its name.
 */
export async function backUp(dataDir: string, to: string): Promise<{ folder: string }> {
  const folder = resolve(to)
  const making = `${folder}.making`
  await rm(making, { recursive: true, force: true })
  await mkdir(making, { recursive: true, mode: 0o700 })
  try {
    const source = openFile(join(dataDir, DATABASE))
    try {
      source.prepare('vacuum into ?').run(join(making, DATABASE))
    } finally {
      source.close()
    }
    // After the database: what its rows name is there already.
    await copyBeside(dataDir, making)
    checkWhole(join(making, DATABASE))
    await toDisk(join(making, DATABASE))
    await rename(making, folder)
  } catch (error) {
    await rm(making, { recursive: true, force: true })
    if (isInTheWay(error)) {
      throw new Error(`${folder} is there already. Name a folder that is not.`)
    }
    throw error
  }
  return { folder }
}

/**
 * Puts a backup where the server looks for its data. What is there already is not touched: it has
 * to be moved away first. An older version's backup is brought up to date by the next start.
 */
export async function restore(from: string, dataDir: string): Promise<{ folder: string }> {
  const folder = resolve(dataDir)
  checkWhole(join(from, DATABASE))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).includes(DATABASE)) {
    throw new Error(
      `${folder} holds a database already. Stop the server and move that folder away, then restore.`,
    )
  }
  await copyBeside(from, folder)
  // Last, and at once: with it the folder counts as restored.
  const making = join(folder, `restoring-${DATABASE}`)
  await copyFile(join(from, DATABASE), making)
  await toDisk(making)
  await rename(making, join(folder, DATABASE))
  return { folder }
}

async function copyBeside(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (!entry.isFile() || NOT_COPIED.test(entry.name)) continue
    await copyFile(join(from, entry.name), join(to, entry.name))
  }
}

function openFile(file: string): Database.Database {
  try {
    return new Database(file, { readonly: true, fileMustExist: true, timeout: 10_000 })
  } catch (error) {
    throw new Error(`There is no database at ${file}.`, { cause: error })
  }
}

function checkWhole(file: string): void {
  const copy = openFile(file)
  try {
    const said = copy.pragma('integrity_check', { simple: true })
    const broken = copy.pragma('foreign_key_check') as unknown[]
    if (said !== 'ok' || broken.length > 0) throw new Error(`${file} is damaged: ${said}.`)
  } finally {
    copy.close()
  }
}

async function toDisk(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isInTheWay = (error: unknown): boolean =>
  ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(String((error as { code?: unknown }).code))
