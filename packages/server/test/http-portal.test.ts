import { DEFAULT_STYLE } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { html } from '../src/portal/html.ts'
import { HOST, type HttpScene, ORIGIN, openHttp } from './open-http.ts'

const get = (scene: HttpScene, url: string, headers: Record<string, string> = {}) =>
  scene.app.inject({ url, headers: { host: HOST, ...headers } })

describe('S1 the portal', () => {
  test('S1 every page carries the snippet of the brand’s portal site, from this server', async () => {
    await using scene = await openHttp()
    const { key } = scene.directory.now.sites.get(scene.ids.sites.portal) ?? { key: '' }
    const pages = [
      '/portal/here',
      '/portal/here/contact',
      '/portal/here/help/how-chat-works',
      '/portal/here/help/privacy',
      '/portal/here/help/keyboard-and-screen-readers',
    ]
    const titles = new Set<string>()
    for (const page of pages) {
      const { statusCode, body, headers } = await get(scene, page)
      expect(statusCode).toBe(200)
      expect(headers['content-type']).toBe('text/html; charset=utf-8')
      expect(body).toContain(`<script async src="/beckon.js" data-site="${key}"></script>`)
      expect(body.match(/<script/g)).toHaveLength(1)
      expect(body).not.toMatch(/ style=|<style| on\w+=/)
      titles.add(/<title>(.*)<\/title>/.exec(body)?.[1] ?? '')
      for (const link of body.matchAll(/href="(\/[^"#]*)/g)) {
        expect([link[1], (await get(scene, link[1] ?? '')).statusCode]).toEqual([link[1], 200])
      }
    }
    expect(titles.size).toBe(pages.length)
  })

  test('S3 a portal that is switched off stays readable and carries no snippet', async () => {
    await using scene = await openHttp()
    await scene.ask('ada', {
      method: 'PATCH',
      url: `/api/v1/sites/${scene.ids.sites.portal}`,
      payload: { off: true },
    })
    const { body, statusCode } = await get(scene, '/portal/here')
    expect(statusCode).toBe(200)
    expect(body).not.toContain('<script')
  })

  test('S1 /portal is the only brand’s, or asks which', async () => {
    await using scene = await openHttp()
    const choice = await get(scene, '/portal')
    expect(choice.body).toContain('href="/portal/here"')
    expect(choice.body).toContain('href="/portal/away"')
    expect((await get(scene, '/portal/nobody')).statusCode).toBe(404)
    expect((await get(scene, '/portal/here/help/nothing')).statusCode).toBe(404)
  })

  test('T5 the portal reads no cookie: it is the same page for an administrator', async () => {
    await using scene = await openHttp()
    const cookie = await scene.cookieOf('ada')
    const signedIn = await get(scene, '/portal/here', { cookie })
    expect(signedIn.body).toBe((await get(scene, '/portal/here')).body)
    expect(signedIn.headers['set-cookie']).toBeUndefined()
  })

  test('T5 names are text, whatever is in them', async () => {
    await using scene = await openHttp()
    const evil = `</title><script>alert(1)</script>"'><img src=x onerror=alert(1)>`
    await scene.store.commit(async (tx) => {
      await tx.updateTable('brands').set({ name: evil }).where('slug', '=', 'here').execute()
      await tx.updateTable('departments').set({ name: evil }).execute()
      await tx
        .updateTable('sites')
        .set({ key: '"><script>x', language: '"><blink' })
        .where('kind', '=', 'portal')
        .execute()
    })
    await scene.directory.reload()
    for (const page of [
      '/portal/here',
      '/portal/here/contact',
      '/portal',
      '/portal/here/help/nothing',
    ]) {
      const { body } = await get(scene, page)
      expect(body).not.toContain('<script>')
      expect(body).not.toContain('<img')
      expect(body).not.toContain('<blink')
    }
  })

  test('T5 only what the template made is markup', () => {
    expect(
      html`<p title="${'"\'&<>'}">${'<b>'}${html`<i>${1}</i>`}${[html`a`, html`b`]}</p>`.html,
    ).toBe('<p title="&quot;&#39;&amp;&lt;&gt;">&lt;b&gt;<i>1</i>ab</p>')
  })
})

describe('C5 the portal’s language', () => {
  const asked = (scene: HttpScene, page: string, languages: string) =>
    get(scene, page, { 'accept-language': languages })
  const set = async (scene: HttpScene, more: object) => {
    await scene.store.commit((tx) =>
      tx.updateTable('sites').set(more).where('kind', '=', 'portal').execute(),
    )
    await scene.directory.reload()
  }

  test('C5 it is the visitor’s, from the right where that is so written, departments with it', async () => {
    await using scene = await openHttp()
    await scene.ask('ada', {
      method: 'PATCH',
      url: `/api/v1/departments/${scene.ids.departments.here}/form`,
      payload: { languages: { ar: { name: 'الدعم' } } },
    })
    await scene.ask('ada', {
      method: 'POST',
      url: '/api/v1/departments',
      payload: { brandId: scene.ids.brands.here, name: 'Orders', liveChat: true },
    })
    const contact = await asked(scene, '/portal/here/contact', 'ar-EG,en;q=0.5')
    expect(contact.body).toContain('<html lang="ar" dir="rtl">')
    expect(contact.body).toContain('اترك رسالة')
    expect(contact.body).toContain('الدعم')
    expect(contact.headers.vary).toBe('Accept-Language')
    expect((await asked(scene, '/portal', 'fr')).body).toContain('Aide')
    const found = await asked(scene, '/portal/here?q=chat', 'pl;q=0.4, de;q=0.9')
    expect(found.body).toMatch(
      /<html lang="de" dir="ltr">[\s\S]*<h2 id="articles-title">\w+ Artikel</,
    )
    // What the team wrote is not ours to translate: it says what it is written in.
    const article = await asked(scene, '/portal/here/help/privacy', 'he')
    expect(article.body).toContain('<html lang="he" dir="rtl">')
    expect(article.body).toContain('<article lang="en" dir="auto">')
    // C4 what is wrong with a letter is said in it as well.
    const wrong = await scene.app.inject({
      method: 'POST',
      url: '/portal/here/contact',
      headers: {
        host: HOST,
        origin: ORIGIN,
        'content-type': 'application/x-www-form-urlencoded',
        'accept-language': 'de',
      },
      payload: 'name=Kim&email=kim&text=Hallo',
    })
    expect(wrong.body).toContain('Das ist keine E-Mail-Adresse.')
  })

  test('C5 the site’s choice comes before the browser’s wish, its language after it', async () => {
    await using scene = await openHttp()
    const speaks = async (languages: string) =>
      /lang="(\w+)"/.exec((await asked(scene, '/portal/here', languages)).body)?.[1]
    expect(await speaks('ko')).toBe('en')
    await set(scene, { language: 'sv' })
    expect([await speaks('ko'), await speaks(''), await speaks('en')]).toEqual(['sv', 'sv', 'en'])
    await set(scene, { visitor_language: 'ja' })
    expect(await speaks('fr')).toBe('ja')
  })
})

describe('C4 a message left on the portal', () => {
  const LETTER = {
    id: 'letter-00000001',
    name: 'Kim <b>',
    email: 'kim@example.com',
    text: 'Do you repair umbrellas?',
  }
  const post = (scene: HttpScene, more: Record<string, string> = {}, origin = ORIGIN) =>
    scene.app.inject({
      method: 'POST',
      url: '/portal/here/contact',
      headers: { host: HOST, origin, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...LETTER, ...more }).toString(),
    })
  const left = (scene: HttpScene) =>
    scene.store.read((db) => db.selectFrom('offline_messages').selectAll().execute())

  test('C4 it is stored once, however often it is sent, and thanked for', async () => {
    await using scene = await openHttp()
    expect((await get(scene, '/portal/here/contact')).body).toContain('Leave a message')
    const answers = [await post(scene), await post(scene)]
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303])
    const next = String(answers[0]?.headers.location)
    expect((await get(scene, next)).body).toContain('Your message has arrived')
    expect(await left(scene)).toMatchObject([
      {
        site_id: scene.ids.sites.portal,
        department_id: scene.ids.departments.here,
        name: 'Kim <b>',
        email: 'kim@example.com',
        text: 'Do you repair umbrellas?',
        visitor_id: null,
      },
    ])
  })

  test('C4 what is wrong is said, and what was written is kept', async () => {
    await using scene = await openHttp()
    const wrong = await post(scene, { email: 'nobody' })
    expect(wrong.statusCode).toBe(400)
    expect(wrong.body).toContain('That is not an email address')
    expect(wrong.body).toContain('value="Kim &lt;b&gt;"')
    expect(wrong.body).toContain('Do you repair umbrellas?</textarea>')
    expect((await post(scene, { text: 'x'.repeat(4_001) })).statusCode).toBe(400)
    const empty = await post(scene, { name: ' ', text: ' ' })
    expect(empty.statusCode).toBe(400)
    expect(empty.body.match(/aria-invalid="true"/g)).toHaveLength(2)
    expect(empty.body.match(/ autofocus/g)).toHaveLength(1)
    expect(await left(scene)).toEqual([])
  })

  test('T5 not from another website, not by a machine, not where the portal is off', async () => {
    await using scene = await openHttp()
    expect((await post(scene, {}, 'https://evil.example')).statusCode).toBe(403)
    expect((await post(scene, {}, 'null')).statusCode).toBe(403)
    expect((await post(scene, { website: 'https://spam.example' })).statusCode).toBe(303)
    await scene.ask('ada', {
      method: 'PATCH',
      url: `/api/v1/sites/${scene.ids.sites.portal}`,
      payload: { off: true },
    })
    expect((await post(scene)).statusCode).toBe(404)
    expect((await get(scene, '/portal/here/contact')).body).not.toContain('Leave a message')
    expect(await left(scene)).toEqual([])
  })

  test('T24 a form is read there and nowhere else', async () => {
    await using scene = await openHttp()
    const elsewhere = await scene.app.inject({
      method: 'POST',
      url: '/api/v1/sign-in',
      headers: {
        host: HOST,
        origin: ORIGIN,
        'x-beckon': '1',
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: 'email=a&password=b',
    })
    expect(elsewhere.statusCode).toBe(400)
  })
})

describe('first run', () => {
  const PERSON = {
    name: 'Ada Lovelace',
    chatName: 'Ada',
    email: 'Ada@Example.com',
    password: 'otter canal violin seven',
  }
  async function openFresh() {
    const scene = await openHttp({ empty: true })
    const setUp = (code: string | undefined, more: object = {}) =>
      scene.app.inject({
        method: 'POST',
        url: '/api/v1/setup',
        headers: { host: HOST, origin: ORIGIN, 'x-beckon': '1' },
        payload: { code: code ?? '', ...PERSON, ...more },
      })
    return Object.assign(scene, { setUp })
  }

  test('R the code makes the administrator, signs them in, and works once', async () => {
    await using scene = await openFresh()
    const before = { needed: true, name: 'Beckon', signedIn: false, resetByMail: false }
    expect((await get(scene, '/api/v1/setup')).json()).toEqual(before)
    const code = scene.setup.code()
    const answer = await scene.setUp(code?.toLowerCase().replaceAll('-', ' '))
    expect(answer.statusCode).toBe(200)
    expect(answer.json().agent).toMatchObject({
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      roles: expect.arrayContaining(['agent', 'administrator']),
    })
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
    expect((await get(scene, '/api/v1/me', { cookie })).statusCode).toBe(200)
    expect((await get(scene, '/api/v1/setup', { cookie })).json().signedIn).toBe(true)
    expect((await get(scene, '/api/v1/setup')).json().signedIn).toBe(false)
    const { items } = (await get(scene, '/api/v1/sites', { cookie })).json()
    expect(items.map((site: { kind: string }) => site.kind).sort()).toEqual(['portal', 'website'])
    expect((await get(scene, '/api/v1/setup')).json().needed).toBe(false)
    expect((await scene.setUp(code)).json().code).toBe('already_set_up')
    expect((await get(scene, '/portal')).headers.location).toBe('/portal/main')
  })

  test('S1 the portal begins with its live chat link, and its pages point to the button', async () => {
    await using scene = await openFresh()
    await scene.setUp(scene.setup.code())
    const { sites, links } = scene.directory.now
    const portal = [...sites.values()].find(({ kind }) => kind === 'portal')
    const [link] = links.values()
    expect(links.size).toBe(1)
    expect(link).toMatchObject({ siteId: portal?.id, type: 'button', style: DEFAULT_STYLE })
    expect(portal?.mainLinkId).toBe(link?.id)
    for (const page of ['/portal/main', '/portal/main/contact']) {
      expect((await get(scene, page)).body).toContain('the chat button on this page')
    }
    await scene.store.commit((tx) => tx.updateTable('sites').set({ main_link_id: null }).execute())
    await scene.directory.reload()
    for (const page of ['/portal/main', '/portal/main/contact']) {
      expect((await get(scene, page)).body).not.toContain('the chat button')
    }
  })

  test('R a weak password keeps the code good', async () => {
    await using scene = await openFresh()
    expect(
      (await scene.setUp(scene.setup.code(), { password: 'passwordpassword' })).json().code,
    ).toBe('bad_input')
    expect((await scene.setUp(scene.setup.code())).statusCode).toBe(200)
  })

  test('T12 a wrong code makes nobody, and guessing ends', async () => {
    await using scene = await openFresh()
    const answers: string[] = []
    for (let i = 0; i < 14; i++)
      answers.push((await scene.setUp(`AAAA-BBBB-${1000 + i}`)).json().code)
    expect(answers.filter((code) => code === 'wrong_code')).toHaveLength(10)
    expect(answers.at(-1)).toBe('rate_limited')
    expect((await get(scene, '/api/v1/setup')).json().needed).toBe(true)
  })

  test('I13 two at once make one administrator', async () => {
    await using scene = await openFresh()
    const code = scene.setup.code()
    const answers = await Promise.all([
      scene.setUp(code),
      scene.setUp(code, { email: 'other@example.com' }),
    ])
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409])
    expect(scene.directory.now.agents.size).toBe(1)
  })
})
