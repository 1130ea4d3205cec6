import type { PageCheck, SiteSignals, VisitorHello, VisitorServerFrame } from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aPage, CHROME } from './floor.ts'
import { openWhole, type Whole } from './whole.ts'
import { wireTo } from './wire.ts'

const SHOP = 'http://127.0.0.1:5999'

let whole: Whole
let cookie: string
beforeAll(async () => {
  whole = await openWhole()
  cookie = await whole.signIn()
})
afterAll(() => whole[Symbol.asyncDispose]())

const site = () => whole.site('website')
async function signals(): Promise<SiteSignals> {
  const { url } = whole.app
  const answer = await fetch(`${url}/api/v1/sites/${site().id}/signals`, { headers: { cookie } })
  return (await answer.json()) as SiteSignals
}
const check = (url: string) =>
  whole.rest<PageCheck>('POST', `/sites/${site().id}/page-check`, { url }, cookie)
/** The snippet of a page with a key of its own. */
async function refusedWith(key: string, origin = SHOP): Promise<string> {
  const wire = wireTo<VisitorHello, VisitorServerFrame>(
    `${whole.app.url.replace('http', 'ws')}/ws/visitor`,
    { origin, 'user-agent': CHROME },
  )
  wire.say({
    type: 'hello',
    v: 1,
    site: key,
    privacy: 'returning',
    page: aPage({ url: `${SHOP}/` }),
    visible: true,
    focused: true,
  })
  const { code } = await wire.next('refused')
  await wire.closed()
  return code
}

describe('W18 what the site page knows', () => {
  test('W18 a key that no site has is told to the sites of that website', async () => {
    expect((await signals()).wrongKey).toBeUndefined()
    expect(await refusedWith('st_old_copy')).toBe('not_found')
    expect((await signals()).wrongKey).toMatchObject({ key: 'st_old_copy' })
  })

  test('W18 an origin that was refused is told until it is allowed', async () => {
    const { key, origins, id } = site()
    const origin = 'https://www.shop.example'
    expect(await refusedWith(key, origin)).toBe('origin_refused')
    expect((await signals()).refusedOrigins).toMatchObject([{ origin, count: 1 }])
    await whole.rest('PATCH', `/sites/${id}`, { origins: [...origins, origin] }, cookie)
    expect((await signals()).refusedOrigins).toEqual([])
  })

  test('W18 a bot is no hit: it is told apart', async () => {
    const bot = await whole.visitor({ robot: true })
    const seen = await signals()
    expect(seen.botAt).toBeGreaterThan(0)
    expect(seen.lastHit).toBeNull()
    bot.socket.terminate()
  })

  test('W18 an administrator’s own visit is recognised, marked in the list, and its mark is gone', async () => {
    const { test: mine } = await signals()
    expect(mine?.seen).toBeUndefined()
    await whole.visitor({ page: aPage({ url: `${SHOP}/`, title: 'Somebody else' }) })
    expect((await signals()).test?.seen).toBeUndefined()

    const url = `${SHOP}/?${mine?.query}`
    const visitor = await whole.visitor({ page: aPage({ url, title: 'My shop' }) })
    expect((await signals()).test?.seen).toMatchObject({ title: 'My shop', bot: false })
    const console_ = await whole.agent(cookie)
    const { visit } = visitor.welcome
    const state = await console_.look({ topic: 'visit', visitId: visit })
    expect(state).toMatchObject({ row: { test: true, url: `${SHOP}/` } })
    expect(JSON.stringify(state)).not.toContain(mine?.query.split('=')[1])
  })
})

describe('W18 T10 the page as the server reads it', () => {
  test('W18 a page is read, and what is in the way is named', async () => {
    const { url } = whole.app
    const origins = [...site().origins, 'localhost', 'shop.example', '10.0.0.1', '127.0.0.1:22']
    await whole.rest('PATCH', `/sites/${site().id}`, { origins }, cookie)
    // The portal has a snippet of its own, which is not this site's.
    const found = await check(`${url}/portal/main`)
    expect(found).toMatchObject({ causes: [{ cause: 'wrong_key' }] })
    expect(await check(`${url}/portal/nobody`)).toMatchObject({
      causes: [{ cause: 'error_page', detail: '404' }],
    })
    expect(await check(`${url}/healthz`)).toMatchObject({ causes: [{ cause: 'not_a_page' }] })
  })

  test('T10 what nobody may ask is not asked', async () => {
    expect(await check('http://127.0.0.1:22/')).toMatchObject({
      causes: [{ cause: 'port_closed' }],
    })
    expect(await check('http://10.0.0.1/')).toMatchObject({ causes: [{ cause: 'not_public' }] })
    for (const url of ['http://elsewhere.example/', 'file:///etc/passwd', 'nonsense']) {
      await expect(check(url)).rejects.toThrow('must be on one of the allowed origins')
    }
  })
})
