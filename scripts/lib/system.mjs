import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './run.mjs'
import { say, step, stop } from './say.mjs'

/** System programs the tests drive, by the Debian package that brings them. */
const programs = [
  {
    name: 'Chromium',
    package: 'chromium',
    found: () => chromiumPath() !== undefined,
  },
  {
    name: 'PostgreSQL',
    package: 'postgresql',
    found: () => postgresFolder() !== undefined,
  },
  {
    name: 'Redis',
    package: 'redis-server',
    found: () => redisProgram() !== undefined,
  },
]

/** Path of the browser the journeys use; BECKON_TEST_CHROMIUM overrides. */
export const chromiumPath = () =>
  [
    process.env.BECKON_TEST_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ].find((path) => path && existsSync(path))

/** The same browser built without windows, which takes a quarter less of the machine; or the whole one. */
export const headlessPath = () =>
  process.env.BECKON_TEST_CHROMIUM ??
  ['/usr/lib/chromium/chromium-headless-shell'].find(existsSync) ??
  chromiumPath()

/** Folder of PostgreSQL's programs, the newest there is; BECKON_TEST_POSTGRES overrides. */
export const postgresFolder = () =>
  [
    process.env.BECKON_TEST_POSTGRES,
    ...versionsIn('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...(process.env.PATH ?? '').split(delimiter),
    '/opt/homebrew/bin',
    '/Applications/Postgres.app/Contents/Versions/latest/bin',
  ].find((folder) => folder && existsSync(join(folder, 'initdb')))

/** Redis, or Valkey in its place; BECKON_TEST_REDIS overrides. */
export const redisProgram = () =>
  [
    process.env.BECKON_TEST_REDIS,
    ...['/usr/bin', ...(process.env.PATH ?? '').split(delimiter), '/opt/homebrew/bin'].flatMap(
      (folder) => [join(folder, 'redis-server'), join(folder, 'valkey-server')],
    ),
  ].find((path) => path && existsSync(path))

const versionsIn = (folder) =>
  existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a)) : []

/**
 * Installs missing system programs through apt when that is possible without asking (root on
 * Debian or Ubuntu, or CI). Otherwise says the exact command; in CI a missing program ends the run.
 * Answers the names of what stays missing.
 */
export async function ensureSystem() {
  const missing = programs.filter((program) => !program.found())
  if (missing.length === 0) return []
  const packages = missing.map((program) => program.package)
  const root = process.getuid?.() === 0
  if (existsSync('/usr/bin/apt-get') && (root || process.env.CI === 'true')) {
    await step(`Installing ${packages.join(', ')} through apt`, async () => {
      const sudo = root ? [] : ['sudo']
      const apt = async (args) => {
        const [command, ...rest] = [...sudo, 'apt-get', ...args]
        const { code, output } = await run(command, rest, {
          quiet: true,
          env: { DEBIAN_FRONTEND: 'noninteractive' },
        })
        if (code !== 0) say(output.slice(-2000))
      }
      await apt(['update'])
      await apt(['install', '-y', '--no-install-recommends', 'fonts-liberation', ...packages])
    })
  }
  const still = missing.filter((program) => !program.found())
  if (still.length === 0) return []
  const names = still.map((program) => program.name).join(', ')
  const command = `sudo apt-get install ${still.map((program) => program.package).join(' ')}`
  if (process.env.CI === 'true') stop(`${names} could not be installed. Run: ${command}`)
  say(`\n!! ${names} missing: the tests that need it are SKIPPED. To run them: ${command}\n`)
  return still.map((program) => program.name)
}
