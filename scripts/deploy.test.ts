import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readSettings } from '../packages/server/src/settings/settings.ts'
import { table } from '../packages/server/src/settings/table.ts'

/* What is meant to run elsewhere fits what is here: settings, ports, paths, and names of each other. */

type Service = {
  build?: string
  image?: string
  environment?: Record<string, string>
  depends_on?: Record<string, unknown>
  volumes?: string[]
  command?: string[]
  stop_grace_period?: string
}

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { services, volumes } = parse(read('compose.yaml'), { merge: true }) as {
  services: Record<string, Service>
  volumes: Record<string, unknown>
}
const nodes = Object.entries(services).filter(([, { build }]) => build === '.')
/** Instructions by their name, each on one line. */
const dockerfile = read('Dockerfile')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const)
const of = (instruction: string) =>
  dockerfile.filter(([name]) => name === instruction).map(([, rest]) => rest)
const inImage = Object.fromEntries(
  of('ENV').flatMap((line) => line.split(' ').map((pair) => pair.split('='))),
) as Record<string, string>
const unit = read('deploy/beckon.service')
const program = 'packages/server/dist/main.js'
const known = new Set<string>(Object.values(table).map(({ env }) => env))
const settingsIn = (names: Iterable<string>) => [...names].filter((name) => name !== 'NODE_ENV')

/** As somebody fills in what `cp deploy/compose.env .env` gives them. */
const filled = Object.fromEntries(
  read('deploy/compose.env')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split('='))
    .map(([name = '', value = '']) => [
      name,
      value || 'MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=',
    ]),
)
filled.BECKON_ADMIN_EMAIL = 'ada@example.com'
const PLACE = /\$\{(\w+):\?\}/g
const substituted = (text: string) =>
  text.replaceAll(PLACE, (_, name: string) => filled[name] ?? '')

test('compose: each node starts with what it is given, as the image says', () => {
  expect(nodes.map(([name]) => name)).toEqual(['beckon-1', 'beckon-2'])
  for (const [, { environment = {} }] of nodes) {
    const given = Object.entries(environment).map(([name, text]) => [name, substituted(text)])
    const settings = readSettings({ ...inImage, ...Object.fromEntries(given) })
    expect(settings).toMatchObject({ port: 4000, host: '0.0.0.0', dataDir: '/data' })
    expect(settings.publicUrl).toBe('https://chat.example.com')
    expect(services).toHaveProperty(new URL(String(settings.databaseUrl)).hostname)
    expect(services).toHaveProperty(new URL(String(settings.redisUrl)).hostname)
  }
})

test('R22 image: data is copied out of a container that nobody has told its address', () => {
  expect(readSettings(inImage, { serves: false })).toMatchObject({ dataDir: '/data' })
  expect(() => readSettings(inImage)).toThrow(/BECKON_PUBLIC_URL/)
})

test('compose: asks for what compose.env lists, and for nothing else', () => {
  const asked = new Set([...read('compose.yaml').matchAll(PLACE)].map(([, name]) => name))
  expect([...asked].sort()).toEqual(Object.keys(filled).sort())
})

test('compose: names services, volumes and files that are there', () => {
  for (const { depends_on = {}, volumes: mounted = [] } of Object.values(services)) {
    for (const name of Object.keys(depends_on)) expect(services).toHaveProperty(name)
    for (const [from = ''] of mounted.map((one) => one.split(':'))) {
      if (from.startsWith('.')) expect(existsSync(join(root, from)), from).toBe(true)
      else expect(volumes).toHaveProperty(from)
    }
  }
  const { valkey, postgres } = services
  expect(substituted(valkey?.command?.at(-1) ?? '')).toBe(filled.REDIS_PASSWORD)
  expect(substituted(postgres?.environment?.POSTGRES_PASSWORD ?? '')).toBe(filled.POSTGRES_PASSWORD)
})

test('R21 supervisors give more time to stop than stopping takes', () => {
  const within = Number(
    /STOP_WITHIN_MS = ([\d_]+)/.exec(read('packages/server/src/main.ts'))?.[1]?.replace('_', ''),
  )
  for (const [, { stop_grace_period }] of nodes) {
    expect(Number.parseInt(stop_grace_period ?? '', 10) * 1_000).toBeGreaterThan(within)
  }
  expect(Number(/TimeoutStopSec=(\d+)/.exec(unit)?.[1]) * 1_000).toBeGreaterThan(within)
})

test('Caddyfile: sends to the nodes, on their port, and asks where they say that they serve', () => {
  const caddyfile = read('deploy/Caddyfile')
  const [, upstreams = ''] = /reverse_proxy (.+) \{/.exec(caddyfile) ?? []
  expect(upstreams.split(' ')).toEqual(nodes.map(([name]) => `${name}:${inImage.PORT}`))
  const [, health = ''] = /health_uri (\S+)/.exec(caddyfile) ?? []
  expect(read('packages/server/src/http/health.ts')).toContain(`'${health}'`)
  for (const [, name = ''] of caddyfile.matchAll(/\{\$(\w+)\}/g)) {
    expect(services.caddy?.environment).toHaveProperty(name)
  }
})

test('Dockerfile: copies and runs what a build makes, as nobody special, on the port it opens', () => {
  const { scripts, engines } = JSON.parse(read('package.json')) as {
    scripts: Record<string, string>
    engines: { node: string }
  }
  for (const [, name = ''] of of('RUN')
    .join('\n')
    .matchAll(/npm run (\w+)/g)) {
    expect(scripts).toHaveProperty(name)
  }
  for (const copied of of('COPY').filter((line) => line.startsWith('--from=build'))) {
    const [, from = ''] = copied.split(' ')
    const path = from.replace('/beckon/', '')
    expect(path === 'node_modules' || existsSync(join(root, path)), path).toBe(true)
  }
  expect(read('scripts/build.mjs')).toContain(`'packages/server/dist'`)
  expect(of('ENTRYPOINT')).toEqual([`["node", "--enable-source-maps", "${program}"]`])
  expect(of('USER')).toEqual(['node'])
  expect(of('EXPOSE')).toEqual([inImage.PORT])
  expect(of('VOLUME')).toEqual([inImage.BECKON_DATA_DIR])
  expect(of('HEALTHCHECK')[0]).toMatch(/127\.0\.0\.1:\$\{process\.env\.PORT\}\/healthz/)
  expect(settingsIn(Object.keys(inImage)).filter((name) => !known.has(name))).toEqual([])
  for (const base of of('FROM')) {
    const least = Number.parseFloat(engines.node.replace(/^\D+/, ''))
    expect(Number(/node:(\d+)/.exec(base)?.[1])).toBeGreaterThanOrEqual(least)
  }
})

test('beckon.service: runs the built program with settings there are, and writes where it may', () => {
  expect(unit).toContain(`ExecStart=/usr/bin/node --enable-source-maps ${program}`)
  const names = [...unit.matchAll(/^Environment=(.+)$/gm)].flatMap(([, line = '']) =>
    line.split(' ').map((pair) => pair.split('=')[0] ?? ''),
  )
  expect(settingsIn(names).filter((name) => !known.has(name))).toEqual([])
  const [, folder] = /BECKON_DATA_DIR=\/var\/lib\/(\S+)/.exec(unit) ?? []
  expect(unit).toContain(`StateDirectory=${folder}\n`)
})
