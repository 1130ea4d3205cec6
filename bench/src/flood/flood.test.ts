import { expect, test } from 'vitest'
import { loopbackOf } from '../loopback.ts'
import { kindOf, parsePeople } from '../people.ts'
import { random } from '../random.ts'
import { helpText, readAsked } from './asked.ts'
import { isThisMachine, refusalOf } from './target.ts'

test.each([
  ['http://localhost:4000', true],
  ['http://127.0.3.9:4000', true],
  ['http://[::1]:4000', true],
  ['http://127.0.0.1.example:4000', false],
  ['http://localhost.example', false],
  ['http://10.0.0.1', false],
  ['https://shop.example', false],
  // Written otherwise it is the same address, and the URL says so.
  ['http://2130706433', true],
  ['http://0.0.0.0:4000', false],
])('%s is this machine: %s', (server, is) => {
  expect(isThisMachine(server)).toBe(is)
})

test('another machine is flooded only when it is named and the name typed once more', async () => {
  const asked: string[] = []
  const types = (answer: string) => async (question: string) => {
    asked.push(question)
    return answer
  }
  const there = ['http://localhost:4000', 'https://chat.example']
  expect(await refusalOf(there.slice(0, 1), undefined, undefined)).toBeUndefined()
  expect(await refusalOf(there, undefined, types('chat.example'))).toContain(
    '--beyond chat.example',
  )
  expect(await refusalOf(there, 'other.example', types('chat.example'))).toContain('--beyond')
  expect(asked).toEqual([])
  expect(await refusalOf(there, 'chat.example', undefined)).toContain('at a terminal')
  expect(await refusalOf(there, 'chat.example', types('yes'))).toBe('Nothing was sent.')
  expect(await refusalOf(there, 'chat.example', types('chat.example\n'))).toBeUndefined()
})

test.each([
  [['--visitors', '60001'], '--visitors is a whole number from 1 to 60000.'],
  [['--seconds', 'forever'], '--seconds is a whole number from 1 to 3600.'],
  [['--server', 'localhost:4000', '--site', 'k'], 'not “localhost:4000”'],
  [['--server', 'http://localhost:4000'], '--site KEY'],
  [['--people', 'robot=1'], '--people is a list'],
  [['--people', 'reader=0'], '--people is a list'],
  [['--vistors', '5'], '--vistors'],
])('%j is refused with a sentence', (args, sentence) => {
  expect(readAsked(args)).toEqual({ refused: expect.stringContaining(sentence) })
})

test('what is not asked for is bounded, and the help names every option', () => {
  expect(readAsked(['--visitors', '3000'])).toMatchObject({ visitors: 3_000, ramp: 10, nodes: 1 })
  expect(readAsked(['--help'])).toBe('help')
  for (const name of ['visitors', 'seconds', 'ramp', 'server', 'beyond', 'FLOOD_PASSWORD'])
    expect(helpText()).toContain(name)
})

test('people come by their weights', () => {
  const people = parsePeople('reader=3, asker=1')
  if (!people) throw new Error('not read')
  const chance = random(7)
  const came = Array.from({ length: 4_000 }, () => kindOf(people, chance))
  expect(came.filter((kind) => kind === 'asker').length / 4_000).toBeCloseTo(0.25, 1)
  expect(came).not.toContain('bouncer')
})

test('fifty thousand clients have loopback addresses of their own, forty each', () => {
  const addresses = new Map<string, number>()
  for (let place = 0; place < 50_000; place++) {
    const address = loopbackOf(place)
    addresses.set(address, (addresses.get(address) ?? 0) + 1)
  }
  expect(addresses.size).toBe(1_250)
  expect(Math.max(...addresses.values())).toBe(40)
  for (const address of addresses.keys()) expect(address).toMatch(/^127\.0\.\d+\.\d+$/)
})
