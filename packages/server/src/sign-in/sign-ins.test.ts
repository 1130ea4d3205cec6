import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HOST, type HttpScene, ORIGIN, openHttp, PASSWORD } from '../../test/open-http.ts'
import { days, minutes } from '../time/clock.ts'
import { readSignInCookie } from './cookie.ts'
import { createPasswords } from './passwords.ts'
import { IDLE_MS } from './sign-ins.ts'
import { ABSOLUTE_MS } from './start-sign-in.ts'

let scene: HttpScene
beforeEach(async () => {
  scene = await openHttp({ settings: { trustProxy: '127.0.0.1' } })
})
afterEach(() => scene[Symbol.asyncDispose]())

/** Jumps: the sweep of every minute in between would only take time. */
const later = (ms: number) => scene.clock.set(scene.clock.now() + ms)

type Try = { email?: string; password?: string; from?: string; cookie?: string }
const signIn = ({
  email = 'ada@example.com',
  password = PASSWORD,
  from = '198.51.100.1',
  cookie,
}: Try = {}) =>
  scene.app.inject({
    method: 'POST',
    url: '/api/v1/sign-in',
    headers: {
      host: HOST,
      origin: ORIGIN,
      'x-beckon': '1',
      'x-forwarded-for': from,
      ...(cookie && { cookie }),
    },
    payload: { email, password },
  })
const me = (cookie: string) =>
  scene.app.inject({ url: '/api/v1/me', headers: { host: HOST, cookie } })
const cookiesOf = (answer: Awaited<ReturnType<typeof signIn>>): string =>
  [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0])
    .join('; ')
const hashChecks = async (work: () => Promise<unknown>) => {
  let checks = 0
  const { matches } = scene.signIns.passwords
  scene.signIns.passwords.matches = (...guess) => {
    checks++
    return matches(...guess)
  }
  await work()
  scene.signIns.passwords.matches = matches
  return checks
}

describe('signing in', () => {
  test('S5 a right password opens the API, and signing out closes it', async () => {
    const answer = await signIn({ email: ' ADA@example.com ' })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({
      agent: { name: 'ada', email: 'ada@example.com', roles: ['agent', 'administrator'] },
      name: 'Beckon',
      publicUrl: 'http://localhost:4000',
    })
    const cookie = cookiesOf(answer)
    expect((await me(cookie)).statusCode).toBe(200)
    const out = await scene.app.inject({
      method: 'POST',
      url: '/api/v1/sign-out',
      headers: { host: HOST, origin: ORIGIN, 'x-beckon': '1', cookie },
    })
    expect(out.statusCode).toBe(204)
    expect(String(out.headers['set-cookie'])).toContain('Max-Age=0')
    expect((await me(cookie)).json().code).toBe('not_signed_in')
    expect(scene.announced.at(-1)).toMatchObject({
      type: 'revoked',
      agentId: scene.ids.agents.ada,
      signInIds: [expect.any(String)],
    })
  })

  test('T13 the cookie is HttpOnly, strict and host-wide; https adds Secure and __Host-', async () => {
    const [line] = [(await signIn()).headers['set-cookie'] ?? []].flat()
    expect(line).toMatch(
      /^beckon-http=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/,
    )
    await using secure = await openHttp({ settings: { publicUrl: 'https://chat.example.com' } })
    const answer = await secure.app.inject({
      method: 'POST',
      url: '/api/v1/sign-in',
      headers: { host: 'chat.example.com', origin: 'https://chat.example.com', 'x-beckon': '1' },
      payload: { email: 'ada@example.com', password: PASSWORD },
    })
    const lines = [answer.headers['set-cookie'] ?? []].flat()
    expect(lines[0]).toMatch(
      /^__Host-beckon=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict; Secure$/,
    )
    expect(lines[1]).toMatch(/^__Host-beckon-device=.*; HttpOnly; SameSite=Strict; Secure$/)
  })

  test('T13 no token is stored or logged: only its hash is', async () => {
    const answer = await signIn()
    const token = readSignInCookie({ cookie: cookiesOf(answer) }, {}) ?? ''
    expect(token).toHaveLength(43)
    const rows = await scene.store.read(async (db) => [
      await db.selectFrom('sign_ins').selectAll().execute(),
      await db.selectFrom('throttles').selectAll().execute(),
      await db.selectFrom('events').selectAll().execute(),
    ])
    const text = JSON.stringify(rows)
    expect(text).not.toContain(token)
    expect(text).not.toContain(PASSWORD)
    expect(text).not.toContain('argon2')
  })

  test('T13 each sign-in is a new token, and the one the browser had before is over', async () => {
    const before = cookiesOf(await signIn())
    const after = cookiesOf(await signIn({ cookie: before }))
    expect(after).not.toBe(before)
    expect((await me(before)).statusCode).toBe(401)
    expect((await me(after)).statusCode).toBe(200)
  })

  test('T13 a token nobody was given signs in nobody', async () => {
    for (const value of [
      '',
      'x',
      'A'.repeat(43),
      `${'A'.repeat(42)}'`,
      'undefined',
      '%00',
      'A'.repeat(5_000),
    ]) {
      expect((await me(`beckon-http=${value}`)).statusCode).toBe(401)
    }
  })
})

describe('T13 a sign-in ends', () => {
  const open = async () => {
    const cookie = cookiesOf(await signIn())
    return async () => (await me(cookie)).statusCode
  }

  test('T13 after twelve idle hours, and not before', async () => {
    const status = await open()
    later(IDLE_MS - 1)
    expect(await status()).toBe(200)
    later(IDLE_MS - minutes(2))
    expect(await status()).toBe(200)
    later(IDLE_MS)
    expect(await status()).toBe(401)
  })

  test('T13 after seven days, however busy', async () => {
    const status = await open()
    for (let at = 0; at < ABSOLUTE_MS - minutes(480); at += minutes(480)) {
      later(minutes(480))
      expect(await status()).toBe(200)
    }
    later(minutes(480))
    expect(await status()).toBe(401)
  })

  test('T13 an open console connection is use', async () => {
    const status = await open()
    const row = await scene.store.read((db) =>
      db.selectFrom('sign_ins').select('id').executeTakeFirstOrThrow(),
    )
    for (let i = 0; i < 3; i++) {
      later(IDLE_MS - minutes(1))
      await scene.signIns.touch(row.id)
    }
    expect(await status()).toBe(200)
  })

  test('T13 the sweep deletes what is over and cuts its sockets', async () => {
    await signIn()
    later(ABSOLUTE_MS)
    await scene.signIns.sweep()
    const rows = await scene.store.read((db) => db.selectFrom('sign_ins').selectAll().execute())
    expect(rows).toEqual([])
    expect(scene.announced.filter((a) => a.type === 'revoked')).toHaveLength(1)
  })

  const endings: [string, object][] = [
    ['the account is disabled', { disabled: true }],
    ['the password changes', { password: 'heron ladder cobalt nine' }],
    ['the roles change', { roles: ['agent', 'manager'] }],
  ]
  for (const [when, payload] of endings) {
    test(`T13 when ${when}`, async () => {
      const cookie = cookiesOf(await signIn({ email: 'otto@example.com' }))
      const { otto } = scene.ids.agents
      const answer = await scene.ask('adam', {
        method: 'PATCH',
        url: `/api/v1/agents/${otto}`,
        payload,
      })
      expect(answer.statusCode).toBe(200)
      expect((await me(cookie)).statusCode).toBe(401)
      expect(scene.announced).toContainEqual({ type: 'revoked', agentId: otto })
    })
  }

  test('T13 a new name ends nothing', async () => {
    const cookie = cookiesOf(await signIn({ email: 'otto@example.com' }))
    await scene.ask('adam', {
      method: 'PATCH',
      url: `/api/v1/agents/${scene.ids.agents.otto}`,
      payload: { name: 'Otto', roles: ['agent'] },
    })
    expect((await me(cookie)).statusCode).toBe(200)
  })

  test('T13 changing one’s own password keeps this browser, with a new token, and ends the others', async () => {
    const here = cookiesOf(await signIn())
    const there = cookiesOf(await signIn())
    const answer = await scene.app.inject({
      method: 'POST',
      url: '/api/v1/me/password',
      headers: { host: HOST, origin: ORIGIN, 'x-beckon': '1', cookie: here },
      payload: { current: PASSWORD, password: 'heron ladder cobalt nine' },
    })
    expect(answer.statusCode).toBe(204)
    expect((await me(cookiesOf(answer))).statusCode).toBe(200)
    expect((await me(here)).statusCode).toBe(401)
    expect((await me(there)).statusCode).toBe(401)
    expect((await signIn()).statusCode).toBe(401)
  })

  test('T13 a disabled account does not sign in, and is told what a stranger is told', async () => {
    const { otto } = scene.ids.agents
    await scene.ask('adam', {
      method: 'PATCH',
      url: `/api/v1/agents/${otto}`,
      payload: { disabled: true },
    })
    const disabled = await signIn({ email: 'otto@example.com' })
    const unknown = await signIn({ email: 'nobody@example.com', from: '198.51.100.2' })
    expect(disabled.statusCode).toBe(401)
    expect(disabled.body).toBe(unknown.body)
  })
})

describe('T12 guessing', () => {
  const guess = (i: number, more: Try = {}) =>
    signIn({ password: `wrong guess number ${i}`, ...more })

  test('T12 unknown accounts and wrong passwords get the same answer', async () => {
    const wrong = await guess(1)
    const unknown = await guess(1, { email: 'nobody@example.com' })
    expect(unknown.statusCode).toBe(401)
    expect(unknown.body).toBe(wrong.body)
    expect(unknown.headers['set-cookie']).toBeUndefined()
  })

  test('T12 an unknown account costs a hash as well', async () => {
    const phcs: unknown[] = []
    const passwords = createPasswords()
    const matches = passwords.matches.bind(passwords)
    passwords.matches = (password, phc) => {
      phcs.push(phc)
      return matches(password, phc)
    }
    expect(await passwords.matches('anything at all', undefined)).toBe(false)
    const time = async (phc: string | undefined) => {
      const start = performance.now()
      await passwords.matches('anything at all', phc)
      return performance.now() - start
    }
    const known = await passwords.hash(PASSWORD)
    const [knowns, unknowns]: [number[], number[]] = [[], []]
    // In turns, so that a busy machine slows both.
    for (let i = 0; i < 21; i++) {
      knowns.push(await time(known))
      unknowns.push(await time(undefined))
    }
    const middle = (times: number[]) => times.sort((x, y) => x - y)[10] ?? 0
    const [a, b] = [middle(knowns), middle(unknowns)]
    // Loose, for busy machines: without the dummy the ratio is above a thousand.
    expect(Math.max(a, b) / Math.min(a, b)).toBeLessThan(2)
  })

  test('T12 a hundred guesses from one address, one after the other: five are checked', async () => {
    const checks = await hashChecks(async () => {
      for (let i = 0; i < 25; i++) await guess(i)
    })
    expect(checks).toBe(5)
    const answer = await signIn()
    expect(answer.statusCode).toBe(429)
    expect(answer.json().message).toMatch(/Try again in 30 minutes/)
    expect(answer.headers['retry-after']).toBe('1800')
  })

  test('T12 a hundred guesses at once are no way around', async () => {
    const checks = await hashChecks(() =>
      Promise.all(Array.from({ length: 25 }, (_, i) => guess(i))),
    )
    expect(checks).toBe(5)
  })

  test('T12 guesses from many addresses at one account: ten are checked', async () => {
    const checks = await hashChecks(async () => {
      for (let i = 0; i < 60; i++) await guess(i, { from: `203.0.113.${i}` })
    })
    expect(checks).toBe(10)
  })

  test('T12 guesses at many accounts from one address, or one IPv6 block: ten are checked', async () => {
    for (const from of [() => '198.51.100.9', (i: number) => `2001:db8:1:2::${i + 1}`]) {
      const checks = await hashChecks(async () => {
        for (let i = 0; i < 25; i++) await guess(i, { email: `a${i}@example.com`, from: from(i) })
      })
      expect(checks).toBe(10)
    }
  })

  test('T12 strangers cannot lock out a browser that signed in before', async () => {
    const device = cookiesOf(await signIn())
    for (let i = 0; i < 30; i++) await guess(i, { from: `203.0.113.${i}` })
    for (let i = 0; i < 10; i++) await guess(i)
    expect((await signIn({ from: '203.0.113.99' })).statusCode).toBe(429)
    expect((await signIn({ cookie: device })).statusCode).toBe(200)
    expect((await signIn({ cookie: device, from: '203.0.113.99' })).statusCode).toBe(200)
  })

  test('T12 a planted or stolen-name device cookie earns no guesses', async () => {
    const planted = `beckon-device-http=${'A'.repeat(43)}`
    const checks = await hashChecks(async () => {
      for (let i = 0; i < 20; i++) await guess(i, { cookie: planted })
    })
    expect(checks).toBe(5)
  })

  test('T12 a known browser has ten guesses of its own', async () => {
    const device = cookiesOf(await signIn())
    const checks = await hashChecks(async () => {
      for (let i = 0; i < 20; i++) await guess(i, { cookie: device })
    })
    expect(checks).toBe(10)
  })

  test('T12 a right password is no guess: a hundred sign-ins in a row go through', async () => {
    for (let i = 0; i < 25; i++) {
      expect((await signIn({ from: `198.51.${i}.1` })).statusCode).toBe(200)
    }
  })

  test('T12 an office that signs in all at once is no guesser', async () => {
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, i) =>
        signIn({ email: `${['ada', 'adam', 'mia', 'otto', 'gus'][i % 5]}@example.com` }),
      ),
    )
    expect(answers.map((answer) => answer.statusCode)).toEqual(answers.map(() => 200))
  })

  test('T12 after half an hour the count starts again', async () => {
    for (let i = 0; i < 8; i++) await guess(i)
    expect((await signIn()).statusCode).toBe(429)
    later(minutes(30))
    expect((await signIn()).statusCode).toBe(200)
  })

  test('T12 counts and known browsers are rows: they outlive the process and then go', async () => {
    await guess(1)
    const rows = () => scene.store.read((db) => db.selectFrom('throttles').selectAll().execute())
    expect(await rows()).toHaveLength(3)
    expect(JSON.stringify(await rows())).not.toMatch(/ada|198/)
    later(days(1))
    await scene.signIns.sweep()
    expect(await rows()).toEqual([])
  })
})
