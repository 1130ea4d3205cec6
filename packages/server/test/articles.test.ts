import type { ArticleView } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { HOST, type HttpScene, openHttp } from './open-http.ts'
import { granted, openWhole } from './whole.ts'

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

test('a visitor’s question and the agent beside the chat are shown what may answer it', async () => {
  await using whole = await openWhole()
  const cookie = await whole.signIn()
  const ask = async (path: string, body?: object) => {
    const answer = await fetch(`${whole.app.url}/api/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        cookie,
        origin: whole.app.url,
        'x-beckon': '1',
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    return (await answer.json()) as { items: { title: string; url: string }[] }
  }
  const kim = await whole.visitor()
  const asked = async (text: string) => {
    kim.heard.splice(0)
    kim.say({ type: 'articles.ask', text })
    const answer = await kim.until('articles', () =>
      kim.heard.find((one) => one.type === 'articles'),
    )
    return answer.type === 'articles' ? answer.found.map(({ title }) => title) : []
  }
  // Those that come with Beckon are on the portal, but nobody is sent to them.
  expect(await asked('What do you see of my privacy?')).toEqual([])
  await ask('/articles', { title: 'Umbrella repairs', body: 'We mend handles.', published: true })
  await ask('/articles', { title: 'Raincoat repairs', body: 'Not yet.', published: false })
  expect(await asked('Do you repair umbrellas?')).toEqual(['Umbrella repairs'])

  await (await whole.agent(cookie)).ask({ type: 'availability.set', available: true })
  const { chatId } = granted(
    await kim.ask({ type: 'chat.start', text: 'Do you repair umbrellas?' }),
  )
  const { items } = await ask(`/chats/${chatId}/articles`)
  expect(items.map(({ title }) => title)).toEqual(['Umbrella repairs'])
  expect((await fetch(items[0]?.url ?? '')).status).toBe(200)
})
