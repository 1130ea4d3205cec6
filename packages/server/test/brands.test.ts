import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../src/ids.ts'
import { HOST, type HttpScene, openHttp } from './open-http.ts'

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
const portal = async (url: string) =>
  (await scene.app.inject({ url, headers: { host: HOST } })).body

describe('W14 brands', () => {
  test('W14 a brand comes with its portal and a chat button there', async () => {
    const { status, body } = await ask('POST', '/brands', { name: ' Zoë & Söhne ' })
    expect([status, body]).toEqual([
      201,
      {
        id: expect.any(String),
        name: 'Zoë & Söhne',
        slug: 'zoe-sohne',
        accent: null,
        logoText: null,
      },
    ])
    const { items } = (await ask('GET', '/sites')).body
    const site = items.find((one: { brandId: string }) => one.brandId === body.id)
    expect(site).toMatchObject({ kind: 'portal', mainLinkId: expect.any(String) })
    expect(await portal('/portal/zoe-sohne')).toContain(`data-site="${site.key}"`)
    expect((await ask('DELETE', `/brands/${body.id}`)).status).toBe(204)
    expect((await ask('GET', `/sites/${site.id}`)).status).toBe(404)
  })

  test('W14 names and portal addresses belong to one brand', async () => {
    const { body } = await ask('POST', '/brands', { name: 'Twice' })
    expect(await ask('POST', '/brands', { name: 'tWICE ' })).toMatchObject({
      body: { code: 'name_taken' },
    })
    const second = await ask('POST', '/brands', { name: 'Twice!' })
    expect(second.body.slug).toBe('twice-2')
    expect(await ask('PATCH', `/brands/${second.body.id}`, { slug: 'twice' })).toMatchObject({
      body: { code: 'name_taken' },
    })
    for (const slug of ['', '-a', 'a/b', 'portal.css', 'A', 'a--b']) {
      expect((await ask('PATCH', `/brands/${body.id}`, { slug })).status).toBe(400)
    }
    for (const id of [body.id, second.body.id]) await ask('DELETE', `/brands/${id}`)
  })

  test('W14 a portal wears its brand’s own look, and colours are readable on it', async () => {
    const id = scene.ids.brands.here
    expect((await ask('PATCH', `/brands/${id}`, { accent: 'red' })).status).toBe(400)
    await ask('PATCH', `/brands/${id}`, { accent: '#ffee00', logoText: '<b>NW</b>' })
    const page = await portal('/portal/here')
    expect(page).toContain('/portal/here/look.css')
    expect(page).toContain('&lt;b&gt;NW&lt;/b&gt;')
    const look = await portal('/portal/here/look.css')
    // Yellow on white is darkened until one can read it; at night it may shine.
    expect(look).toContain('--accent: rgb(127,119,0)')
    expect(look).toContain('--accent: rgb(255,238,0)')
    expect(await portal('/portal/away')).not.toContain('look.css')
    await ask('PATCH', `/brands/${id}`, { accent: null, logoText: null })
    expect(await portal('/portal/here')).not.toContain('look.css')
  })

  test('W14 a brand that something belongs to is not deleted', async () => {
    const { away } = scene.ids.brands
    expect(await ask('DELETE', `/brands/${away}`)).toMatchObject({ body: { code: 'in_use' } })
    const { body } = await ask('POST', '/brands', { name: 'Visited' })
    await scene.store.commit((tx) =>
      tx
        .insertInto('visitors')
        .values({
          id: newId(),
          brand_id: body.id,
          attributes: '{}',
          visits: 1,
          first_seen_at: 1,
          last_seen_at: 1,
        } as never)
        .execute(),
    )
    expect(await ask('DELETE', `/brands/${body.id}`)).toMatchObject({ body: { code: 'in_use' } })
  })

  test('W14 the last brand stays', async () => {
    await using alone = await openHttp()
    const remove = async (path: string) =>
      (await alone.ask('ada', { method: 'DELETE', url: `/api/v1${path}` })).statusCode
    const { ids } = alone
    for (const path of [
      `/departments/${ids.departments.away}`,
      `/sites/${ids.sites.away}`,
      `/brands/${ids.brands.away}`,
      `/departments/${ids.departments.here}`,
      `/sites/${ids.sites.here}`,
    ]) {
      expect([path, await remove(path)]).toEqual([path, 204])
    }
    expect(await remove(`/brands/${ids.brands.here}`)).toBe(409)
  })

  test('W14 a website and a department stay in their brand', async () => {
    const { away } = scene.ids.brands
    for (const path of [
      `/sites/${scene.ids.sites.here}`,
      `/departments/${scene.ids.departments.here}`,
    ]) {
      expect(await ask('PATCH', path, { brandId: away })).toMatchObject({
        body: { code: 'bad_input' },
      })
    }
  })
})
