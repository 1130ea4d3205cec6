import { expect, test } from 'vitest'
import { carriers } from './carriers.ts'

function scene(tries: number) {
  const made: EventTarget[] = []
  const streams: string[] = []
  const next = carriers({
    tries,
    stream(address) {
      streams.push(address)
      return {} as never
    },
    socket() {
      made.push(new EventTarget())
      return made.at(-1) as WebSocket
    },
  })
  return { next: () => next('ws://test/ws/visitor'), made, streams }
}

test('§7 after so many WebSockets without a word it is a stream, and stays one', () => {
  const it = scene(2)
  for (let n = 0; n < 5; n++) it.next()
  expect(it.made).toHaveLength(2)
  expect(it.streams).toHaveLength(3)
})

test('§7 a word on a WebSocket proves that they are not blocked, whatever comes later', () => {
  const it = scene(1)
  it.next()
  it.made[0]?.dispatchEvent(new Event('message'))
  for (let n = 0; n < 5; n++) it.next()
  expect(it.made).toHaveLength(6)
  expect(it.streams).toEqual([])
})

test('§7 where they were blocked not long ago none is tried', () => {
  const it = scene(0)
  it.next()
  expect(it.made).toEqual([])
  expect(it.streams).toEqual(['ws://test/ws/visitor'])
})
