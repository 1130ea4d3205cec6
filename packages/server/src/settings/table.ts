import { LIMITS } from '@beckon/protocol'
import {
  connections,
  databaseUrl,
  duration,
  email,
  keptDays,
  keptLong,
  mailSender,
  oneOf,
  origin,
  type Parse,
  password,
  port,
  proxies,
  secretKeys,
  text,
  urlOf,
  yesOrNo,
} from './parse.ts'

export type Setting = {
  env: string
  parse: Parse<unknown>
  fallback: unknown
  help: string
  /** How the fallback reads where the value itself would not say it. */
  unset?: string
}

/** Every setting there is. `--help` and docs/configuration.md are made from it. */
export const table = {
  port: {
    env: 'PORT',
    parse: port,
    fallback: 4000,
    help: 'Where the server listens.',
  },
  host: {
    env: 'HOST',
    parse: text,
    fallback: '127.0.0.1',
    help: 'The address it listens on. Any address that is not loopback needs BECKON_PUBLIC_URL.',
  },
  publicUrl: {
    env: 'BECKON_PUBLIC_URL',
    parse: origin,
    fallback: undefined,
    unset: 'http://localhost:PORT',
    help: 'How browsers reach the server. The console is accepted from this origin only; https makes the sign-in cookie secure.',
  },
  dataDir: {
    env: 'BECKON_DATA_DIR',
    parse: text,
    fallback: './data',
    help: 'Where the embedded database and files are kept. One server at a time may use it.',
  },
  databaseUrl: {
    env: 'DATABASE_URL',
    parse: databaseUrl,
    fallback: undefined,
    unset: 'the embedded database in BECKON_DATA_DIR',
    help: 'A PostgreSQL database (13 or newer, UTF-8) instead of the embedded one, like postgres://beckon:PASSWORD@db.example.com/beckon. It takes libpq’s parameters, such as ?sslmode=verify-full, ?sslrootcert=FILE or ?host=/var/run/postgresql; certificates are verified unless sslmode=no-verify. Up to 11 connections, directly or through a pooler in session mode.',
  },
  redisUrl: {
    env: 'REDIS_URL',
    parse: urlOf('redis', 'rediss'),
    fallback: undefined,
    unset: 'one process',
    help: 'Redis or Valkey, like redis://beckon:PASSWORD@redis.example.com/ (rediss:// with TLS): then several processes share one DATABASE_URL, behind any balancer. It carries what they tell each other and nothing that has to last; it needs no disk. An ACL account needs ~beckon:* &beckon:* +@all -@admin -@dangerous.',
  },
  adminEmail: {
    env: 'BECKON_ADMIN_EMAIL',
    parse: email,
    fallback: undefined,
    unset: 'the setup page asks',
    help: 'First run without the setup page: email of the first administrator. Ignored once there is one.',
  },
  adminPassword: {
    env: 'BECKON_ADMIN_PASSWORD',
    parse: password,
    fallback: undefined,
    unset: 'the setup page asks',
    help: 'First run without the setup page: their password, at least 15 characters.',
  },
  siteUrl: {
    env: 'BECKON_SITE_URL',
    parse: urlOf('http', 'https'),
    fallback: undefined,
    unset: 'pages on this machine',
    help: 'First run: the website the first site is for. Its origin is allowed to use the snippet.',
  },
  trustProxy: {
    env: 'BECKON_TRUST_PROXY',
    parse: proxies,
    fallback: undefined,
    unset: 'nobody',
    help: 'Whose X-Forwarded-For is believed: a number of proxies, or addresses and CIDR ranges (`loopback` and `private` are names for theirs).',
  },
  smtpUrl: {
    env: 'BECKON_SMTP_URL',
    parse: urlOf('smtp', 'smtps'),
    fallback: undefined,
    unset: 'mail waits',
    help: 'The mail server, like smtp://name:password@mail.example.com:587, or smtps:// where it speaks TLS from the first word. Signs in a URL that have a meaning there are written as %40 (@) and so on. See guide/mail.md.',
  },
  mailFrom: {
    env: 'BECKON_MAIL_FROM',
    parse: mailSender,
    fallback: undefined,
    unset: 'mail waits',
    help: 'Who mail comes from, like Beckon <chat@example.com>. Needed with BECKON_SMTP_URL.',
  },
  secretKey: {
    env: 'BECKON_SECRET_KEY',
    parse: secretKeys,
    fallback: undefined,
    unset: 'a key made at first use, in secret.key in BECKON_DATA_DIR',
    help: 'Seals what must be read again, such as the secrets of apps that make codes: at least 32 characters, the same on every server that shares a database. To change it, put the new one first and the old one behind a comma.',
  },
  geoDb: {
    env: 'BECKON_GEO_DB',
    parse: text,
    fallback: undefined,
    unset: 'the bundled DB-IP Lite data',
    help: 'An .mmdb file with cities, for places of visitors.',
  },
  metricsToken: {
    env: 'BECKON_METRICS_TOKEN',
    parse: text,
    fallback: undefined,
    unset: 'loopback only',
    help: 'Lets other machines read /metrics with “Authorization: Bearer TOKEN”.',
  },
  invitationSeconds: {
    env: 'BECKON_INVITATION_SECONDS',
    parse: duration,
    fallback: 120,
    help: 'How long an invitation waits for a reply once it has been seen.',
  },
  expireMinutes: {
    env: 'BECKON_EXPIRE_MINUTES',
    parse: duration,
    fallback: 10,
    help: 'How long an invitation waits to be seen.',
  },
  courtesyHours: {
    env: 'BECKON_COURTESY_HOURS',
    parse: duration,
    fallback: 24,
    help: 'How long no invitation goes out by itself after one was declined or ignored. Agents may still invite, and are asked first.',
  },
  idleMinutes: {
    env: 'BECKON_IDLE_MINUTES',
    parse: duration,
    fallback: 15,
    help: 'After this long without a new page a visit is removed from Who’s On.',
  },
  keepWhileReading: {
    env: 'BECKON_KEEP_WHILE_READING',
    parse: yesOrNo,
    fallback: true,
    help: 'Whether a visible tab with input in the last 5 minutes keeps its visit in the list.',
  },
  hostNames: {
    env: 'BECKON_HOST_NAMES',
    parse: yesOrNo,
    fallback: false,
    help: 'Whether the host names of visitors’ addresses are looked up (reverse DNS). Each question tells a name server who is on your websites.',
  },
  removedSeconds: {
    env: 'BECKON_REMOVED_SECONDS',
    parse: duration,
    fallback: 60,
    help: 'How long a removed visit stays in the list, greyed.',
  },
  keepDays: {
    env: 'BECKON_KEEP_DAYS',
    parse: keptDays,
    fallback: 30,
    help: 'How many days visits and page views are kept, 0 to 365.',
  },
  keepChatDays: {
    env: 'BECKON_KEEP_CHAT_DAYS',
    parse: keptLong,
    fallback: undefined,
    unset: 'for good',
    help: 'How many days chats are kept after their end, 1 to 3650: with their messages, files, notes, answers and ratings.',
  },
  keepInvitationDays: {
    env: 'BECKON_KEEP_INVITATION_DAYS',
    parse: keptLong,
    fallback: undefined,
    unset: 'for good',
    help: 'How many days invitations are kept after their end, 1 to 3650. One that led to a chat stays as long as the chat.',
  },
  keepOfflineDays: {
    env: 'BECKON_KEEP_OFFLINE_DAYS',
    parse: keptLong,
    fallback: undefined,
    unset: 'for good',
    help: 'How many days offline messages are kept with their answers, done or not, 1 to 3650.',
  },
  connectionsPerIp: {
    env: 'BECKON_CONNECTIONS_PER_ADDRESS',
    parse: connections,
    fallback: LIMITS.connectionsPerIp,
    help: 'How many connections visitors of one address may have to one site. Offices share addresses. Each node counts its own.',
  },
  graceSeconds: {
    env: 'BECKON_GRACE_SECONDS',
    parse: duration,
    fallback: 10,
    help: 'How long after its last connection a visit is still active; covers a change of page.',
  },
  pingSeconds: {
    env: 'BECKON_PING_SECONDS',
    parse: duration,
    fallback: 20,
    help: 'How often a quiet connection is asked whether it is there.',
  },
  pongSeconds: {
    env: 'BECKON_PONG_SECONDS',
    parse: duration,
    fallback: 10,
    help: 'How long it has to answer.',
  },
  logLevel: {
    env: 'BECKON_LOG_LEVEL',
    parse: oneOf('error', 'warn', 'info', 'debug', 'silent'),
    fallback: 'info',
    help: 'How much is written to the error output, one JSON line each: error, warn, info, debug or silent.',
  },
} as const satisfies Record<string, Setting>
