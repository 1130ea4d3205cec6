import type { AgentId, ChatId, GroupId, InvitationId, InvitationReport } from '@beckon/protocol'
import { expect } from 'vitest'
import type { Whole } from './whole.ts'

/** What people were told, to compare with what is stored. Simpler than the product, on purpose. */
export function createLedger() {
  const invitations = new Map<InvitationId, { agentId: AgentId; groupId: GroupId; text: string }>()
  const messages = new Map<ChatId, Map<number, string>>()
  /** How each invitation was seen to end. */
  const ended = new Map<InvitationId, string>()
  return {
    invitations,
    messages,
    ended,
    sent: (id: InvitationId, as: { agentId: AgentId; groupId: GroupId; text: string }) =>
      void invitations.set(id, as),
    acknowledged(chatId: ChatId, { seq, text }: { seq: number; text: string }) {
      const told = messages.get(chatId) ?? new Map<number, string>()
      messages.set(chatId, told.set(seq, text))
    },
  }
}
export type Ledger = ReturnType<typeof createLedger>

const ENDS = ['accepted', 'declined', 'ignored', 'withdrawn', 'expired', 'failed'] as const

/** The invariants of QUALITY §5 that rows and reports can show. */
export async function holdInvariants(whole: Whole, ledger: Ledger, cookie: string): Promise<void> {
  const { invitations, chats, messages, events } = await whole.app.store.read(async (db) => ({
    invitations: await db.selectFrom('invitations').selectAll().execute(),
    chats: await db.selectFrom('chats').selectAll().execute(),
    messages: await db.selectFrom('messages').selectAll().orderBy('seq').execute(),
    events: await db.selectFrom('events').select(['type', 'subject_id']).execute(),
  }))

  for (const row of invitations) {
    const ends = events.filter(
      ({ type, subject_id }) =>
        subject_id === row.id && ENDS.some((end) => type === `invitation.${end}`),
    )
    const isOver = row.ended_at !== null
    expect(ends.length, `I1 ends of ${row.id} (${row.state})`).toBe(isOver ? 1 : 0)
    if (isOver) {
      const before = ledger.ended.get(row.id) ?? row.state
      expect(row.state, 'I1 an end is final').toBe(before)
      ledger.ended.set(row.id, row.state)
    }
    const its = chats.filter((chat) => chat.invitation_id === row.id)
    expect(its.length, `I2 chats of ${row.id}`).toBe(row.state === 'accepted' ? 1 : 0)
    for (const chat of its) {
      expect([chat.agent_id, chat.group_id], 'I3').toEqual([row.agent_id, row.group_id])
      expect([chat.visitor_id, chat.site_id], 'I4').toEqual([row.visitor_id, row.site_id])
      expect(messages.find(({ chat_id, seq }) => chat_id === chat.id && seq === 1)?.text).toBe(
        row.text,
      )
    }
    const told = ledger.invitations.get(row.id)
    expect({ agentId: row.agent_id, groupId: row.group_id, text: row.text }, 'I14').toEqual(told)
  }
  expect(invitations.length, 'I18 every acknowledged invitation').toBe(ledger.invitations.size)

  expect(repeated(invitations.filter((row) => row.ended_at === null)), 'I8 invitations').toEqual([])
  expect(repeated(chats.filter((chat) => chat.state !== 'ended')), 'I8 chats').toEqual([])

  for (const chat of chats) {
    const its = messages.filter(({ chat_id }) => chat_id === chat.id)
    const numbers = its.map(({ seq }) => Number(seq))
    expect(numbers, 'I14 gapless').toEqual(its.map((_, at) => at + 1))
    for (const [seq, text] of ledger.messages.get(chat.id) ?? []) {
      expect(its.filter((message) => message.text === text).map((one) => Number(one.seq))).toEqual([
        seq,
      ])
    }
  }

  const { total } = await report(whole, cookie)
  const counts = Object.fromEntries(
    ENDS.map((end) => [end, invitations.filter(({ state }) => state === end).length]),
  )
  expect(total, 'I20').toMatchObject({
    ...counts,
    sent: invitations.length,
    open: invitations.filter((row) => row.ended_at === null).length,
  })
}

const repeated = (rows: readonly { visitor_id: string }[]): string[] =>
  rows.map((row) => row.visitor_id).filter((id, at, all) => all.indexOf(id) !== at)

async function report(whole: Whole, cookie: string): Promise<InvitationReport> {
  const to = whole.clock.now() + 1
  const answer = await fetch(
    `${whole.app.url}/api/v1/reports/invitations?from=0&to=${to}&by=agent`,
    { headers: { cookie } },
  )
  expect(answer.status).toBe(200)
  return (await answer.json()) as InvitationReport
}
