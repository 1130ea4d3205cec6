import type { ChatId, InvitationId, VisitId, VisitorId } from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../src/ids.ts'
import { type HttpScene, openHttp, PASSWORD, STYLE } from './open-http.ts'

let scene: HttpScene
beforeAll(async () => {
  scene = await openHttp()
})
afterAll(() => scene[Symbol.asyncDispose]())

const ask = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) => {
  const answer = await scene.ask('ada', {
    method,
    url: `/api/v1${path}`,
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.body ? answer.json() : undefined }
}
const events = () =>
  scene.store.read((db) =>
    db
      .selectFrom('events')
      .select(['type', 'subject_id', 'actor_id', 'data'])
      .orderBy('id')
      .execute(),
  )
const person = (name: string, more: object = {}) => ({
  name,
  chatName: name,
  email: `${name}@example.org`,
  password: PASSWORD,
  roles: ['agent'],
  ...more,
})

describe('R accounts', () => {
  test('R an account is made, may sign in at once, and the log says who made it', async () => {
    const made = await ask('POST', '/agents', person('kim', { email: 'Kim@Example.org' }))
    expect(made).toEqual({
      status: 201,
      body: {
        id: expect.any(String),
        name: 'kim',
        chatName: 'kim',
        email: 'kim@example.org',
        roles: ['agent'],
        disabled: false,
        available: false,
        chatLimit: 3,
      },
    })
    expect(scene.announced.at(-1)).toEqual({ type: 'directory' })
    expect((await events()).at(-1)).toMatchObject({
      type: 'agent.created',
      subject_id: made.body.id,
      actor_id: scene.ids.agents.ada,
    })
    expect(JSON.stringify(await events())).not.toContain(PASSWORD)
    const signedIn = await scene.signIns.signIn({
      email: 'kim@example.org',
      password: PASSWORD,
      ip: '127.0.0.1',
      userAgent: '',
      device: undefined,
    })
    expect(signedIn).toMatchObject({ agentId: made.body.id })
  })

  test('R the hash of a password leaves by no route', async () => {
    for (const path of ['/agents', `/agents/${scene.ids.agents.otto}`, '/me']) {
      expect(JSON.stringify((await ask('GET', path)).body)).not.toMatch(/argon2|hash/i)
    }
  })

  test('R one email is one account, whatever its case', async () => {
    const refused = await ask('POST', '/agents', person('ada2', { email: 'ADA@example.com' }))
    expect(refused).toMatchObject({ status: 409, body: { code: 'email_taken' } })
    expect(
      await ask('PATCH', `/agents/${scene.ids.agents.otto}`, { email: 'ada@example.com' }),
    ).toMatchObject({ body: { code: 'email_taken' } })
    expect(
      await ask('PATCH', `/agents/${scene.ids.agents.otto}`, { email: 'otto@example.com' }),
    ).toMatchObject({ status: 200 })
  })

  test('R the last administrator stays one', async () => {
    await using alone = await openHttp()
    const { ada, adam } = alone.ids.agents
    const on = (id: string, payload: object) =>
      alone.ask('ada', { method: 'PATCH', url: `/api/v1/agents/${id}`, payload })
    expect((await on(adam, { disabled: true })).statusCode).toBe(200)
    for (const payload of [{ disabled: true }, { roles: ['agent'] }]) {
      const refused = await on(ada, payload)
      expect(refused.json().code).toBe('last_administrator')
    }
    expect(
      (await alone.ask('ada', { method: 'DELETE', url: `/api/v1/agents/${ada}` })).json().code,
    ).toBe('not_allowed')
    expect((await on(ada, { roles: ['administrator'] })).statusCode).toBe(200)
  })

  test('T13 an administrator who changes their own roles goes on with a new sign-in', async () => {
    await using other = await openHttp()
    const old = await other.cookieOf('ada')
    const answer = await other.ask('ada', {
      method: 'PATCH',
      url: `/api/v1/agents/${other.ids.agents.ada}`,
      payload: { roles: ['agent', 'manager', 'administrator'] },
    })
    const fresh = String(answer.headers['set-cookie']).split(';')[0] ?? ''
    expect(
      (await other.app.inject({ url: '/api/v1/me', headers: { cookie: old } })).statusCode,
    ).toBe(401)
    expect(
      (await other.app.inject({ url: '/api/v1/me', headers: { cookie: fresh } })).json().agent
        .roles,
    ).toContain('manager')
  })

  test('R an account with history is disabled, not deleted; one without goes whole', async () => {
    await using other = await openHttp()
    const { otto, gus } = other.ids.agents
    await putInvitation(other, { agent_id: otto })
    const remove = (id: string) =>
      other.ask('adam', { method: 'DELETE', url: `/api/v1/agents/${id}` })
    expect((await remove(otto)).json()).toMatchObject({
      code: 'in_use',
      message: expect.stringContaining('Disable'),
    })
    const cookie = await other.cookieOf('gus')
    expect((await remove(gus)).statusCode).toBe(204)
    expect((await other.app.inject({ url: '/api/v1/me', headers: { cookie } })).statusCode).toBe(
      401,
    )
    expect(other.announced).toContainEqual({ type: 'revoked', agentId: gus })
    expect((await remove(gus)).statusCode).toBe(404)
  })

  test('T32 colleagues see names of their own brands, and nobody’s email', async () => {
    const { items } = (await scene.ask('otto', { method: 'GET', url: '/api/v1/agents' })).json()
    const seen = Object.fromEntries(
      items.map((one: { name: string; email: string }) => [one.name, one.email]),
    )
    expect(seen).toEqual({ ada: '', mia: '', otto: 'otto@example.com' })
  })

  test('T16 a weak or short password is refused with a reason', async () => {
    expect(
      await ask('POST', '/agents', person('lee', { password: 'passwordpassword' })),
    ).toMatchObject({
      status: 400,
      body: { code: 'bad_input', message: expect.stringContaining('easy to guess') },
    })
    expect(await ask('POST', '/agents', person('lee', { password: 'short' }))).toMatchObject({
      status: 400,
      body: { code: 'bad_input', message: expect.stringContaining('password') },
    })
  })
})

describe('S22 departments and groups', () => {
  test('S22 a department comes with its front-line group, and its live chat can be switched', async () => {
    const made = await ask('POST', '/departments', {
      name: 'Sales',
      liveChat: true,
      brandId: scene.ids.brands.here,
    })
    expect(made).toMatchObject({ status: 201, body: { name: 'Sales', liveChat: true } })
    const group = await ask('GET', `/groups/${made.body.frontGroupId}`)
    expect(group.body).toMatchObject({
      name: 'Sales',
      frontLine: true,
      departmentId: made.body.id,
      members: [],
    })
    expect(
      (await ask('PATCH', `/departments/${made.body.id}`, { liveChat: false })).body.liveChat,
    ).toBe(false)
    expect(
      await ask('POST', '/departments', {
        name: 'sales',
        liveChat: true,
        brandId: scene.ids.brands.here,
      }),
    ).toMatchObject({ status: 409, body: { code: 'name_taken' } })
    expect(
      await ask('POST', '/departments', {
        name: 'Sales',
        liveChat: true,
        brandId: scene.ids.brands.away,
      }),
    ).toMatchObject({ status: 201 })
  })

  test('R with several brands a new thing says which one', async () => {
    expect(await ask('POST', '/departments', { name: 'Where', liveChat: true })).toMatchObject({
      status: 400,
      body: { code: 'bad_input' },
    })
    expect(
      await ask('POST', '/sites', { name: 'Where', origins: [], brandId: 'no-such-brand' }),
    ).toMatchObject({ status: 400 })
  })

  test('S41 members are replaced; those who stay keep their switch', async () => {
    const { otto, mia, ada } = scene.ids.agents
    const made = await ask('POST', '/groups', {
      name: 'Billing',
      departmentId: scene.ids.departments.here,
      memberIds: [otto, mia],
    })
    const { id } = made.body
    await scene.store.commit((tx) =>
      tx
        .updateTable('group_members')
        .set({ active: 0 })
        .where('group_id', '=', id)
        .where('agent_id', '=', otto)
        .execute(),
    )
    const changed = await ask('PATCH', `/groups/${id}`, { memberIds: [otto, ada] })
    expect(
      new Map(
        changed.body.members.map((m: { agentId: string; active: boolean }) => [
          m.agentId,
          m.active,
        ]),
      ),
    ).toEqual(
      new Map([
        [otto, false],
        [ada, true],
      ]),
    )
    expect((await ask('PATCH', `/groups/${id}`, { memberIds: [] })).body.members).toEqual([])
    expect(await ask('PATCH', `/groups/${id}`, { memberIds: ['nobody-0001'] })).toMatchObject({
      status: 400,
    })
    expect(
      await ask('POST', '/groups', {
        name: 'BILLING',
        departmentId: scene.ids.departments.here,
        memberIds: [],
      }),
    ).toMatchObject({ body: { code: 'name_taken' } })
  })

  test('W14 membership changes what an agent sees at once', async () => {
    const names = async () =>
      (await scene.ask('gus', { method: 'GET', url: '/api/v1/brands' }))
        .json()
        .items.map((b: { slug: string }) => b.slug)
    expect(await names()).toEqual(['away'])
    const { gus, otto, mia, ada } = scene.ids.agents
    await ask('PATCH', `/groups/${scene.ids.groups.here}`, { memberIds: [gus, otto, mia, ada] })
    expect((await names()).sort()).toEqual(['away', 'here'])
    await ask('PATCH', `/groups/${scene.ids.groups.here}`, { memberIds: [otto, mia, ada] })
    expect(await names()).toEqual(['away'])
  })

  test('R the front-line group and groups with chats stay; an invitation alone holds none', async () => {
    await using other = await openHttp()
    const made = (
      await other.ask('ada', {
        method: 'POST',
        url: '/api/v1/groups',
        payload: { name: 'Billing', departmentId: other.ids.departments.here, memberIds: [] },
      })
    ).json()
    const remove = (id: string) =>
      other.ask('ada', { method: 'DELETE', url: `/api/v1/groups/${id}` })
    expect((await remove(other.ids.groups.here)).json().code).toBe('in_use')
    await putInvitation(other, { group_id: made.id })
    expect((await remove(made.id)).statusCode).toBe(204)
    const second = (
      await other.ask('ada', {
        method: 'POST',
        url: '/api/v1/groups',
        payload: { name: 'Orders', departmentId: other.ids.departments.here, memberIds: [] },
      })
    ).json()
    await putChat(other, { group_id: second.id })
    expect((await remove(second.id)).json().code).toBe('in_use')
  })

  test('R a department with history stays; one without goes with its groups', async () => {
    await using other = await openHttp()
    const remove = (id: string) =>
      other.ask('ada', { method: 'DELETE', url: `/api/v1/departments/${id}` })
    await putChat(other, {})
    expect((await remove(other.ids.departments.here)).json().code).toBe('in_use')
    expect((await remove(other.ids.departments.away)).statusCode).toBe(204)
    expect(other.directory.now.groups.has(other.ids.groups.away)).toBe(false)
  })
})

describe('S2 sites', () => {
  test('S2 a site has a key, a snippet and cleaned origins', async () => {
    const made = await ask('POST', '/sites', {
      name: 'Blog',
      brandId: scene.ids.brands.here,
      origins: ['HTTPS://Blog.Example/', '*.example.org', 'https://blog.example'],
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      kind: 'website',
      origins: ['https://blog.example', '*.example.org'],
      privacy: 'returning',
      ipMode: 'masked',
      language: 'en',
      mainLinkId: null,
      off: false,
      lastHitAt: null,
    })
    expect(made.body.snippet).toBe(
      `<script async src="http://localhost:4000/beckon.js" data-site="${made.body.key}"></script>`,
    )
    expect(
      (await ask('GET', '/sites')).body.items.map((one: { key: string }) => one.key),
    ).toContain(made.body.key)
  })

  test('T33 snippets come from the settings, whatever the Host header says', async () => {
    for (const headers of [
      { host: 'evil.example' },
      { 'x-forwarded-host': 'evil.example' },
      { forwarded: 'host=evil.example' },
    ]) {
      const answer = await scene.ask('ada', { method: 'GET', url: '/api/v1/sites', headers })
      expect(answer.body).not.toContain('evil')
    }
  })

  test('T2 an origin that is none is refused with the spelling wanted', async () => {
    for (const origin of [
      'https://a.example/path',
      '*',
      'a b',
      'ftp://a.example',
      'https://*.*.example',
      'javascript:alert(1)',
      'a.example:99999',
    ]) {
      expect(
        await ask('POST', '/sites', {
          name: 'X',
          brandId: scene.ids.brands.here,
          origins: [origin],
        }),
      ).toMatchObject({
        status: 400,
        body: { code: 'bad_input', message: expect.stringContaining('[scheme://]host[:port]') },
      })
    }
  })

  test('R a site with visits, invitations or chats stays, and so does the portal', async () => {
    await using other = await openHttp()
    const remove = (id: string) =>
      other.ask('ada', { method: 'DELETE', url: `/api/v1/sites/${id}` })
    await putInvitation(other, {})
    expect((await remove(other.ids.sites.here)).json()).toMatchObject({
      code: 'in_use',
      message: expect.stringContaining('off instead'),
    })
    expect((await remove(other.ids.sites.portal)).json().code).toBe('in_use')
    expect((await remove(other.ids.sites.away)).statusCode).toBe(204)
    expect(
      (
        await other.ask('ada', {
          method: 'PATCH',
          url: `/api/v1/sites/${other.ids.sites.here}`,
          payload: { off: true },
        })
      ).json().off,
    ).toBe(true)
  })
})

describe('S33 live chat links', () => {
  test('S33 S35 the first link of a site is its main one; deleting it leaves the default style', async () => {
    const { here, away } = scene.ids.sites
    const first = await ask('POST', '/links', {
      siteId: here,
      name: 'Corner',
      type: 'button',
      style: STYLE,
    })
    expect(first).toMatchObject({ status: 201, body: { main: true, style: STYLE } })
    const second = await ask('POST', '/links', {
      siteId: here,
      name: 'Second',
      type: 'button',
      style: STYLE,
    })
    expect(second.body.main).toBe(false)
    expect(
      (await ask('PATCH', `/sites/${here}`, { mainLinkId: second.body.id })).body.mainLinkId,
    ).toBe(second.body.id)
    expect((await ask('GET', `/links/${first.body.id}`)).body.main).toBe(false)
    expect(await ask('PATCH', `/sites/${away}`, { mainLinkId: first.body.id })).toMatchObject({
      status: 400,
    })
    expect((await ask('DELETE', `/links/${second.body.id}`)).status).toBe(204)
    expect((await ask('GET', `/sites/${here}`)).body.mainLinkId).toBeNull()
    expect((await ask('PATCH', `/sites/${here}`, { mainLinkId: null })).status).toBe(200)
  })

  test('T8 a style is typed tokens: no CSS gets in', async () => {
    for (const accent of ['red', 'url(//evil)', '#fff', '#00aa55;}', '#00aa5g', 'var(--x)']) {
      const answer = await ask('POST', '/links', {
        siteId: scene.ids.sites.here,
        name: 'X',
        type: 'button',
        style: { ...STYLE, accent },
      })
      expect([accent, answer.status]).toEqual([accent, 400])
    }
  })
})

describe('C1 links of every type', () => {
  const link = (more: object = {}) => ({
    siteId: scene.ids.sites.here,
    name: 'Link',
    type: 'text',
    style: STYLE,
    ...more,
  })
  const add = (more?: object) => ask('POST', '/links', link(more))

  test('C1 a text has all that was set, and never becomes the main link', async () => {
    const set = {
      departmentIds: [scene.ids.departments.here],
      offline: { do: 'url', url: 'https://shop.example/contact' },
      css: '.launcher { border-radius: 8px }',
    }
    const made = await add(set)
    expect(made).toMatchObject({ status: 201, body: { type: 'text', main: false, ...set } })
    expect(made.body.seenAt).toBeNull()
    const site = `/sites/${scene.ids.sites.here}`
    expect(await ask('PATCH', site, { mainLinkId: made.body.id })).toMatchObject({ status: 400 })
    const path = `/links/${made.body.id}`
    expect((await ask('PATCH', path, { type: 'tab' })).body.type).toBe('tab')
    expect((await ask('PATCH', site, { mainLinkId: made.body.id })).status).toBe(200)
    // Text has no place of its own on a page.
    expect((await ask('PATCH', path, { type: 'text' })).body.main).toBe(false)
    expect((await ask('PATCH', path, { departmentIds: null })).body).toMatchObject({
      departmentIds: null,
      offline: set.offline,
    })
  })

  test.each([
    ['css that fetches', { css: '.bar{background:u\\72l(//evil.example)}' }, 'css_refused'],
    [
      'white on yellow',
      { style: { ...STYLE, accent: '#ffe14d', ink: 'white' } },
      'contrast_too_low',
    ],
    ['an address that runs', { offline: { do: 'url', url: 'javascript:alert(1)' } }, 'bad_input'],
    ['no address', { offline: { do: 'url', url: 'shop' } }, 'bad_input'],
    ['no departments', { departmentIds: [] }, 'bad_input'],
    [
      'a picture of nobody',
      { images: { online: newId(), offline: null, logo: null } },
      'bad_input',
    ],
    ['another type', { type: 'popup' }, 'bad_input'],
  ])('C1 %s is refused by name', async (_, more, code) => {
    expect((await add(more)).body).toMatchObject({ code, message: expect.any(String) })
  })

  test('C1 a link offers departments of its own brand', async () => {
    const { body } = await add({ departmentIds: [scene.ids.departments.away] })
    expect(body.code).toBe('bad_input')
  })

  test('C1 T9 a picture is stored by what it is, and served where it can do nothing', async () => {
    const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
    const siteId = scene.ids.sites.here
    const { status, body } = await ask('POST', '/images', { siteId, data: gif })
    expect([status, body.width, body.height]).toEqual([201, 1, 1])
    const made = await add({
      type: 'image',
      images: { online: body.id, offline: null, logo: null },
    })
    expect(made.body.images.online).toBe(body.id)
    const elsewhere = await add({
      siteId: scene.ids.sites.away,
      images: { online: body.id, offline: null, logo: null },
    })
    expect(elsewhere.body.code).toBe('bad_input')

    const file = await scene.app.inject({ url: `/beckon/image/${body.id}` })
    expect(file.rawPayload.toString('base64')).toBe(gif)
    expect(file.headers).toMatchObject({
      'content-type': 'image/gif',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'access-control-allow-origin': '*',
    })
    expect((await scene.app.inject({ url: `/beckon/image/${newId()}` })).statusCode).toBe(404)

    for (const data of [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'.padEnd(60)).toString('base64'),
      Buffer.concat([Buffer.from(gif, 'base64'), Buffer.alloc(102_400)]).toString('base64'),
    ]) {
      expect((await ask('POST', '/images', { siteId, data })).body.code).toBe('image_refused')
    }
  })
})

/** A row as the invitations side writes it, whole but for what the test names. */
async function putInvitation(at: HttpScene, more: object) {
  const id = newId<InvitationId>()
  await at.store.commit((tx) =>
    tx
      .insertInto('invitations')
      .values({
        id,
        brand_id: at.ids.brands.here,
        site_id: at.ids.sites.here,
        visitor_id: newId<VisitorId>(),
        visit_id: newId<VisitId>(),
        agent_id: at.ids.agents.ada,
        group_id: at.ids.groups.here,
        recipient: 'Kim',
        template: 'Hi',
        text: 'Hi',
        state: 'expired',
        reason: null,
        ended_by: null,
        sent_at: 1,
        delivered_at: null,
        viewed_at: null,
        deadline: null,
        keeps: 0,
        typed_at: null,
        ended_at: 2,
        chat_id: null,
        ...more,
      })
      .execute(),
  )
}

async function putChat(at: HttpScene, more: object) {
  const id = newId<ChatId>()
  await at.store.commit((tx) =>
    tx
      .insertInto('chats')
      .values({
        id,
        number: 1,
        brand_id: at.ids.brands.here,
        site_id: at.ids.sites.here,
        visitor_id: newId<VisitorId>(),
        visit_id: newId<VisitId>(),
        group_id: at.ids.groups.here,
        agent_id: at.ids.agents.ada,
        invitation_id: null,
        state: 'ended',
        who: '{}',
        queued_at: 1,
        started_at: 2,
        first_reply_at: null,
        ended_at: 3,
        ended_by: 'visitor',
        end_reason: 'visitor',
        assigned_reason: null,
        last_seq: 0,
        agent_seen: 0,
        visitor_seen: 0,
        visitor_delivered: 0,
        ...more,
      })
      .execute(),
  )
}
