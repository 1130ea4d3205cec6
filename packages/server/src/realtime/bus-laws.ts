import type { AgentId, ChatId, VisitorId } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import type { Announcement, Bus } from './bus.ts'

/** What every bus keeps, whatever carries it. `settle` waits until published words have arrived. */
export function busLaws(
  name: string,
  open: () => Promise<{ bus: Bus; settle(): Promise<void>; close(): Promise<void> }>,
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
