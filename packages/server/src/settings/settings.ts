import { table } from './table.ts'

/*
 * Settings come from the environment, are read once, and stop the start with a sentence when they
 * are wrong: a typing error must not silently mean the default.
 */

export type Settings = {
  readonly [Name in keyof typeof table]:
    | ReturnType<(typeof table)[Name]['parse']>
    | (typeof table)[Name]['fallback']
}

/** Says what is wrong, one sentence a line, for whoever starts the server. */
export class SettingsFault extends Error {
  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'))
    this.name = 'SettingsFault'
  }
}

export type Environment = Readonly<Record<string, string | undefined>>

/** `serves`: for a process that others will reach, not one that copies data and ends. */
export function readSettings(env: Environment, { serves = true } = {}): Settings {
  const faults: string[] = unknownNames(env)
  const read: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(table)) {
    const value = env[setting.env]?.trim()
    try {
      read[name] = value ? setting.parse(value) : setting.fallback
    } catch (error) {
      // The value is not repeated: it may be a password.
      faults.push(`${setting.env} must be ${(error as Error).message}.`)
    }
  }
  if (faults.length > 0) throw new SettingsFault(faults)
  const settings = read as Settings
  const together = [...(serves ? unreachable(settings) : []), ...disagreements(settings)]
  if (together.length > 0) throw new SettingsFault(together)
  return settings
}

/** Names for the tools of this repository; the server does not read them. */
const FOR_TESTS = 'BECKON_TEST_'

function unknownNames(env: Environment): string[] {
  const known: ReadonlySet<string> = new Set(Object.values(table).map((setting) => setting.env))
  return Object.keys(env)
    .filter((name) => name.startsWith('BECKON_') && !name.startsWith(FOR_TESTS) && !known.has(name))
    .map((name) => {
      const near = [...known].find((one) => nearly(one, name))
      const hint = near ? ` Did you mean ${near}?` : ' See --help for the names there are.'
      return `There is no setting ${name}.${hint}`
    })
}

/** The same letters but for order, underscores and at most two more or fewer. */
function nearly(one: string, other: string): boolean {
  const rest = [...other.replaceAll('_', '')]
  const missing = [...one.replaceAll('_', '')].filter((letter) => {
    const at = rest.indexOf(letter)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
  return missing.length + rest.length <= 2
}

export const isLoopbackAddress = (host: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host)

function unreachable({ host, publicUrl }: Settings): string[] {
  if (isLoopbackAddress(host) || publicUrl) return []
  return [
    `HOST ${host} lets other machines in, so browsers must know the address: set BECKON_PUBLIC_URL, like https://chat.example.com.`,
  ]
}

function disagreements(settings: Settings): string[] {
  const faults: string[] = []
  if ((settings.adminEmail === undefined) !== (settings.adminPassword === undefined)) {
    faults.push(
      'BECKON_ADMIN_EMAIL and BECKON_ADMIN_PASSWORD belong together: set both or neither.',
    )
  }
  if (settings.redisUrl !== undefined && settings.databaseUrl === undefined) {
    faults.push('REDIS_URL needs a shared database: set DATABASE_URL as well, or remove it.')
  }
  if (settings.smtpUrl !== undefined && settings.mailFrom === undefined) {
    faults.push(
      'BECKON_SMTP_URL needs a sender: set BECKON_MAIL_FROM as well, like chat@example.com.',
    )
  }
  return faults
}
