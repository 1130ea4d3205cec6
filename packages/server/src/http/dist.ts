import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** `packages/`, whether this runs from source (server/src/http) or from the bundle (server/dist). */
function packagesFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'server', 'package.json'))) {
    const above = dirname(folder)
    if (above === folder) throw new Error('The folder “packages” of Beckon was not found.')
    folder = above
  }
  return folder
}

export type BuiltFiles = { tracker: string; widget: string; console: string }

/** Where the browser builds are written. */
export const builtFiles = (packages = packagesFolder()): BuiltFiles => ({
  tracker: join(packages, 'tracker', 'dist'),
  widget: join(packages, 'widget', 'dist'),
  console: join(packages, 'console', 'dist'),
})
