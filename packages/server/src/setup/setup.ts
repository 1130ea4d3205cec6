import { refuseWeak } from '../agents/agents.ts'
import type { Directory } from '../directory/directory.ts'
import { Refusal } from '../refusal.ts'
import type { Passwords } from '../sign-in/passwords.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { newSetupCode } from './code.ts'
import { firstRun } from './first-run.ts'
import { type Setup, setupNeeded } from './routes.ts'

type Deps = {
  store: Store
  directory: Directory
  clock: Clock
  settings: {
    siteUrl?: string | undefined
    adminEmail?: string | undefined
    adminPassword?: string | undefined
  }
}

/** The first run by the setup page: its code lives as long as the process, or until it was used. */
export function createSetup({ store, directory, clock, settings }: Deps): Setup {
  const code = newSetupCode()
  return {
    code: () => (setupNeeded(directory.now) ? code : undefined),
    run: (administrator) =>
      firstRun(store, { administrator, siteUrl: settings.siteUrl, now: clock.now() }),
  }
}

/** The first run without the setup page, from the settings; nothing when it was made already. */
export async function setUpUnattended(
  setup: Setup,
  { directory, settings, passwords }: Deps & { passwords: Passwords },
): Promise<void> {
  const { adminEmail: email, adminPassword: password } = settings
  if (email === undefined || password === undefined || !setupNeeded(directory.now)) return
  const name = nameIn(email)
  refuseWeak(password, { email, name })
  const passwordHash = await passwords.hash(password)
  await setup.run({ name, chatName: name, email, passwordHash }).catch((error: unknown) => {
    // Another node that started at the same moment made it.
    if (!(error instanceof Refusal && error.code === 'already_set_up')) throw error
  })
  await directory.reload()
}

/** “ada.lovelace@example.com” is Ada Lovelace until she says otherwise. */
const nameIn = (email: string): string =>
  email
    .replace(/@.*$/, '')
    .split(/[._+-]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
    .slice(0, 80) || 'Administrator'
