import { type DestinationStream, destination, pino } from 'pino'

/*
 * One JSON line for each event, on the error output: the plain output is for the person who
 * started the server. JSON escapes line breaks, so a hostile value cannot forge a line (T35).
 */

export type Log = {
  error(fact: object, message: string): void
  warn(fact: object, message: string): void
  info(fact: object, message: string): void
  debug(fact: object, message: string): void
}

const SECRETS = [
  'authorization',
  'code',
  'cookie',
  'databaseUrl',
  'device',
  'email',
  'password',
  'passwordHash',
  'password_hash',
  'redisUrl',
  'secret',
  'set-cookie',
  'smtpUrl',
  'token',
  'tokenHash',
  'token_hash',
]
// Two levels down is where request and reply keep theirs; deeper facts are not logged.
const PATHS = SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`])

export function createLog(options: { level: string; to?: DestinationStream }): Log {
  return pino(
    {
      level: options.level,
      base: undefined,
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: PATHS, censor: '[removed]' },
      serializers: { err: describeError, error: describeError },
    },
    options.to ?? destination({ dest: 2, sync: true }),
  )
}

/** For tests and tools that have nothing to say. */
export const silentLog: Log = { error() {}, warn() {}, info() {}, debug() {} }

/** Name, message, code and where; never the other properties, which hold parameters and headers. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' ? '[object]' : String(error)
  const { code } = error as { code?: unknown }
  return {
    name: error.name,
    message: error.message,
    ...(code !== undefined && { errorCode: String(code) }),
    stack: error.stack,
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}
