import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

type Found = {
  visits: number
  changesPerSecond: number
  views: number
  cores: number
  wrong: number
  bytesPerVisit: number
}

/** The measure of the list alone lies with the server: from outside nobody feeds it without sockets. */
export async function listAlone(visits: number): Promise<Found> {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--expose-gc',
      '--import',
      'tsx',
      'packages/server/test/scale/list.ts',
      '--visits',
      `${visits}`,
    ],
    { cwd: root },
  )
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Found
}
