import type { AgentId, Role } from '@beckon/protocol'
import type { Selectable } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { HOST, type HttpScene, ORIGIN, openHttp, PASSWORD } from '../../test/open-http.ts'
import { softPasskey } from '../../test/soft-passkey.ts'
import { letterToSend } from '../mail/one-time-links.ts'
import type { Database } from '../store/database.ts'
import { keepSecondStepRoles } from '../store/second-step-rows.ts'
import { days, minutes, seconds } from '../time/clock.ts'

/** One server; after each test the accounts are as they were, and nobody is signed in. */
let scene: HttpScene
let asTheyWere: { id: AgentId; email: string; password_hash: string; disabled: 0 | 1 }[]
const TABLES = [
  'authenticators',
  'recovery_codes',
  'passkeys',
  'one_times',
  'sign_ins',
  'throttles',
  'mails',
] as const
beforeAll(async () => {
  scene = await openHttp({
    settings: { trustProxy: '127.0.0.1', smtpUrl: 'smtp://127.0.0.1:1' },
  })
  asTheyWere = await scene.store.read((db) =>
    db.selectFrom('agents').select(['id', 'email', 'password_hash', 'disabled']).execute(),
  )
})
afterAll(() => scene[Symbol.asyncDispose]())
afterEach(async () => {
  await scene.store.commit(async (tx) => {
    for (const table of TABLES) await tx.deleteFrom(table).execute()
    const known = asTheyWere.map(({ id }) => id)
    await tx.deleteFrom('agents').where('id', 'not in', known).execute()
    for (const { id, ...was } of asTheyWere)
      await tx.updateTable('agents').set(was).where('id', '=', id).execute()
  })
  await scene.directory.reload()
  scene.announced.length = 0
})

const later = (ms: number) => scene.clock.set(scene.clock.now() + ms)

/** A browser: it keeps cookies. */
function browser(from = '198.51.100.1') {
  const jar = new Map<string, string>()
  return {
    jar,
    async ask(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, payload?: object) {
      const answer = await scene.app.inject({
        method,
        url: `/api/v1${path}`,
        headers: {
          host: HOST,
          'x-forwarded-for': from,
          'user-agent':
            'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
          ...(method !== 'GET' && { origin: ORIGIN, 'x-beckon': '1' }),
          cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        },
        ...(payload && { payload }),
      })
      for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (/Max-Age=0/.test(line)) jar.delete(name)
        else jar.set(name, value)
      }
      const body = answer.body === '' ? undefined : answer.json()
      return { status: answer.statusCode, code: body?.code as string | undefined, body }
    },
    async signsIn(email = 'ada@example.com', password = PASSWORD) {
      return this.ask('POST', '/sign-in', { email, password })
    },
  }
}
type Browser = ReturnType<typeof browser>

async function signedIn(email?: string): Promise<Browser> {
  const one = browser()
  expect((await one.signsIn(email)).status).toBe(200)
  return one
}
/** Somebody of the scene asks once, freshly signed in. */
const as = async (
  name: string,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  payload?: object,
) => (await signedIn(`${name}@example.com`)).ask(method, path, payload)
const codeOf = (secret: string, at = scene.clock.now()) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at })
/** Somebody who has switched codes on; their next code is a later step. */
async function withCodes(email?: string) {
  const ada = await signedIn(email)
  const { secret } = (await ada.ask('POST', '/me/codes')).body
  const on = await ada.ask('POST', '/me/codes/confirm', { code: codeOf(secret) })
  expect(on.status).toBe(200)
  later(seconds(30))
  return { ada, secret: secret as string, recovery: on.body.codes as string[] }
}
const types = async () =>
  (await scene.store.read((db) => db.selectFrom('events').select('type').execute())).map(
    ({ type }) => type,
  )
const allRows = () =>
  scene.store.read(async (db) =>
    JSON.stringify(
      await Promise.all(
        (['authenticators', 'recovery_codes', 'passkeys', 'one_times', 'events'] as const).map(
          (table) => db.selectFrom(table).selectAll().execute(),
        ),
      ),
    ),
  )

describe('T15 codes of an app', () => {
  test('T15 the password alone begins nothing; a code in the same browser does', async () => {
    const { secret } = await withCodes()
    const one = browser()
    const first = await one.signsIn()
    expect(first).toMatchObject({ status: 202, body: { next: 'code' } })
    expect([...one.jar.keys()]).toEqual(['beckon-code-http'])
    expect((await one.ask('GET', '/me')).code).toBe('not_signed_in')
    // Skipping the step, or taking it in another browser, leads nowhere.
    const code = codeOf(secret)
    expect((await browser().ask('POST', '/sign-in/code', { code })).code).toBe('step_over')
    const second = await one.ask('POST', '/sign-in/code', { code })
    expect(second).toMatchObject({ status: 200, body: { agent: { name: 'ada' } } })
    expect((await one.ask('GET', '/me')).status).toBe(200)
    expect(one.jar.has('beckon-code-http')).toBe(false)
  })

  test('T15 each step is good once for an account, also for two at the same time', async () => {
    const { secret } = await withCodes()
    const both = [browser(), browser('198.51.100.2')]
    for (const one of both) await one.signsIn()
    const code = codeOf(secret)
    const answers = await Promise.all(both.map((one) => one.ask('POST', '/sign-in/code', { code })))
    expect(answers.map((one) => one.status).sort()).toEqual([200, 401])
    const again = browser('198.51.100.3')
    await again.signsIn()
    expect((await again.ask('POST', '/sign-in/code', { code })).code).toBe('wrong_code')
    // The step before it would be inside the window, but is older than what was taken.
    const older = codeOf(secret, scene.clock.now() - seconds(30))
    expect((await again.ask('POST', '/sign-in/code', { code: older })).code).toBe('wrong_code')
    later(seconds(30))
    expect((await again.ask('POST', '/sign-in/code', { code: codeOf(secret) })).status).toBe(200)
  })

  test('T15 the code that switched it on signs in nobody', async () => {
    const ada = await signedIn()
    const { secret } = (await ada.ask('POST', '/me/codes')).body
    const code = codeOf(secret)
    await ada.ask('POST', '/me/codes/confirm', { code })
    const one = browser()
    await one.signsIn()
    expect((await one.ask('POST', '/sign-in/code', { code })).code).toBe('wrong_code')
  })

  test('T15 of a thousand codes five are checked in half an hour', async () => {
    const { secret } = await withCodes()
    const one = browser()
    await one.signsIn()
    const answers = []
    for (let i = 0; i < 12; i++) {
      answers.push((await one.ask('POST', '/sign-in/code', { code: `00000${i % 10}` })).code)
    }
    expect(answers.filter((code) => code === 'wrong_code')).toHaveLength(5)
    expect(answers.filter((code) => code === 'rate_limited')).toHaveLength(7)
    const elsewhere = browser('203.0.113.4')
    await elsewhere.signsIn()
    expect((await elsewhere.ask('POST', '/sign-in/code', { code: codeOf(secret) })).code).toBe(
      'rate_limited',
    )
  })

  test('T15 a step begun is over after five minutes, and when the password changes', async () => {
    const { secret } = await withCodes()
    const slow = browser()
    await slow.signsIn()
    later(minutes(5))
    expect((await slow.ask('POST', '/sign-in/code', { code: codeOf(secret) })).code).toBe(
      'step_over',
    )
    const thief = browser()
    await thief.signsIn()
    await as('adam', 'PATCH', `/agents/${scene.ids.agents.ada}`, {
      password: 'heron ladder cobalt nine',
    })
    expect((await thief.ask('POST', '/sign-in/code', { code: codeOf(secret) })).code).toBe(
      'step_over',
    )
  })

  test('T13 T15 switching it on renews this sign-in, ends the others, and tells ten codes once', async () => {
    const other = await signedIn()
    const before = browser()
    await before.signsIn()
    const stolen = new Map(before.jar)
    const { secret } = (await before.ask('POST', '/me/codes')).body
    const { body } = await before.ask('POST', '/me/codes/confirm', { code: codeOf(secret) })
    expect(new Set(body.codes).size).toBe(10)
    expect(body.codes[0]).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
    expect((await before.ask('GET', '/me')).status).toBe(200)
    expect((await other.ask('GET', '/me')).status).toBe(401)
    const copy = browser()
    for (const [name, value] of stolen) copy.jar.set(name, value)
    expect((await copy.ask('GET', '/me')).status).toBe(401)
    // Only the others' connections are cut.
    expect(scene.announced.filter(({ type }) => type === 'revoked')).toEqual([
      expect.objectContaining({ signInIds: [expect.any(String)] }),
    ])
    const rows = await allRows()
    for (const told of [secret, ...body.codes]) expect(rows).not.toContain(told)
    expect((await before.ask('POST', '/me/codes')).code).toBe('in_use')
    expect((await before.ask('GET', '/me/sign-in')).body.codes.recoveryCodesLeft).toBe(10)
  })

  test('T15 a secret that was never confirmed guards nothing', async () => {
    const ada = await signedIn()
    await ada.ask('POST', '/me/codes')
    expect((await ada.ask('POST', '/me/codes/confirm', { code: '000000' })).code).toBe('wrong_code')
    expect((await browser().signsIn()).status).toBe(200)
  })

  test('T15 a recovery code is good once, in any writing, and new ones replace the old', async () => {
    const { ada, recovery } = await withCodes()
    const [first = '', second = ''] = recovery
    const typed = ` ${first.toUpperCase().replaceAll('-', ' ')} `
    const one = browser()
    await one.signsIn()
    expect((await one.ask('POST', '/sign-in/code', { code: typed })).status).toBe(200)
    await one.signsIn()
    expect((await one.ask('POST', '/sign-in/code', { code: first })).code).toBe('wrong_code')
    expect((await one.ask('GET', '/me/sign-in')).body.codes.recoveryCodesLeft).toBe(9)
    const { body } = await ada.ask('POST', '/me/recovery-codes')
    await one.signsIn()
    expect((await one.ask('POST', '/sign-in/code', { code: second })).code).toBe('wrong_code')
    expect((await one.ask('POST', '/sign-in/code', { code: body.codes[0] })).status).toBe(200)
  })

  test('T15 switching it off needs the password and a code', async () => {
    const { ada, secret } = await withCodes()
    const end = (password: string, code: string) =>
      ada.ask('POST', '/me/codes/end', { password, code })
    expect((await end('not the password', codeOf(secret))).code).toBe('wrong_password')
    expect((await end(PASSWORD, '000000')).code).toBe('wrong_code')
    expect((await browser().signsIn()).status).toBe(202)
    expect((await end(PASSWORD, codeOf(secret))).status).toBe(204)
    expect((await ada.ask('GET', '/me/sign-in')).body.codes).toBeNull()
    expect((await browser().signsIn()).status).toBe(200)
    expect(await types()).toEqual(expect.arrayContaining(['agent.codes_on', 'agent.codes_off']))
  })

  test('T15 an administrator’s own codes go with a code only', async () => {
    const { ada } = await withCodes()
    const path = `/agents/${scene.ids.agents.ada}/codes`
    expect((await ada.ask('DELETE', path)).code).toBe('not_allowed')
    expect((await browser().signsIn()).status).toBe(202)
  })

  test('T13 T15 an administrator switches off somebody else’s, which signs them out', async () => {
    const { ada: otto } = await withCodes('otto@example.com')
    const path = `/agents/${scene.ids.agents.otto}/codes`
    expect((await as('mia', 'DELETE', path)).status).toBe(403)
    expect((await as('adam', 'DELETE', path)).status).toBe(204)
    expect((await otto.ask('GET', '/me')).status).toBe(401)
    expect((await browser().signsIn('otto@example.com')).status).toBe(200)
  })
})

describe('T13 a proof is asked for before what protects the account changes', () => {
  test('T13 after ten minutes it is asked for, and a password or a passkey gives it', async () => {
    const ada = await signedIn()
    const passkey = await addPasskey(ada)
    later(minutes(10))
    const acts = [
      ['POST', '/me/codes'],
      ['POST', '/me/passkeys/options'],
      ['POST', '/me/recovery-codes'],
      ['DELETE', '/me/passkeys/any'],
      ['DELETE', `/agents/${scene.ids.agents.otto}/codes`],
    ] as const
    for (const [method, path] of acts)
      expect((await ada.ask(method, path)).code, path).toBe('proof_needed')
    const linked = [`/agents/${scene.ids.agents.otto}/reset`, { by: 'link' }] as const
    expect((await ada.ask('POST', ...linked)).code).toBe('proof_needed')
    const patch = { password: 'heron ladder cobalt nine' }
    const otto = `/agents/${scene.ids.agents.otto}`
    expect((await ada.ask('PATCH', otto, patch)).code).toBe('proof_needed')
    const elsewhere = { email: 'thief@example.com' }
    expect((await ada.ask('PATCH', otto, elsewhere)).code).toBe('proof_needed')
    const same = { chatName: 'O', email: 'Otto@example.com' }
    expect((await ada.ask('PATCH', otto, same)).status).toBe(200)

    expect((await ada.ask('POST', '/me/proof', { password: 'wrong' })).code).toBe('wrong_password')
    expect((await ada.ask('POST', '/me/codes')).code).toBe('proof_needed')
    expect((await ada.ask('POST', '/me/proof', { password: PASSWORD })).status).toBe(204)
    expect((await ada.ask('POST', '/me/codes')).status).toBe(200)

    later(minutes(10))
    const { options } = (await ada.ask('POST', '/sign-in/passkey/options')).body
    const answer = passkey.answer(options)
    expect((await ada.ask('POST', '/me/proof', { passkey: answer })).status).toBe(204)
    expect((await ada.ask('POST', '/me/codes')).status).toBe(200)
  })

  test('T12 T13 a proof is guessed ten times, by this sign-in alone', async () => {
    const [thief, owner] = [await signedIn(), await signedIn()]
    const codes = []
    for (let i = 0; i < 12; i++)
      codes.push((await thief.ask('POST', '/me/proof', { password: `guess ${i}` })).code)
    expect(codes.filter((code) => code === 'wrong_password')).toHaveLength(10)
    expect((await thief.ask('POST', '/me/proof', { password: PASSWORD })).code).toBe('rate_limited')
    expect((await owner.ask('POST', '/me/proof', { password: PASSWORD })).status).toBe(204)
  })

  test('T13 somebody else’s passkey proves nothing', async () => {
    const [ada, otto] = [await signedIn(), await signedIn('otto@example.com')]
    const passkey = await addPasskey(otto)
    later(minutes(10))
    const { options } = (await ada.ask('POST', '/sign-in/passkey/options')).body
    const proof = { passkey: passkey.answer(options) }
    expect((await ada.ask('POST', '/me/proof', proof)).code).toBe('wrong_passkey')
    expect((await ada.ask('POST', '/me/codes')).code).toBe('proof_needed')
  })

  test('T3 nobody without a sign-in comes near', async () => {
    const stranger = browser()
    const paths = [
      '/me/codes',
      '/me/passkeys/options',
      '/me/recovery-codes',
      '/me/sign-ins/end-others',
    ]
    for (const path of paths) expect((await stranger.ask('POST', path)).status, path).toBe(401)
    const proof = { password: PASSWORD }
    expect((await stranger.ask('POST', '/me/proof', proof)).status).toBe(401)
    expect((await stranger.ask('DELETE', '/me/passkeys/any')).status).toBe(401)
    expect((await stranger.ask('DELETE', '/me/sign-ins/any')).status).toBe(401)
  })
})

const HOME = { origin: ORIGIN, rpId: 'localhost' }
async function addPasskey(ada: Browser, name = 'Laptop', passkey = softPasskey(HOME)) {
  const { token, options } = (await ada.ask('POST', '/me/passkeys/options')).body
  const answer = passkey.make(options)
  const added = await ada.ask('POST', '/me/passkeys', { token, name, answer })
  expect(added.status).toBe(201)
  return Object.assign(passkey, { row: added.body as { id: string } })
}

describe('passkeys', () => {
  const optionsFor = async (one: Browser) =>
    (await one.ask('POST', '/sign-in/passkey/options')).body.options

  test('UI 5.1 a passkey alone signs in, where codes are on as well', async () => {
    const { ada } = await withCodes()
    const passkey = await addPasskey(ada)
    const one = browser()
    const options = await optionsFor(one)
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
    expect(options.allowCredentials ?? []).toEqual([])
    const answer = await one.ask('POST', '/sign-in/passkey', passkey.answer(options))
    expect(answer).toMatchObject({ status: 200, body: { agent: { name: 'ada' } } })
    expect((await one.ask('GET', '/me')).status).toBe(200)
    const [row] = (await one.ask('GET', '/me/sign-in')).body.passkeys
    expect(row).toMatchObject({ name: 'Laptop', lastUsedAt: scene.clock.now() })
  })

  test('T13 a challenge is good once, in its browser, for five minutes', async () => {
    const passkey = await addPasskey(await signedIn())
    const one = browser()
    const signIn = (who: Browser, options: { challenge: string }) =>
      who.ask('POST', '/sign-in/passkey', passkey.answer(options))
    const options = await optionsFor(one)
    // An answer handed to another browser signs nobody in there.
    expect((await signIn(browser(), options)).code).toBe('step_over')
    const other = browser()
    await optionsFor(other)
    expect((await signIn(other, options)).code).toBe('wrong_passkey')
    const cookie = one.jar.get('beckon-passkey-http') ?? ''
    expect((await signIn(one, options)).status).toBe(200)
    one.jar.set('beckon-passkey-http', cookie)
    expect((await signIn(one, options)).code).toBe('step_over')
    const slow = await optionsFor(one)
    later(minutes(5))
    expect((await signIn(one, slow)).code).toBe('step_over')
  })

  const lies: [string, Parameters<ReturnType<typeof softPasskey>['answer']>[1]][] = [
    ['another origin', { origin: 'https://beckon.evil.example' }],
    ['another port', { origin: 'http://localhost:4001' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['without asking its owner', { flags: 0b001 }],
    ['for something else', { type: 'webauthn.create' }],
    ['for another account', { userHandle: Buffer.from('somebody').toString('base64url') }],
    ['with a counter that went back', { counter: 1 }],
  ]
  for (const [what, lie] of lies) {
    test(`T13 an answer ${what} is refused`, async () => {
      const passkey = await addPasskey(await signedIn())
      const one = browser()
      const good = passkey.answer(await optionsFor(one))
      expect((await one.ask('POST', '/sign-in/passkey', good)).status).toBe(200)
      const two = browser()
      const wrong = passkey.answer(await optionsFor(two), lie)
      expect((await two.ask('POST', '/sign-in/passkey', wrong)).code).toBe('wrong_passkey')
      expect((await two.ask('GET', '/me')).status).toBe(401)
    })
  }

  test('T13 an unknown passkey, a forged signature and a disabled account get the same words', async () => {
    const passkey = await addPasskey(await signedIn('otto@example.com'))
    const one = browser()
    const unknown = softPasskey(HOME).answer(await optionsFor(one), { userHandle: 'AAAA' })
    const answers = [await one.ask('POST', '/sign-in/passkey', unknown)]
    const forged = passkey.answer(await optionsFor(one))
    forged.response.signature = softPasskey(HOME).answer({ challenge: 'x' }).response.signature
    answers.push(await one.ask('POST', '/sign-in/passkey', forged))
    await as('adam', 'PATCH', `/agents/${scene.ids.agents.otto}`, { disabled: true })
    const fine = passkey.answer(await optionsFor(one))
    answers.push(await one.ask('POST', '/sign-in/passkey', fine))
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    expect(answers[0]?.code).toBe('wrong_passkey')
  })

  test('T13 adding one is bound to the sign-in that asked, once, and to a device that asks its owner', async () => {
    const ada = await signedIn()
    const elsewhere = await signedIn()
    const { token, options } = (await ada.ask('POST', '/me/passkeys/options')).body
    expect(options.authenticatorSelection).toMatchObject({
      residentKey: 'required',
      userVerification: 'required',
    })
    const body = { token, name: 'Phone', answer: softPasskey(HOME).make(options) }
    expect((await elsewhere.ask('POST', '/me/passkeys', body)).code).toBe('step_over')
    // Taken by the one who had no right to it: it is gone.
    expect((await ada.ask('POST', '/me/passkeys', body)).code).toBe('step_over')
    for (const lie of [{ flags: 0b001 }, { origin: 'https://evil.example' }, { rpId: 'x' }]) {
      const asked = (await ada.ask('POST', '/me/passkeys/options')).body
      const answer = softPasskey(HOME).make(asked.options, lie)
      const wrong = { token: asked.token, name: 'Phone', answer }
      expect((await ada.ask('POST', '/me/passkeys', wrong)).code).toBe('wrong_passkey')
    }
    const passkey = await addPasskey(ada, 'Phone')
    const again = (await ada.ask('POST', '/me/passkeys/options')).body
    expect(again.options.excludeCredentials).toEqual([expect.objectContaining({ id: passkey.id })])
    const twice = { token: again.token, name: 'Copy', answer: passkey.make(again.options) }
    expect((await ada.ask('POST', '/me/passkeys', twice)).code).toBe('in_use')
  })

  test('T13 removing one ends the sign-ins made with it; only its owner names or removes it', async () => {
    const ada = await signedIn()
    const passkey = await addPasskey(ada)
    const lost = browser()
    await lost.ask('POST', '/sign-in/passkey', passkey.answer(await optionsFor(lost)))
    const otto = await signedIn('otto@example.com')
    const path = `/me/passkeys/${passkey.row.id}`
    expect((await otto.ask('DELETE', path)).code).toBe('not_found')
    expect((await otto.ask('PATCH', path, { name: 'Mine' })).code).toBe('not_found')
    expect((await ada.ask('PATCH', path, { name: 'Old laptop' })).body.name).toBe('Old laptop')
    expect((await ada.ask('DELETE', path)).status).toBe(204)
    expect((await lost.ask('GET', '/me')).status).toBe(401)
    expect((await ada.ask('GET', '/me')).status).toBe(200)
    const one = browser()
    const answer = passkey.answer(await optionsFor(one))
    expect((await one.ask('POST', '/sign-in/passkey', answer)).code).toBe('wrong_passkey')
    expect(await types()).toEqual(
      expect.arrayContaining(['agent.passkey_added', 'agent.passkey_removed']),
    )
  })

  test('T33 with a public URL, its name and its origin are the only ones', async () => {
    await using secure = await openHttp({ settings: { publicUrl: 'https://chat.example.com' } })
    const answer = await secure.app.inject({
      method: 'POST',
      url: '/api/v1/sign-in/passkey/options',
      headers: { host: 'evil.example', origin: 'https://chat.example.com', 'x-beckon': '1' },
    })
    expect(answer.json().options.rpId).toBe('chat.example.com')
    expect(answer.headers['set-cookie']).toMatch(
      /^__Host-beckon-passkey=[\w-]{43}; Path=\/; Max-Age=300; HttpOnly; SameSite=Strict; Secure$/,
    )
  })
})

const agentRow = (name: 'otto') =>
  scene.store.read((db) =>
    db
      .selectFrom('agents')
      .select('email')
      .where('id', '=', scene.ids.agents[name])
      .executeTakeFirstOrThrow(),
  )

describe('T15 two steps asked of a role', () => {
  const put = (who: Browser, ...roles: Role[]) => who.ask('PUT', '/second-step', { roles })
  const can = async (who: Browser) => {
    const { status, code } = await who.ask('GET', '/agents')
    const { body } = await who.ask('GET', '/me')
    const token = who.jar.get('beckon-http')
    const socket = (await scene.signIns.actorOf(token)) !== undefined
    return { status, code, mustAddStep: body.mustAddStep ?? false, socket }
  }
  const ALL = { status: 200, code: undefined, mustAddStep: false, socket: true }
  const NOTHING = { status: 403, code: 'second_step_needed', mustAddStep: true, socket: false }
  afterEach(async () => {
    await scene.store.commit((tx) => keepSecondStepRoles(tx, []))
    await scene.directory.reload()
  })

  test('T15 whoever is signed in with a password alone may set it up and nothing else, from that moment on', async () => {
    const [otto, adam] = [await signedIn('otto@example.com'), await signedIn('adam@example.com')]
    expect(await can(otto)).toEqual(ALL)
    expect((await put(otto, 'agent')).code).toBe('not_allowed')
    expect((await put(adam, 'agent')).body).toEqual({ roles: ['agent'] })
    expect(await can(otto)).toEqual(NOTHING)
    expect(await can(adam), 'no agent').toEqual(ALL)
    expect((await otto.ask('POST', '/me/password', {})).code).toBe('second_step_needed')
    expect((await otto.ask('DELETE', '/me/passkeys/one')).code).toBe('second_step_needed')
    // Switched on in this very sign-in: it goes on as a whole one, and so does the next.
    const { secret } = (await otto.ask('POST', '/me/codes')).body
    await otto.ask('POST', '/me/codes/confirm', { code: codeOf(secret) })
    expect(await can(otto)).toEqual(ALL)
    later(seconds(30))
    const next = browser()
    await next.signsIn('otto@example.com')
    await next.ask('POST', '/sign-in/code', { code: codeOf(secret) })
    expect(await can(next)).toEqual(ALL)
    later(seconds(30))
    // Switched off again: back to setting it up.
    const off = { password: PASSWORD, code: codeOf(secret) }
    expect((await next.ask('POST', '/me/codes/end', off)).status).toBe(204)
    expect(await can(next)).toEqual(NOTHING)
    expect((await put(adam)).status).toBe(200)
    expect(await can(next)).toEqual(ALL)
  })

  test('T15 a passkey is both steps; nobody asks of themselves what they do not have', async () => {
    const ada = await signedIn()
    expect(await put(ada, 'administrator')).toMatchObject({ status: 403, code: 'not_allowed' })
    expect((await put(ada, 'manager')).status).toBe(200)
    const passkey = await addPasskey(ada)
    expect((await put(ada, 'administrator')).body).toEqual({ roles: ['administrator'] })
    expect(await can(ada)).toEqual(ALL)
    expect(await can(await signedIn())).toEqual(NOTHING)
    const one = browser()
    const { options } = (await one.ask('POST', '/sign-in/passkey/options')).body
    await one.ask('POST', '/sign-in/passkey', passkey.answer(options))
    expect(await can(one)).toEqual(ALL)
    const [{ id }] = (await one.ask('GET', '/me/sign-in')).body.passkeys
    expect((await one.ask('DELETE', `/me/passkeys/${id}`)).status).toBe(204)
    expect(await can(one)).toEqual(NOTHING)
    expect(await can(ada)).toEqual(NOTHING)
  })
})

/** The token of a queued mail's link, as whoever gets the mail reads it. */
async function sentToken(mail: Selectable<Database['mails']> | undefined): Promise<string> {
  if (!mail) return ''
  const letter = await scene.store.commit((tx) => letterToSend(tx, mail))
  const link = letter?.parts.find(({ part }) => part === 'link')
  return link?.part === 'link' ? (link.url.split('#')[1] ?? '') : ''
}

describe('a forgotten password', () => {
  const mails = async () =>
    scene.store.read((db) => db.selectFrom('mails').selectAll().orderBy('id').execute())
  const forgotten = (email: string, one = browser()) =>
    one.ask('POST', '/sign-in/forgotten', { email })
  const NEW = 'heron ladder cobalt nine'
  async function mailed(email = 'ada@example.com') {
    const before = (await mails()).length
    await forgotten(email)
    await expect.poll(async () => (await mails()).length).toBe(before + 1)
    return sentToken((await mails()).at(-1))
  }

  test('T12 the answer is the same for an address nobody has, and comes before anything is looked for', async () => {
    const waits: string[] = []
    const { commit } = scene.store
    scene.store.commit = async (work) => {
      waits.push('commit')
      return commit(work)
    }
    const known = await forgotten(' Ada@Example.com ')
    const first = waits.splice(0).length
    scene.store.commit = commit
    await expect.poll(async () => (await mails()).length).toBe(1)
    scene.store.commit = async (work) => {
      waits.push('commit')
      return commit(work)
    }
    const unknown = await forgotten('nobody@example.com')
    scene.store.commit = commit
    expect(known).toEqual(unknown)
    expect(known.status).toBe(204)
    // One work is waited for by both; the mail's is another one, which nobody waits for.
    expect([first, waits.length]).toEqual([2, 1])
    expect((await mails())[0]).toMatchObject({
      kind: 'password_reset',
      to_address: 'ada@example.com',
    })
  })

  test('T12 it is asked for three times in half an hour, whoever the address belongs to', async () => {
    for (const email of ['ada@example.com', 'nobody@example.com']) {
      const codes = []
      for (let i = 0; i < 5; i++)
        codes.push((await forgotten(email, browser(`203.0.113.${i}`))).status)
      expect(codes).toEqual([204, 204, 204, 429, 429])
    }
    const many = []
    for (let i = 0; i < 12; i++) many.push((await forgotten(`a${i}@example.com`)).status)
    expect(many.filter((status) => status === 204)).toHaveLength(10)
  })

  test('T13 the link sets a password once, ends every sign-in, and leaves codes on', async () => {
    const { ada, secret } = await withCodes()
    const token = await mailed()
    const one = browser()
    expect((await one.ask('POST', '/sign-in/link', { link: token })).body).toEqual({
      kind: 'reset',
      email: 'ada@example.com',
      name: 'ada',
      chatName: 'ada',
    })
    const body = { link: token, password: NEW }
    const weak = { link: token, password: 'aaaaaaaaaaaaaaaa' }
    expect((await one.ask('POST', '/sign-in/new-password', weak)).code).toBe('bad_input')
    expect((await one.ask('POST', '/sign-in/new-password', body)).status).toBe(204)
    expect((await ada.ask('GET', '/me')).status).toBe(401)
    expect((await one.ask('POST', '/sign-in/new-password', body)).code).toBe('link_over')
    expect((await one.ask('POST', '/sign-in/link', { link: token })).code).toBe('link_over')
    expect((await one.signsIn()).status).toBe(401)
    expect((await one.signsIn('ada@example.com', NEW)).status).toBe(202)
    expect((await one.ask('POST', '/sign-in/code', { code: codeOf(secret) })).status).toBe(200)
    expect(await types()).toEqual(
      expect.arrayContaining(['agent.reset_asked', 'agent.password_reset']),
    )
  })

  test('T13 two at the same time with one link: one password is set', async () => {
    const token = await mailed()
    const answers = await Promise.all(
      [NEW, 'tulip anvil ferry ninety'].map((password) =>
        browser().ask('POST', '/sign-in/new-password', { link: token, password }),
      ),
    )
    expect(answers.map((one) => one.status).sort()).toEqual([204, 410])
  })

  test('T13 a link ends after 30 minutes, with a newer one, and with every change of the account', async () => {
    const look = async (token: string) =>
      (await browser().ask('POST', '/sign-in/link', { link: token })).status
    const first = await mailed()
    expect(await look(first)).toBe(200)
    const second = await mailed()
    expect(await look(first)).toBe(410)
    later(minutes(30))
    expect(await look(second)).toBe(410)
    const changes = [{ email: 'otto2@example.com' }, { password: NEW }, { disabled: true }]
    for (const payload of changes) {
      const token = await mailed((await agentRow('otto')).email)
      expect(await look(token)).toBe(200)
      await as('ada', 'PATCH', `/agents/${scene.ids.agents.otto}`, payload)
      expect(await look(token)).toBe(410)
    }
    const before = (await mails()).length
    await forgotten('otto2@example.com')
    await forgotten('mia@example.com')
    await expect.poll(async () => (await mails()).length).toBe(before + 1)
  })

  test('T35 the token is in the mail and nowhere else', async () => {
    const token = await mailed()
    expect(await allRows()).not.toContain(token)
    expect(JSON.stringify(scene.faults)).not.toContain(token)
    const [mail] = await mails()
    expect(mail?.letter).toContain('"url":"http://localhost:4000/console/new-password"')
    // What waits in the database opens nothing: the link gets its token when it is sent.
    const [, kept = ''] = /"oneTime":"(\w+)"/.exec(mail?.letter ?? '') ?? []
    const look = async (link: string) =>
      (await browser().ask('POST', '/sign-in/link', { link })).status
    expect(await look(kept)).toBe(410)
    expect(await look(token)).toBe(200)
    for (const nonsense of ['', 'x', 'A'.repeat(43), 'A'.repeat(5_000), `${token}A`])
      expect(
        (await browser().ask('POST', '/sign-in/link', { link: nonsense })).status,
      ).toBeGreaterThan(399)
  })

  test('T12 without a mail server it says so, and an administrator makes a link to hand over', async () => {
    await using plain = await openHttp()
    const ask = (url: string, payload: object) =>
      plain.ask('adam', { method: 'POST', url: `/api/v1${url}`, payload })
    expect((await ask('/sign-in/forgotten', { email: 'ada@example.com' })).json().code).toBe(
      'mail_off',
    )
    expect((await plain.ask(undefined, { url: '/api/v1/setup' })).json().resetByMail).toBe(false)
    const path = `/agents/${plain.ids.agents.otto}/reset`
    expect((await ask(path, { by: 'mail' })).json().code).toBe('mail_off')
    const { url, until } = (await ask(path, { by: 'link' })).json()
    expect(until).toBe(plain.clock.now() + days(1))
    const token = url.split('#')[1]
    expect((await ask('/sign-in/new-password', { link: token, password: NEW })).statusCode).toBe(
      204,
    )
  })
})

describe('new agents', () => {
  const newcomer = { name: 'New', chatName: 'New', email: 'kim@example.com', roles: ['agent'] }
  const asAda = (method: 'POST' | 'DELETE' | 'PATCH', path: string, payload?: object) =>
    as('ada', method, path, payload)
  const access = async (id: string) =>
    (await as('ada', 'GET', '/agent-access')).body.items.find(
      (one: { agentId: string }) => one.agentId === id,
    )

  test('T13 they choose name and password themselves, once, within seven days', async () => {
    const { id } = (await asAda('POST', '/agents', newcomer)).body
    // An account without a password lets nobody in, with whatever password.
    for (const password of ['', ' ', PASSWORD])
      expect((await browser().signsIn('kim@example.com', password)).status).toBe(401)
    expect(await access(id)).toMatchObject({ password: false, welcomeUntil: null })
    const { url, until } = (await asAda('POST', `/agents/${id}/welcome`, { by: 'link' })).body
    expect(until).toBe(scene.clock.now() + days(7))
    expect(await access(id)).toMatchObject({ welcomeUntil: until })
    const token = url.split('#')[1]
    const one = browser()
    expect((await one.ask('POST', '/sign-in/link', { link: token })).body.kind).toBe('welcome')
    const body = {
      link: token,
      name: 'Kim Larsen',
      chatName: 'Kim',
      password: 'tulip anvil ferry ninety',
    }
    expect((await one.ask('POST', '/sign-in/new-password', body)).status).toBe(204)
    const me = await one.signsIn('kim@example.com', body.password)
    expect(me.body.agent).toMatchObject({ name: 'Kim Larsen', chatName: 'Kim' })
    expect((await one.ask('POST', '/sign-in/new-password', body)).code).toBe('link_over')
    expect((await asAda('POST', `/agents/${id}/welcome`, { by: 'link' })).body.code).toBe('in_use')
    expect(await access(id)).toMatchObject({ password: true, welcomeUntil: null })
    expect(await types()).toEqual(expect.arrayContaining(['agent.welcomed', 'agent.joined']))
  })

  test('T13 a link is sent again, withdrawn, or runs out; a password typed for them ends it', async () => {
    const { id } = (await asAda('POST', '/agents', newcomer)).body
    const link = async () => {
      const answer = await asAda('POST', `/agents/${id}/welcome`, { by: 'link' })
      return answer.body.url.split('#')[1] as string
    }
    const look = async (token: string) =>
      (await browser().ask('POST', '/sign-in/link', { link: token })).status
    const first = await link()
    const second = await link()
    expect([await look(first), await look(second)]).toEqual([410, 200])
    expect((await asAda('DELETE', `/agents/${id}/welcome`)).status).toBe(204)
    expect(await look(second)).toBe(410)
    // Forgetting a password they never had is no way around that.
    expect((await asAda('POST', `/agents/${id}/reset`, { by: 'link' })).code).toBe('in_use')
    await browser().ask('POST', '/sign-in/forgotten', { email: 'kim@example.com' })
    await browser('198.51.100.7').ask('POST', '/sign-in/forgotten', { email: 'otto@example.com' })
    const to = () => scene.store.read((db) => db.selectFrom('mails').select('to_address').execute())
    await expect.poll(to).toEqual([{ to_address: 'otto@example.com' }])
    await scene.store.commit((tx) => tx.deleteFrom('mails').execute())
    const third = await link()
    // A change of their roles does not take their way in.
    await asAda('PATCH', `/agents/${id}`, { roles: ['agent', 'manager'] })
    expect(await look(third)).toBe(200)
    await asAda('PATCH', `/agents/${id}`, { password: 'heron ladder cobalt nine' })
    expect(await look(third)).toBe(410)
    const other = { ...newcomer, email: 'lou@example.com' }
    const lou = (await asAda('POST', '/agents', other)).body.id
    const sent = await asAda('POST', `/agents/${lou}/welcome`, { by: 'mail' })
    expect(sent.body).toEqual({ until: scene.clock.now() + days(7) })
    const [mail] = await scene.store.read((db) => db.selectFrom('mails').selectAll().execute())
    expect(mail).toMatchObject({ kind: 'agent_invitation', to_address: 'lou@example.com' })
    const token = await sentToken(mail)
    expect(await look(token)).toBe(200)
    later(days(7))
    expect(await look(token)).toBe(410)
  })
})

describe('T13 own sign-ins', () => {
  test('T13 each browser is named, and one or all others are ended and cut', async () => {
    const [here, there, away] = [await signedIn(), await signedIn(), await signedIn()]
    const { signIns } = (await here.ask('GET', '/me/sign-in')).body
    expect(signIns).toHaveLength(3)
    expect(signIns[0]).toMatchObject({ browser: 'Chrome 142', os: 'Linux', ip: '198.51.100.1' })
    expect(JSON.stringify(signIns)).not.toMatch(/token|hash/)
    const own = (await there.ask('GET', '/me/sign-in')).body.signIns
    const thereId = own.find((one: { here: boolean }) => one.here).id
    const otto = await signedIn('otto@example.com')
    expect((await otto.ask('DELETE', `/me/sign-ins/${thereId}`)).code).toBe('not_found')
    expect((await here.ask('DELETE', `/me/sign-ins/${thereId}`)).status).toBe(204)
    expect((await there.ask('GET', '/me')).status).toBe(401)
    expect(scene.announced.at(-1)).toMatchObject({ type: 'revoked', signInIds: [thereId] })
    expect((await here.ask('POST', '/me/sign-ins/end-others')).status).toBe(204)
    expect((await away.ask('GET', '/me')).status).toBe(401)
    expect((await here.ask('GET', '/me')).status).toBe(200)
    expect((await otto.ask('GET', '/me')).status).toBe(200)
    expect((await here.ask('GET', '/me/sign-in')).body.signIns).toHaveLength(1)
    expect(await types()).toContain('agent.sign_ins_ended')
  })
})
