import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { Environment } from './settings.ts'

/** The environment over a file `.env` in the folder, if there is one. */
export async function withEnvFile(env: Environment, folder: string): Promise<Environment> {
  const text = await readFile(join(folder, '.env'), 'utf8').catch((error: { code?: string }) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return { ...parseEnv(text), ...env }
}
