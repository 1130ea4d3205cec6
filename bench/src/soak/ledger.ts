import type { ChatId } from '@beckon/protocol'
import { type Histogram, histogram } from '../histogram.ts'

/** What people were told: to be compared with what is stored. */
export type Ledger = {
  /** Text by the id its sender gave it. */
  readonly sent: Map<string, string>
  readonly acknowledged: Map<string, { chatId: ChatId; seq: number; text: string }>
  /** What each chat showed, by whoever looked: every look must agree. */
  readonly seen: Map<ChatId, Map<number, string>>
  /** What was refused, by code; a refusal is an answer. */
  readonly refused: Map<string, number>
  /** From writing to being acknowledged. */
  readonly waits: Histogram
  readonly faults: string[]
  acknowledge(id: string, as: { chatId: ChatId; seq: number }): void
  see(chatId: ChatId, seq: number, text: string): void
  refuse(code: string): void
}

export function createLedger(): Ledger {
  const ledger: Ledger = {
    sent: new Map(),
    acknowledged: new Map(),
    seen: new Map(),
    refused: new Map(),
    waits: histogram(),
    faults: [],
    acknowledge(id, { chatId, seq }) {
      const text = ledger.sent.get(id)
      if (text === undefined) {
        ledger.faults.push(`acknowledged, never sent: ${id}`)
        return
      }
      const before = ledger.acknowledged.get(id)
      if (before && (before.seq !== seq || before.chatId !== chatId)) {
        ledger.faults.push(`"${text}" acknowledged as ${before.seq} and as ${seq}`)
      }
      ledger.acknowledged.set(id, { chatId, seq, text })
    },
    see(chatId, seq, text) {
      const chat = ledger.seen.get(chatId) ?? new Map<number, string>()
      ledger.seen.set(chatId, chat)
      const before = chat.get(seq)
      if (before !== undefined && before !== text) {
        ledger.faults.push(`number ${seq} of a chat was seen as "${before}" and as "${text}"`)
      }
      chat.set(seq, text)
    },
    refuse: (code) => void ledger.refused.set(code, (ledger.refused.get(code) ?? 0) + 1),
  }
  return ledger
}

type Row = { chat_id: ChatId; seq: number; client_id: string | null; sender: string; text: string }
export type Read = <T>(sql: string) => Promise<T[]>

/** Where the database says otherwise than those who took part. Texts are “who number”. */
export async function compare(read: Read, ledger: Ledger): Promise<string[]> {
  const rows = (
    await read<Row>(
      'select chat_id, seq, client_id, sender, text from messages order by chat_id, seq',
    )
  ).map((row) => ({ ...row, seq: Number(row.seq) }))
  const faults = [...ledger.faults]
  const byId = new Map<string, Row>()
  const numbers = new Map<ChatId, number>()
  const counts = new Map<string, number>()
  for (const row of rows) {
    if (row.seq !== (numbers.get(row.chat_id) ?? 0) + 1) faults.push(`a gap before ${row.seq}`)
    numbers.set(row.chat_id, row.seq)
    const [, who = '', count] = /^(\S+) (\d+)$/.exec(row.text) ?? []
    if (row.sender === 'system' || count === undefined || !row.client_id) continue
    if (byId.has(row.client_id)) faults.push(`doubled: ${row.text}`)
    byId.set(row.client_id, row)
    if (ledger.sent.get(row.client_id) !== row.text) faults.push(`nobody sent: ${row.text}`)
    const key = `${row.chat_id} ${who}`
    if (Number(count) <= (counts.get(key) ?? -1)) faults.push(`out of order: ${row.text}`)
    counts.set(key, Number(count))
  }
  for (const [id, { chatId, seq, text }] of ledger.acknowledged) {
    const row = byId.get(id)
    if (!row) faults.push(`lost: ${text}`)
    else if (row.chat_id !== chatId || row.seq !== seq) faults.push(`moved: ${text}`)
  }
  const stored = new Map(rows.map((row) => [`${row.chat_id} ${row.seq}`, row.text]))
  for (const [chatId, seen] of ledger.seen) {
    for (const [seq, text] of seen) {
      if (stored.get(`${chatId} ${seq}`) !== text) faults.push(`seen, not stored so: ${text}`)
    }
  }
  return faults
}
