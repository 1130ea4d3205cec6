import { setTimeout as pause } from 'node:timers/promises'
import type { ChatId, VisitorFrame, VisitorServerFrame } from '@beckon/protocol'
import { expect } from 'vitest'
import { random } from '../../../bench/src/random.ts'
import { signIn, simulatedAgent } from '../../../bench/src/simulated-agent.ts'
import { simulatedVisitor } from '../../../bench/src/simulated-visitor.ts'
import { openStore } from '../src/store/open-store.ts'
import { systemClock } from '../src/time/clock.ts'
import { openChild } from './child.ts'
import { OWNER } from './whole.ts'

/** Acknowledged between two kills: the process dies in the middle of writing, not of starting. */
const ACKNOWLEDGED = 150
/** Together in one breath, and how often: a little under the limit of 20 frames a second. */
const BREATH = 5
const BREATH_MS = 280
const ORIGIN = 'http://127.0.0.1:5999'

/** What a message was acknowledged as, by the id its sender gave it. */
type Acknowledged = Map<string, { seq: number; text: string; chatId: ChatId }>

/**
 * R1 I18: people write while the server is killed, again and again; nothing acknowledged is lost,
 * doubled or reordered.
 */
export async function killInTheMiddle({
  chats: chatCount,
  kills: killCount,
  databaseUrl,
}: {
  chats: number
  kills: number
  databaseUrl?: string | undefined
}): Promise<void> {
  await using child = await openChild(ORIGIN, databaseUrl)
  const rest = await signIn(child.base, OWNER.email, OWNER.password)
  // Chats begin only while somebody receives them.
  await simulatedAgent(child.base, rest.cookie)
  const { items } = await rest.get<{ items: { kind: string; key: string }[] }>('/sites')
  const site = items.find(({ kind }) => kind === 'website')?.key ?? ''
  const server = child.base.replace('http', 'ws')
  const acknowledged: Acknowledged = new Map()
  const chance = random(1_729)
  let over = false
  const writers = Array.from({ length: chatCount }, (_, n) =>
    write({ n, server, site, acknowledged, isOver: () => over }),
  )
  const failed = Promise.all(writers).then(() => new Promise<never>(() => {}))

  for (let kill = 0; kill < killCount; kill++) {
    const enough = acknowledged.size + ACKNOWLEDGED
    await Promise.race([failed, until(() => acknowledged.size >= enough)])
    await pause(chance.between(0, 250))
    await child.end('SIGKILL')
    await child.start()
  }
  const enough = acknowledged.size + ACKNOWLEDGED
  await Promise.race([failed, until(() => acknowledged.size >= enough)])
  over = true
  const sent = (await Promise.all(writers)).flat()
  await child.end('SIGTERM')

  const store = await openStore({ dataDir: child.dataDir, databaseUrl, clock: systemClock })
  const rows = await store.read((db) =>
    db.selectFrom('messages').selectAll().orderBy('chat_id').orderBy('seq').execute(),
  )
  await store.close()

  const chats = [...new Set(rows.map(({ chat_id }) => chat_id))]
  expect(chats).toHaveLength(chatCount)
  for (const chatId of chats) {
    const messages = rows.filter(({ chat_id }) => chat_id === chatId)
    expect(messages.map(({ seq }) => Number(seq))).toEqual(messages.map((_, at) => at + 1))
    // Each text says its number: they stand in the order they were written, each once.
    const said = messages.map(({ text }) => Number(text.split(' ')[1]))
    expect(said, `order of ${chatId}`).toEqual([...said].sort((a, b) => a - b))
    expect(new Set(messages.map(({ client_id }) => client_id)).size).toBe(messages.length)
  }
  const stored = new Map(rows.map((row) => [row.client_id, row]))
  for (const [id, { seq, text, chatId }] of acknowledged) {
    const row = stored.get(id)
    expect([row?.chat_id, Number(row?.seq), row?.text]).toEqual([chatId, seq, text])
  }
  const known = new Set(sent)
  expect(rows.filter(({ client_id }) => !known.has(client_id))).toEqual([])
  expect(acknowledged.size).toBeGreaterThan(killCount * ACKNOWLEDGED)
}

/** One visitor who writes until told to stop, and says again what was not acknowledged. */
async function write(of: {
  n: number
  server: string
  site: string
  acknowledged: Acknowledged
  isOver(): boolean
}): Promise<string[]> {
  const { n, server, site, acknowledged, isOver } = of
  const chance = random(n + 1)
  const sent: string[] = []
  let unacknowledged: Extract<VisitorFrame, { id: string; text: string }>[] = []
  let chatId: ChatId | undefined
  const onFrame = (frame: VisitorServerFrame) => {
    if (frame.type === 'refused' && frame.id) throw new Error(`refused: ${frame.message}`)
    if (frame.type !== 'done') return
    chatId ??= frame.chatId
    const message = unacknowledged.find(({ id }) => id === frame.id)
    if (!message || frame.seq === undefined || !chatId) return
    unacknowledged = unacknowledged.filter((one) => one !== message)
    // The same message acknowledged twice has one number.
    acknowledged.set(message.id, { seq: frame.seq, text: message.text, chatId })
  }
  const visitor = simulatedVisitor({
    server,
    persona: { site, origin: ORIGIN, address: `203.0.113.${n + 1}` },
    random: chance,
    onFrame,
  })
  const next = () => {
    const message = { id: chance.id(), text: `${n} ${sent.length}` }
    sent.push(message.id)
    return chatId
      ? { ...message, type: 'message.send' as const, chatId }
      : { ...message, type: 'chat.start' as const }
  }

  while (!isOver() || unacknowledged.length > 0) {
    if (!visitor.connected) {
      await visitor.arrive({ url: `${ORIGIN}/`, title: 'Shop' }).catch(() => pause(50))
      if (!visitor.connected) continue
      for (const message of unacknowledged) visitor.send(message)
    }
    if (unacknowledged.length === 0 && !isOver()) {
      for (let left = chatId ? BREATH : 1; left > 0; left--) unacknowledged.push(next())
      for (const message of unacknowledged) visitor.send(message)
    }
    await pause(BREATH_MS)
  }
  visitor.leave()
  return sent
}

async function until(holds: () => boolean): Promise<void> {
  for (let patience = 0; !holds(); patience++) {
    if (patience > 1_500) throw new Error('waited 30 s')
    await pause(20)
  }
}
