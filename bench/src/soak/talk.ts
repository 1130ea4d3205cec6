import type { ChatId } from '@beckon/protocol'
import { type Histogram, histogram } from '../histogram.ts'
import type { SimulatedAgent } from '../simulated-agent.ts'
import type { Ledger } from './ledger.ts'
import type { ShopPage } from './shop-page.ts'
import { until } from './wait.ts'

let count = 0

/** Takes the chats of these pages, so that the agent may write in them. */
export async function takeChats(agent: SimulatedAgent, pages: readonly ShopPage[]): Promise<void> {
  for (const { chatId } of pages) {
    if (chatId) await agent.ask({ type: 'chat.take', chatId })
  }
}

/** An agent says something in each chat in turn; how long until each page showed it. */
export async function speak(
  agent: SimulatedAgent,
  asked: { pages: readonly ShopPage[]; ledger: Ledger; times: number },
): Promise<Histogram> {
  const took = histogram()
  for (let time = 0; time < asked.times; time++) {
    for (const { chatId } of asked.pages) {
      if (chatId) took.add(await sayOnce(agent, asked.ledger, chatId))
    }
  }
  return took
}

async function sayOnce(agent: SimulatedAgent, ledger: Ledger, chatId: ChatId): Promise<number> {
  count += 1
  const message = {
    type: 'message.send',
    id: `agent-said-${count}`,
    chatId,
    text: `agent ${count}`,
  } as const
  ledger.sent.set(message.id, message.text)
  const from = performance.now()
  const { seq } = await agent.ask(message)
  ledger.acknowledge(message.id, { chatId, seq })
  await until(
    'the page shows what the agent said',
    () => ledger.seen.get(chatId)?.has(seq) ?? false,
  )
  return performance.now() - from
}
