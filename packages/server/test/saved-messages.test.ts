import type { SavedMessageView } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { type HttpScene, openHttp, type Person } from './open-http.ts'

const path = '/api/v1/saved-messages'
const asking = (http: HttpScene) => ({
  async save(person: Person, body: object) {
    const answer = await http.ask(person, { method: 'POST', url: path, payload: body })
    return { status: answer.statusCode, ...(answer.json() as SavedMessageView & { code?: string }) }
  },
  async change(person: Person, id: string, body: object) {
    const url = `${path}/${id}`
    const answer = await http.ask(person, { method: 'PATCH', url, payload: body })
    return { status: answer.statusCode, ...(answer.json() as SavedMessageView & { code?: string }) }
  },
  async remove(person: Person, id: string) {
    return (await http.ask(person, { method: 'DELETE', url: `${path}/${id}` })).statusCode
  },
  async list(person: Person) {
    const answer = await http.ask(person, { method: 'GET', url: path })
    return (answer.json() as { items?: SavedMessageView[] }).items ?? answer.statusCode
  },
})
const names = (list: SavedMessageView[] | number) =>
  typeof list === 'number' ? list : list.map(({ name }) => name)

test('W13 an agent’s own are theirs; managers share with their brand; nobody else sees either', async () => {
  await using http = await openHttp()
  const { save, change, remove, list } = asking(http)
  const own = await save('otto', {
    name: 'Sizes',
    text: 'Shall I work yours out, #displayname|there#?',
  })
  expect(own).toMatchObject({ status: 201, shared: false, mine: true, usedAt: null })
  expect(await save('otto', { name: 'Team', text: 'Hi', shared: true })).toMatchObject({
    status: 403,
    code: 'not_allowed',
  })
  const shared = await save('mia', { name: 'Hello', text: 'Hello!', shared: true, language: 'pl' })
  expect(shared).toMatchObject({ status: 201, shared: true, language: 'pl' })
  expect(names(await list('otto'))).toEqual(['Hello', 'Sizes'])
  expect(names(await list('mia'))).toEqual(['Hello'])
  expect(names(await list('gus'))).toEqual([])
  expect(await list('adam')).toBe(403)

  expect(await change('otto', shared.id, { text: 'Mine' })).toMatchObject({ status: 403 })
  expect(await change('gus', shared.id, { text: 'Mine' })).toMatchObject({ status: 404 })
  expect(await change('mia', own.id, { text: 'Mine' })).toMatchObject({ status: 404 })
  expect(await remove('gus', own.id)).toBe(404)
  expect(await remove('otto', own.id)).toBe(204)
  expect(await change('mia', shared.id, { shared: false })).toMatchObject({ shared: false })
  expect(names(await list('otto'))).toEqual([])
})

test('W13 what was taken last is remembered per agent; each agent and each brand has one standard', async () => {
  await using http = await openHttp()
  const { save, change, list } = asking(http)
  const one = await save('mia', { name: 'One', text: '1', shared: true, standard: true })
  const two = await save('mia', { name: 'Two', text: '2', shared: true })
  expect((await change('mia', two.id, { standard: true })).standard).toBe(true)
  const mine = await save('otto', { name: 'Mine', text: '3', standard: true })
  http.clock.advance(5_000)
  const used = await http.ask('otto', { method: 'POST', url: `${path}/${one.id}/used` })
  expect(used.statusCode).toBe(204)
  const seen = (await list('otto')) as SavedMessageView[]
  expect(seen.map(({ name, standard, usedAt }) => [name, standard, usedAt !== null])).toEqual([
    ['Mine', true, false],
    ['One', false, true],
    ['Two', true, false],
  ])
  // Taken back, or shared no more, it begins nobody's invitations.
  expect((await change('otto', mine.id, { standard: false })).standard).toBe(false)
  const kept = await change('mia', two.id, { shared: false })
  expect(kept).toMatchObject({ shared: false, standard: false })
  expect(names(await list('otto'))).toEqual(['Mine', 'One'])
  const others = (await list('mia')) as SavedMessageView[]
  expect(others.every(({ usedAt }) => usedAt === null)).toBe(true)
  const foreign = await http.ask('gus', { method: 'POST', url: `${path}/${mine.id}/used` })
  expect(foreign.statusCode).toBe(404)
})

test('W13 a site of another brand, an empty text and one too many are refused', async () => {
  await using http = await openHttp()
  const { save } = asking(http)
  const away = http.ids.sites.away
  expect((await save('otto', { name: 'A', text: 'B', siteId: away })).status).toBe(400)
  expect((await save('otto', { name: 'A', text: '  ' })).status).toBe(400)
  expect((await save('otto', { name: 'A', text: 'x'.repeat(8_001) })).status).toBe(400)
  for (let count = 0; count < 200; count++) await save('otto', { name: `M${count}`, text: 'x' })
  expect(await save('otto', { name: 'More', text: 'x' })).toMatchObject({
    status: 409,
    code: 'too_many_messages',
  })
})
