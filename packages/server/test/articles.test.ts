import type { ArticleView } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { HOST, type HttpScene, openHttp } from './open-http.ts'

type Person = Parameters<HttpScene['ask']>[0]

const write = async (scene: HttpScene, by: Person, payload: object) => {
  const answer = await scene.ask(by, { method: 'POST', url: '/api/v1/articles', payload })
  return { status: answer.statusCode, ...(answer.json() as ArticleView & { code?: string }) }
}
const read = async (scene: HttpScene, path: string) =>
  (await scene.app.inject({ url: `/portal/here${path}`, headers: { host: HOST } })).body

test('an article is a draft, then on the portal and found, then gone', async () => {
  await using scene = await openHttp()
  const brandId = scene.ids.brands.here
  expect(await read(scene, '')).toContain('How chatting with us works')
  const article = await write(scene, 'ada', {
    brandId,
    title: 'Returning a bicycle <b>',
    lead: 'Within 30 days.',
    body: '## Parcel\n\nSend it **back** to us. <script>alert(1)</script>',
  })
  expect(article).toMatchObject({ status: 201, slug: 'returning-a-bicycle-b', published: false })
  expect(article.url).toBe('http://localhost:4000/portal/here/help/returning-a-bicycle-b')
  expect(await read(scene, '')).not.toContain('Returning')

  const change = { method: 'PATCH' as const, url: `/api/v1/articles/${article.id}` }
  await scene.ask('ada', { ...change, payload: { published: true } })
  const home = await read(scene, '')
  expect(home).toContain('Returning a bicycle &lt;b&gt;')
  // Its own ones take the place of those that come with Beckon.
  expect(home).not.toContain('How chatting with us works')
  const page = await read(scene, '/help/returning-a-bicycle-b')
  expect(page).toContain('<h2>Parcel</h2><p>Send it <strong>back</strong> to us.')
  expect(page).toContain('&lt;script&gt;alert(1)')
  expect(await read(scene, '?q=parc')).toContain('One article')
  expect(await read(scene, '?q=%3Cb%3Enothing')).toContain('value="&lt;b&gt;nothing"')
  expect(await read(scene, '?q=nothing')).toContain('Nothing found')

  await scene.ask('ada', { method: 'DELETE', url: `/api/v1/articles/${article.id}` })
  expect(await read(scene, '/help/returning-a-bicycle-b')).toContain('This page is not here')
  expect(await read(scene, '')).toContain('How chatting with us works')
})

test('an address is taken once in a brand; made from the title it finds a free one', async () => {
  await using scene = await openHttp()
  const draft = (more: object) =>
    write(scene, 'ada', {
      brandId: scene.ids.brands.here,
      title: 'Delivery',
      body: 'Two days.',
      ...more,
    })
  expect((await draft({})).slug).toBe('delivery')
  expect((await draft({})).slug).toBe('delivery-2')
  expect(await draft({ slug: 'delivery' })).toMatchObject({ status: 409, code: 'name_taken' })
  expect(await draft({ brandId: scene.ids.brands.away })).toMatchObject({ slug: 'delivery' })
  expect(await draft({ slug: 'Not An Address' })).toMatchObject({ code: 'bad_input' })
  expect(await draft({ body: ' ' })).toMatchObject({ code: 'bad_input' })
})

test('the preview is what the portal shows', async () => {
  await using scene = await openHttp()
  const answer = await scene.ask('ada', {
    method: 'POST',
    url: '/api/v1/articles/preview',
    payload: { body: 'A [link](https://example.com)' },
  })
  expect(answer.json()).toEqual({
    nodes: [
      {
        tag: 'p',
        inner: ['A ', { tag: 'a', href: 'https://example.com', inner: ['link'] }],
      },
    ],
  })
})
