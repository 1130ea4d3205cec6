import type { AgentId, ChatId, VisitorId } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import type { Announcement, Bus } from './bus.ts'

/**
 * What every bus keeps, whatever carries it. `elsewhere`: the buses of other nodes, none where there
 * is one process. `settle` waits until published words have arrived.
 */
export function busLaws(
  name: string,
  open: () => Promise<{
    bus: Bus
    elsewhere?: readonly Bus[]
    settle(): Promise<void>
    close(): Promise<void>
  }>,
) {
  const standing = (n: number): Announcement => ({
    type: 'standing',
    agentId: `agent-${n}` as AgentId,
  })

  describe(`${name} keeps the laws of a bus`, () => {
    test('every listener hears everything, in order', async () => {
      const { bus, settle, close } = await open()
      const heard: [Announcement[], Announcement[]] = [[], []]
      bus.subscribe((word) => heard[0].push(word))
      bus.subscribe((word) => heard[1].push(word))
      const words = Array.from({ length: 50 }, (_, n) => standing(n))
      for (const word of words) bus.publish(word)
      await settle()
      expect(heard).toEqual([words, words])
      await close()
    })

    test('who unsubscribes hears no more, the others go on', async () => {
      const { bus, settle, close } = await open()
      const heard: Announcement[] = []
      const stop = bus.subscribe(() => heard.push(standing(0)))
      bus.subscribe((word) => heard.push(word))
      stop()
      stop()
      bus.publish(standing(7))
      await settle()
      expect(heard).toEqual([standing(7)])
      await close()
    })

    test("a listener's fault reaches neither publisher nor the next listener", async () => {
      const { bus, settle, close } = await open()
      const heard: Announcement[] = []
      bus.subscribe(() => {
        throw new Error('broken listener')
      })
      bus.subscribe((word) => heard.push(word))
      expect(() => bus.publish(standing(1))).not.toThrow()
      await settle()
      expect(heard).toEqual([standing(1)])
      await close()
    })

    test('every node hears every other in the order it published, and itself once', async () => {
      const { bus, elsewhere = [], settle, close } = await open()
      const all = [bus, ...elsewhere]
      const heard = all.map(() => [] as Announcement[])
      for (const [at, one] of all.entries()) one.subscribe((word) => heard[at]?.push(word))
      const words = all.map((_, at) => Array.from({ length: 40 }, (_, n) => standing(100 * at + n)))
      for (let n = 0; n < 40; n++) {
        for (const [at, one] of all.entries()) one.publish(words[at]?.[n] as Announcement)
        if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
      await settle()
      for (const ofOne of heard) {
        expect(ofOne).toHaveLength(40 * all.length)
        for (const own of words)
          expect(ofOne.filter((word) => own.some((one) => isSame(one, word)))).toEqual(own)
      }
      await close()
    })

    test('whoever listens can tell what was done on another node', async () => {
      const { bus, elsewhere = [], settle, close } = await open()
      const heard = [bus, ...elsewhere].map((one) => {
        const from: unknown[] = []
        one.subscribe((_word, where) => from.push(where))
        return from
      })
      bus.publish(standing(1))
      await settle()
      expect(heard).toEqual([[undefined], ...elsewhere.map(() => ['elsewhere'])])
      await close()
    })

    test('publishing from a listener is heard too', async () => {
      const { bus, settle, close } = await open()
      const heard: string[] = []
      bus.subscribe((word) => {
        heard.push(word.type)
        if (word.type === 'chat') bus.publish(standing(1))
      })
      bus.publish({
        type: 'chat',
        chatId: 'chat-0001' as ChatId,
        brandId: 'brand-01' as never,
        visitorId: 'visitor1' as VisitorId,
      })
      await settle()
      expect(heard).toEqual(['chat', 'standing'])
      await close()
    })
  })
}

const isSame = (one: Announcement, other: Announcement): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
