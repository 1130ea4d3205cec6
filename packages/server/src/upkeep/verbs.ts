import type { Settings } from '../settings/settings.ts'

/** What the program does besides serving, read when asked for. Each answers with what to print. */
export const VERBS: Readonly<
  Record<string, (settings: Settings, names: readonly string[]) => Promise<string>>
> = {
  async backup({ dataDir, databaseUrl }, [to]) {
    mustBeEmbedded(databaseUrl, 'pg_dump')
    if (!to) throw new Error('Say where: npm run backup -- FOLDER')
    const { backUp } = await import('./backup.ts')
    const { folder } = await backUp(dataDir, to)
    return `The backup is in ${folder}, checked. It holds everything, with the key that opens sealed secrets: keep it safe.`
  },
  async restore({ dataDir, databaseUrl }, [from]) {
    mustBeEmbedded(databaseUrl, 'pg_restore')
    if (!from) throw new Error('Say what: npm run restore -- FOLDER')
    const { restore } = await import('./backup.ts')
    const { folder } = await restore(from, dataDir)
    return `The backup has been put into ${folder}. Start the server.`
  },
  async move({ dataDir, databaseUrl }) {
    if (databaseUrl === undefined) {
      throw new Error('Set DATABASE_URL to the empty PostgreSQL database that everything goes to.')
    }
    const { move } = await import('./move.ts')
    const moved = await move(dataDir, databaseUrl)
    const lines = moved.map(
      ({ table, rows, checksum }) =>
        `  ${table.padEnd(24)} ${String(rows).padStart(9)}  ${checksum.slice(0, 16)}`,
    )
    return [
      'Moved, and found the same on both sides (table, rows, checksum):',
      ...lines,
      `Start the server with DATABASE_URL set. ${dataDir} stays as it was; its secret.key is still needed, or set BECKON_SECRET_KEY to what it holds.`,
    ].join('\n')
  },
}

function mustBeEmbedded(databaseUrl: string | undefined, tool: string): void {
  if (databaseUrl === undefined) return
  throw new Error(
    `This is for the embedded database. DATABASE_URL is set: use PostgreSQL's own ${tool}.`,
  )
}
