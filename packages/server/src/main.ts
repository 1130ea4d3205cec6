import { type App, createApp } from './app.ts'
import { helpText } from './settings/document.ts'
import { withEnvFile } from './settings/env-file.ts'
import { readSettings } from './settings/settings.ts'
import { systemClock } from './time/clock.ts'
import { VERBS } from './upkeep/verbs.ts'
import { welcomeText } from './welcome.ts'

/*
 * The process: arguments and environment in, exit code out. What a person reads goes to the plain
 * output, what a machine reads to the error output as JSON.
 */

/** Draining takes what it takes, up to here; supervisors kill at ten seconds. */
const STOP_WITHIN_MS = 9_500

if (process.argv.includes('--help') || process.argv.includes('-h')) {
  console.log(helpText())
} else if (VERBS[process.argv[2] ?? '']) {
  await obey().catch(fail)
} else {
  const app = await start().catch(fail)
  console.log(welcomeText(app))
  stopOnSignals(app)
  crashLoudly(app)
}

async function settings({ serves }: { serves: boolean }) {
  return readSettings(await withEnvFile(process.env, process.cwd()), { serves })
}

async function start(): Promise<App> {
  return createApp({ settings: await settings({ serves: true }) })
}

/** Something else than serving: `backup`, `restore`, `move`. */
async function obey(): Promise<void> {
  const [verb = '', ...names] = process.argv.slice(2)
  console.log(await VERBS[verb]?.(await settings({ serves: false }), names))
}

function fail(error: unknown): never {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

/** A fault nobody foresaw: told in the log like every other, then the process ends and is started anew. */
function crashLoudly(app: App): void {
  const crash = (error: unknown) => {
    app.log.error({ err: error }, 'crashed')
    process.exit(1)
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
}

function stopOnSignals(app: App): void {
  let stopping = false
  const stop = () => {
    // A second Ctrl+C means now.
    if (stopping) process.exit(1)
    stopping = true
    systemClock.after(STOP_WITHIN_MS, () => {
      app.log.error({}, 'stopping took too long')
      process.exit(1)
    })
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        app.log.error({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
