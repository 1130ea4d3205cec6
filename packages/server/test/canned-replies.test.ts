import type { CannedReplyView } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { type HttpScene, openHttp, type Person } from './open-http.ts'

const path = '/api/v1/canned-replies'
type Answer = CannedReplyView & { status: number; code?: string; message?: string }
const asking = (http: HttpScene) => {
  const ask = async (person: Person, method: 'POST' | 'PATCH', url: string, payload: object) => {
    const answer = await http.ask(person, { method, url, payload })
    return { status: answer.statusCode, ...(answer.json() as object) } as Answer
  }
  return {
    save: (person: Person, body: object) => ask(person, 'POST', path, body),
    change: (person: Person, id: string, body: object) =>
      ask(person, 'PATCH', `${path}/${id}`, body),
    async remove(person: Person, id: string) {
      return (await http.ask(person, { method: 'DELETE', url: `${path}/${id}` })).statusCode
    },
    async list(person: Person) {
      const answer = await http.ask(person, { method: 'GET', url: path })
      const { items } = answer.json() as { items?: CannedReplyView[] }
      return items?.map(({ shortcut }) => shortcut) ?? answer.statusCode
    },
  }
}

test('C7 R an agent’s own are theirs; managers share with their brand; nobody else sees either', async () => {
  await using http = await openHttp()
  const { save, change, remove, list } = asking(http)
  const own = await save('otto', { name: 'Hours', shortcut: 'Hours', text: 'Until 19:00.' })
  expect(own).toMatchObject({
    status: 201,
    shortcut: 'hours',
    category: '',
    departmentId: null,
    shared: false,
    mine: true,
    usedAt: null,
  })
  const wish = { name: 'Stock', shortcut: 'stock', text: 'It is in stock.', shared: true }
  expect(await save('otto', wish)).toMatchObject({ status: 403, code: 'not_allowed' })
  const shared = await save('mia', { ...wish, category: ' Shop ', language: 'pl' })
  expect(shared).toMatchObject({ status: 201, shared: true, category: 'Shop', language: 'pl' })
  expect(await list('otto')).toEqual(['hours', 'stock'])
  expect(await list('mia')).toEqual(['stock'])
  expect(await list('gus')).toEqual([])
  expect(await list('adam')).toBe(403)

  expect(await change('otto', shared.id, { text: 'Mine' })).toMatchObject({ status: 403 })
  expect(await change('gus', shared.id, { text: 'Mine' })).toMatchObject({ status: 404 })
  expect(await change('mia', own.id, { text: 'Mine' })).toMatchObject({ status: 404 })
  expect(await remove('gus', own.id)).toBe(404)
  expect(await change('otto', own.id, { name: 'Open', category: 'Shop' })).toMatchObject({
    name: 'Open',
    shortcut: 'hours',
    category: 'Shop',
  })
  expect(await remove('otto', own.id)).toBe(204)
  expect(await change('mia', shared.id, { shared: false })).toMatchObject({ shared: false })
  expect(await list('otto')).toEqual([])
})

test('C7 a shortcut means one reply of an agent, and one of a brand; what it may not be is refused', async () => {
  await using http = await openHttp()
  const { save, change } = asking(http)
  const reply = (shortcut: string, more: object = {}) => ({
    name: 'A',
    shortcut,
    text: 'B',
    ...more,
  })
  expect(await save('otto', reply('bye'))).toMatchObject({ status: 201 })
  expect(await save('otto', reply('BYE'))).toMatchObject({
    status: 409,
    code: 'name_taken',
    message: 'Another reply has this shortcut already. Choose another one.',
  })
  // Another's own and the brand's are other lists.
  expect(await save('mia', reply('bye', { shared: true }))).toMatchObject({ status: 201 })
  const mine = await save('mia', reply('bye'))
  expect(mine.status).toBe(201)
  expect(await change('mia', mine.id, { shared: true })).toMatchObject({ code: 'name_taken' })
  expect((await change('mia', mine.id, { shortcut: 'tschüß', shared: true })).shared).toBe(true)
  for (const shortcut of ['', 'two words', 'a/b', 'a#b', 'x'.repeat(33)]) {
    expect([shortcut, (await save('otto', reply(shortcut))).status]).toEqual([shortcut, 400])
  }
  const { away, here } = http.ids.departments
  expect(await save('otto', reply('far', { departmentId: away }))).toMatchObject({
    status: 400,
    code: 'bad_input',
  })
  expect(await save('otto', reply('near', { departmentId: here }))).toMatchObject({
    status: 201,
    departmentId: here,
  })
})

test('C7 what was taken last is remembered per agent', async () => {
  await using http = await openHttp()
  const { save } = asking(http)
  const { id } = await save('mia', { name: 'A', shortcut: 'a', text: 'B', shared: true })
  const use = (person: Person) => http.ask(person, { method: 'POST', url: `${path}/${id}/used` })
  expect((await use('otto')).statusCode).toBe(204)
  expect((await use('gus')).statusCode).toBe(404)
  const usedAt = async (person: Person) =>
    ((await http.ask(person, { method: 'GET', url: path })).json() as { items: CannedReplyView[] })
      .items[0]?.usedAt
  expect([await usedAt('otto'), await usedAt('mia')]).toEqual([expect.any(Number), null])
})
