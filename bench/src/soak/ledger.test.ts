import type { ChatId } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { compare, createLedger } from './ledger.ts'

const CHAT = 'chat-1' as ChatId

type Row = { chat_id: ChatId; seq: number; client_id: string; sender: string; text: string }
const row = (seq: number, text: string, id = `id-${text}`): Row => ({
  chat_id: CHAT,
  seq,
  client_id: id,
  sender: 'visitor',
  text,
})

/** Kim was told that three messages are stored. */
function told() {
  const ledger = createLedger()
  for (const [n, text] of ['kim 0', 'kim 1', 'kim 2'].entries()) {
    ledger.sent.set(`id-${text}`, text)
    ledger.acknowledge(`id-${text}`, { chatId: CHAT, seq: n + 1 })
  }
  return ledger
}
const faultsOf = (rows: Row[], ledger = told()) =>
  compare(async <T>() => rows as unknown as T[], ledger)

describe('R1 the ledger', () => {
  const [zero, one, two] = [row(1, 'kim 0'), row(2, 'kim 1'), row(3, 'kim 2')]

  test('agrees with what is stored as it was told', async () => {
    expect(await faultsOf([zero, one, two])).toEqual([])
  })

  test('finds what is lost, doubled, moved, out of order and nobody’s', async () => {
    expect(await faultsOf([zero, one])).toEqual(['lost: kim 2'])
    expect(await faultsOf([zero, one, two, row(4, 'kim 2')])).toContain('doubled: kim 2')
    expect(await faultsOf([zero, one, { ...two, seq: 4 }])).toEqual(
      expect.arrayContaining(['a gap before 4', 'moved: kim 2']),
    )
    expect(await faultsOf([zero, { ...two, seq: 2 }, { ...one, seq: 3 }])).toContain(
      'out of order: kim 1',
    )
    expect(await faultsOf([zero, one, two, row(4, 'eve 0')])).toEqual(['nobody sent: eve 0'])
  })

  test('finds an acknowledgement that changes, and a chat that was seen otherwise', async () => {
    const twice = told()
    twice.acknowledge('id-kim 1', { chatId: CHAT, seq: 7 })
    expect(await faultsOf([zero, one, two], twice)).toContain('"kim 1" acknowledged as 2 and as 7')
    const seen = told()
    seen.see(CHAT, 2, 'something else')
    expect(await faultsOf([zero, one, two], seen)).toEqual(['seen, not stored so: something else'])
  })
})
