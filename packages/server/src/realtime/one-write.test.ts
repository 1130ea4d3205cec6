import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { inOneWrite } from './one-write.ts'

/** Keeps how many chunks each write had. */
function pipeOf(writes: number[]): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => {
      writes.push(1)
      done()
    },
    writev: (chunks, done) => {
      writes.push(chunks.length)
      done()
    },
  })
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('what follows in the same turn leaves together, and the next turn by itself', async () => {
  const writes: number[] = []
  const pipe = pipeOf(writes)
  const say = (text: string) => {
    inOneWrite(pipe)
    pipe.write(text)
  }
  say('acknowledged')
  await Promise.resolve().then(() => say('message'))
  process.nextTick(() => say('late'))
  await turn()
  expect(writes[0]).toBe(2)
  expect(writes.reduce((sum, chunks) => sum + chunks, 0)).toBe(3)
  expect(pipe.writableCorked).toBe(0)
})

test('much in one turn is not held back, so nobody looks slow for it', () => {
  const writes: number[] = []
  const pipe = pipeOf(writes)
  for (let n = 0; n < 40; n++) {
    inOneWrite(pipe)
    pipe.write('x'.repeat(4_096))
    expect(pipe.writableLength).toBeLessThan(80 * 1_024)
  }
})
