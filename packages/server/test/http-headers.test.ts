import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HOST, type HttpScene, openHttp } from './open-http.ts'

let scene: HttpScene
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beckon-dist-'))
  const files = {
    tracker: join(folder, 'tracker'),
    widget: join(folder, 'widget'),
    console: join(folder, 'console'),
  }
  await mkdir(files.tracker)
  await mkdir(files.widget)
  await mkdir(join(files.console, 'assets'), { recursive: true })
  await writeFile(join(files.tracker, 'beckon.js'), '// beckon')
  await writeFile(join(files.widget, 'widget-Ab12Cd34.js'), 'export {}')
  await writeFile(join(files.widget, '.secret'), 'no')
  await writeFile(join(files.console, 'index.html'), '<!doctype html><title>Beckon</title>')
  await writeFile(join(files.console, 'assets', 'index-Ab12Cd34.js'), 'console')
  await writeFile(join(folder, 'outside.txt'), 'outside')
  scene = await openHttp({ deps: { files } })
})
afterAll(async () => {
  await scene[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})
const get = (url: string, headers: Record<string, string> = {}) =>
  scene.app.inject({ method: 'GET', url, headers: { host: HOST, ...headers } })

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': expect.stringMatching(/^(no-referrer|strict-origin-when-cross-origin)$/),
  'cross-origin-opener-policy': 'same-origin',
  'content-security-policy': expect.stringContaining("default-src 'none'"),
}
const addresses = [
  '/',
  '/console',
  '/console/',
  '/console/whos-on',
  '/console/assets/index-Ab12Cd34.js',
  '/console/assets/missing.js',
  '/beckon.js',
  '/beckon/widget-Ab12Cd34.js',
  '/beckon/missing.js',
  '/beckon/',
  '/portal',
  '/portal/here',
  '/portal/nobody',
  '/portal/portal.css',
  '/api/v1/me',
  '/api/v1/nothing',
  '/api/v1/openapi.json',
  '/api/docs',
  '/api/docs/scalar.js',
  '/nothing',
  '/%',
  '/%ff',
  '/console/%2e%2e/%2e%2e/outside.txt',
  '/beckon/..%2foutside.txt',
  '//evil.example',
  '/api/v1/setup',
  '/api/v1/sites/%00',
  `/${'a'.repeat(3_000)}`,
]

describe('T6 T38 security headers', () => {
  for (const address of addresses) {
    test(`T6 every header is on ${address.slice(0, 60)}`, async () => {
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT'] as const) {
        const { headers, statusCode } = await scene.app.inject({
          method,
          url: address,
          headers: { host: HOST },
        })
        expect({ statusCode, headers }).toMatchObject({ headers: ALWAYS })
        const policy = String(headers['content-security-policy'])
        for (const part of ["frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"]) {
          expect(policy).toContain(part)
        }
        expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|\*/)
      }
    })
  }

  test('T6 T32 a fault keeps the headers and tells nothing of its inside', async () => {
    await using broken = await openHttp({
      deps: {
        signals: {
          of: () => {
            throw new Error('secret /path SELECT *')
          },
          lastHitAt: () => null,
          keyUsedAt: () => null,
          linkSeenAt: () => null,
        },
      },
    })
    const answer = await broken.ask('ada', {
      method: 'GET',
      url: `/api/v1/sites/${broken.ids.sites.here}/signals`,
    })
    expect(answer.statusCode).toBe(500)
    expect(answer.headers).toMatchObject(ALWAYS)
    expect(answer.json()).toEqual({
      code: 'internal',
      message: expect.not.stringMatching(/secret|path|SELECT|at \//),
    })
    expect(broken.faults).toHaveLength(1)
  })

  test('T6 the console may load its own files only, and sinks take no text', async () => {
    const { headers } = await get('/console/')
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws://localhost:4000; form-action 'self'; manifest-src 'self'; require-trusted-types-for 'script'",
    )
  })

  test('T6 T33 a foreign Host header gets into no policy', async () => {
    for (const host of [
      'evil.example',
      'localhost:4000; script-src *',
      "localhost' 'unsafe-inline",
      'evil.localhost.example',
    ]) {
      const { headers } = await get('/console/', { host })
      expect(headers['content-security-policy']).toContain("connect-src 'self';")
    }
  })

  test('T6 over https the policy names the secure socket and browsers are told to stay', async () => {
    await using secure = await openHttp({ settings: { publicUrl: 'https://chat.example.com' } })
    const { headers } = await secure.app.inject({
      url: '/portal/here',
      headers: { host: 'chat.example.com' },
    })
    expect(headers['content-security-policy']).toContain(
      "connect-src 'self' wss://chat.example.com;",
    )
    expect(headers['strict-transport-security']).toBe('max-age=31536000')
  })

  test('T22 what is no HTTP at all is answered with headers too', async () => {
    const address = await scene.app.listen({ port: 0, host: '127.0.0.1' })
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(address).port), '127.0.0.1', () =>
        socket.write('junk\r\n\r\n'),
      )
      let text = ''
      socket.on('data', (data) => {
        text += data
      })
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 400/)
    expect(answer).toContain("content-security-policy: default-src 'none'")
  })
})

describe('browser files', () => {
  test('S2 the script may be used by any page, with no cookie and a short memory', async () => {
    const { headers, statusCode, body } = await get('/beckon.js')
    expect(statusCode).toBe(200)
    expect(body).toBe('// beckon')
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': expect.stringContaining('max-age=300'),
      'content-type': expect.stringContaining('javascript'),
      etag: expect.any(String),
    })
    expect(headers['set-cookie']).toBeUndefined()
    const again = await get('/beckon.js', { 'if-none-match': String(headers.etag) })
    expect(again.statusCode).toBe(304)
  })

  test('S2 files are sent as small as the browser takes them', async () => {
    const taken: [string | undefined, string | undefined][] = [
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip', 'gzip'],
      ['gzip;q=0.5, identity', 'gzip'],
      ['identity', undefined],
      ['br;q=0, gzip;q=0', undefined],
      [undefined, undefined],
    ]
    for (const [accepted, encoding] of taken) {
      const sent: Record<string, string> =
        accepted === undefined ? {} : { 'accept-encoding': accepted }
      const { headers, rawPayload } = await get('/beckon.js', sent)
      expect([accepted, headers['content-encoding']]).toEqual([accepted, encoding])
      const open = { br: brotliDecompressSync, gzip: gunzipSync }[encoding ?? '']
      expect((open ? open(rawPayload) : rawPayload).toString()).toBe('// beckon')
      expect(headers).toMatchObject({ vary: 'accept-encoding', 'access-control-allow-origin': '*' })
    }
  })

  test('S2 a new build is seen without a restart', async () => {
    const first = await get('/beckon/widget-Ab12Cd34.js')
    await writeFile(join(folder, 'widget', 'widget-Ab12Cd34.js'), 'export const next = 1')
    const second = await get('/beckon/widget-Ab12Cd34.js', {
      'if-none-match': String(first.headers.etag),
    })
    expect(second.body).toBe('export const next = 1')
  })

  test('a folder is no file', async () => {
    expect((await get('/console/assets')).statusCode).toBe(200)
    expect((await get('/console/assets/')).statusCode).toBe(404)
    expect((await get('/beckon/')).statusCode).toBe(404)
  })

  test('W18 fetching the script tells which page did', async () => {
    const seen: (string | undefined)[] = []
    await using watched = await openHttp({
      deps: {
        files: { tracker: join(folder, 'tracker'), widget: '', console: '' },
        signals: {
          of: () => {
            throw new Error()
          },
          lastHitAt: () => null,
          keyUsedAt: () => null,
          linkSeenAt: () => null,
          scriptFetched: (referer) => void seen.push(referer),
        },
      },
    })
    await watched.app.inject({ url: '/beckon.js', headers: { referer: 'https://shop.example/' } })
    expect(seen).toEqual(['https://shop.example/'])
  })

  test('chunks with a hash never change', async () => {
    const { headers } = await get('/beckon/widget-Ab12Cd34.js')
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    })
  })

  test('every screen of the console is its index, a missing asset is missing', async () => {
    expect((await get('/console/chats/anything')).body).toContain('<title>Beckon')
    expect((await get('/console/assets/missing.js')).statusCode).toBe(404)
    expect((await get('/console/assets/index-Ab12Cd34.js')).headers['cache-control']).toContain(
      'immutable',
    )
    expect((await get('/')).headers.location).toBe('/console/')
  })

  test('T3 no path leads out of the build folders', async () => {
    const tricks = ['..', '%2e%2e', '..%2f', '%2e%2e%2f', '.%2e', '..%5c', '%252e%252e']
    for (const trick of tricks) {
      for (const base of ['/beckon', '/console', '/beckon/x', '/console/assets']) {
        expect((await get(`${base}/${trick}/outside.txt`)).body).not.toContain('outside')
      }
    }
    expect((await get('/beckon/.secret')).statusCode).toBe(404)
  })

  test('a missing build says how to make it', async () => {
    const nowhere = join(folder, 'nowhere')
    await using bare = await openHttp({
      deps: { files: { tracker: nowhere, widget: nowhere, console: nowhere } },
    })
    for (const url of ['/beckon.js', '/beckon/widget.js', '/console/']) {
      const answer = await bare.app.inject(url)
      expect(answer.statusCode).toBe(503)
      expect(answer.json().message).toContain('npm run build')
    }
  })
})

describe('T32 a stranger', () => {
  test('T32 only the public addresses answer 200', async () => {
    const open: string[] = []
    for (const address of addresses) {
      if ((await get(address)).statusCode === 200) open.push(address)
    }
    expect(open).toEqual([
      '/console/',
      '/console/whos-on',
      '/console/assets/index-Ab12Cd34.js',
      '/beckon.js',
      '/beckon/widget-Ab12Cd34.js',
      '/portal',
      '/portal/here',
      '/portal/portal.css',
      '/api/v1/openapi.json',
      '/api/docs',
      '/api/docs/scalar.js',
      '/api/v1/setup',
    ])
  })

  test('T27 the address of a request is its socket’s unless a proxy is trusted', async () => {
    await using trusted = await openHttp({ settings: { trustProxy: '127.0.0.1' } })
    const ipOf = async (at: HttpScene) => {
      await at.app.inject({
        method: 'POST',
        url: '/api/v1/sign-in',
        headers: { host: HOST, 'x-beckon': '1', 'x-forwarded-for': '6.6.6.6, 198.51.100.7' },
        payload: { email: 'ada@example.com', password: 'otter canal violin seven' },
      })
      const rows = await at.store.read((db) => db.selectFrom('sign_ins').select('ip').execute())
      return rows.map((row) => row.ip)
    }
    expect(await ipOf(scene)).toEqual(['127.0.0.1'])
    expect(await ipOf(trusted)).toEqual(['198.51.100.7'])
  })
})
