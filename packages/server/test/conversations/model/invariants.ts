import type {
  ChatId,
  ChatState,
  VisitorChat,
  VisitorChatState,
  VisitorServerFrame,
} from '@beckon/protocol'
import { expect } from 'vitest'
import { applyVisitorChat, resumed } from '../../../../client/src/streams.ts'
import { look } from './asking.ts'
import type { Person, World } from './world.ts'

const ENDS = ['accepted', 'declined', 'ignored', 'expired', 'withdrawn', 'failed']

/** Everything that must hold after every step, from the rows and from what was told. */
export async function checkInvariants(world: World): Promise<void> {
  const { scene, ledger } = world
  const rows = await readRows(world)
  const now = scene.clock.now()
  expect(scene.faults.map(told), 'I24 no fault').toEqual([])

  for (const row of rows.invitations) {
    const open = row.ended_at === null
    const name = `${row.id} ${row.state}`
    const sent = ledger.sent.get(row.id)
    const chats = rows.chats.filter((chat) => chat.invitation_id === row.id)
    const events = rows.events.filter((event) => event.subject_id === row.id)
    const kinds = events.map((event) => event.type.replace('invitation.', ''))

    expect(open, `I1 ${name}`).toBe(!ENDS.includes(row.state))
    expect(
      kinds.filter((kind) => ENDS.includes(kind)),
      `I1 one end event ${name}`,
    ).toEqual(open ? [] : [row.state])
    for (const kind of ['sent', 'delivered', 'viewed']) {
      expect(kinds.filter((one) => one === kind).length, `I20 ${kind} ${name}`).toBeLessThanOrEqual(
        1,
      )
    }
    expect(kinds.includes('viewed'), `I20 viewed ${name}`).toBe(row.viewed_at !== null)
    if (!open) {
      const before = world.ended.get(row.id) ?? JSON.stringify(row)
      expect(JSON.stringify(row), `I1 an end is final ${name}`).toBe(before)
      world.ended.set(row.id, before)
    }

    expect(sent, `S29 only what was acknowledged ${name}`).toBeDefined()
    expect(row.text, `S29 ${name}`).toBe(sent?.text)
    expect(chats.length, `I2 ${name}`).toBe(row.state === 'accepted' ? 1 : 0)

    const clock = ledger.clocks.get(row.id)
    if (row.viewed_at !== null && !clock) look(world, row.id, now)
    const started = ledger.clocks.get(row.id)
    if (row.state !== 'declined')
      expect(row.viewed_at, `I7 ${name}`).toBe(started?.viewedAt ?? null)
    if (open) {
      expect((row.deadline ?? 0) > now - 1_000, `I5 swept ${name}`).toBe(true)
      if (row.viewed_at === null) {
        expect(row.deadline, `I6 ${name}`).toBe((sent?.sentAt ?? 0) + 600_000)
      } else checkDeadline(row.deadline ?? 0, started, now)
    }
    if (row.state === 'ignored') {
      expect(row.viewed_at, `I6 ${name}`).not.toBeNull()
      expect(row.ended_at ?? 0, `I6 ${name}`).toBeGreaterThanOrEqual(
        (started?.deadline ?? 0) - (started?.typedAt ? 10_000 : 0),
      )
    }
    if (row.state === 'expired') expect(row.viewed_at, `I6 ${name}`).toBeNull()
    if (row.state === 'accepted') {
      expect(row.ended_at ?? 0, `I5 ${name}`).toBeLessThan(started?.deadline ?? 0)
    }
  }

  for (const person of world.people) {
    const mine = rows.invitations.filter((row) => row.visitor_id === person.visitorId)
    expect(mine.filter((row) => row.ended_at === null).length, 'I8').toBeLessThanOrEqual(1)
    const chats = rows.chats.filter((row) => row.visitor_id === person.visitorId)
    expect(chats.filter((row) => row.state !== 'ended').length, 'I8').toBeLessThanOrEqual(1)
  }

  for (const chat of rows.chats) {
    const messages = rows.messages.filter((message) => message.chat_id === chat.id)
    expect(
      messages.map((message) => message.seq),
      'I14 gapless',
    ).toEqual(Array.from({ length: chat.last_seq }, (_, n) => n + 1))
    expect(chat.unread, 'C7 as many unread as are counted along').toBe(
      messages.filter((one) => one.sender === 'visitor' && one.seq > chat.agent_seen).length,
    )
    const row = rows.invitations.find((one) => one.id === chat.invitation_id)
    if (!row) continue
    expect(messages[0], 'I14 the invitation first').toMatchObject({
      sender: 'agent',
      text: row.text,
    })
    expect(messages[1], 'I14 then the reply').toMatchObject({ sender: 'visitor' })
    expect([chat.visitor_id, chat.site_id], 'I4').toEqual([row.visitor_id, row.site_id])
    expect(chat.group_id, 'I3').toBe(ledger.sent.get(row.id)?.groupId)
    if (!ledger.orphans.has(row.id)) {
      expect(chat.agent_id, 'I3 the inviter’s').toBe(row.agent_id)
    } else expect(chat.assigned_reason, 'I3 why not').toBe('inviter_disabled')
  }
  for (const { chatId, seq, text, from } of ledger.acked) {
    const found = rows.messages.filter((one) => one.chat_id === chatId && one.text === text)
    expect(found, 'I18 acknowledged once, where it was said to be').toMatchObject([
      { seq, sender: from },
    ])
  }
  await checkTabs(world, rows.invitations)
  // The consoles' open chats: the last one of each visitor, from its first line on.
  for (const person of world.people) {
    const last = rows.chats.filter((chat) => chat.visitor_id === person.visitorId).at(-1)
    if (!last) continue
    await world.followChat(last.id)
    await checkVisitorStreams(world, person, last)
  }
  await checkTopics(world)
}

const told = (fault: unknown) => {
  const { error, what } = fault as { error?: unknown; what?: string }
  return `${what} ${error instanceof Error ? error.stack : String(error)}`
}

function checkDeadline(
  deadline: number,
  clock: { deadline: number; typedAt?: number } | undefined,
  now: number,
) {
  const expected = clock?.deadline ?? 0
  const written = clock?.typedAt === undefined || now - clock.typedAt >= 10_000
  if (written) expect(deadline, 'I5 deadline').toBe(expected)
  else {
    expect(deadline, 'I5 deadline').toBeGreaterThanOrEqual(expected - 10_000)
    expect(deadline, 'I5 deadline').toBeLessThanOrEqual(expected)
  }
}

/** I11: an open one in every tab with the true time left, an ended one in none. */
async function checkTabs(
  world: World,
  invitations: Awaited<ReturnType<typeof readRows>>['invitations'],
) {
  for (const person of world.people) {
    const open = invitations.find(
      (row) => row.visitor_id === person.visitorId && row.ended_at === null,
    )
    for (const tab of world.tabs(person)) {
      const shown = cardOf(tab.welcome.invitation, tab.heard)
      expect(shown?.id, 'I11').toBe(open?.id)
      if (shown) expect(shown.text, 'I14').toBe(open?.text)
      if (open?.viewed_at) expect(shown?.remainingMs, 'I11 the clock runs here too').toBeDefined()
    }
  }
}

type Card = Extract<VisitorServerFrame, { type: 'invitation' }>['invitation']

function cardOf(first: Card | undefined, heard: readonly VisitorServerFrame[]): Card | undefined {
  let card = first
  for (const frame of heard) {
    if (frame.type === 'invitation') card = frame.invitation
    if (frame.type === 'invitation.ended' && frame.invitationId === card?.id) card = undefined
  }
  return card
}

/** I17 for the visitor: what every tab made of its frames is what a tab that opens the chat now gets. */
async function checkVisitorStreams(
  world: World,
  person: Person,
  { id: chatId, state }: { id: ChatId; state: ChatState },
) {
  const tabs = world.tabs(person)
  const [first] = tabs
  if (!first) return
  const probe: VisitorServerFrame[] = []
  await world
    .doorsOf(first)
    ['chat.open']?.(
      { ...first, connectionId: 'probe', say: (frame) => void probe.push(structuredClone(frame)) },
      { type: 'chat.open', chatId, after: 0 },
    )
  const [fresh] = probe
  if (fresh?.type !== 'chat.snapshot') throw new Error('No snapshot')
  for (const tab of tabs) {
    const { chat, opened } = chatOf(tab.welcome.chat, tab.heard, chatId)
    if (opened)
      expect(comparable(opened), 'I17 the visitor’s open chat').toEqual(comparable(fresh.state))
    // A tab that came after the end was never told of it.
    if (chat || state !== 'ended') expect(chat, 'I17 the visitor’s chat').toEqual(fresh.state.chat)
  }
}

function chatOf(
  first: VisitorChat | undefined,
  heard: readonly VisitorServerFrame[],
  chatId: ChatId,
) {
  let chat = first?.id === chatId ? first : undefined
  let opened: VisitorChatState | undefined
  for (const frame of structuredClone(heard)) {
    if (frame.type === 'chat' && frame.chat.id === chatId) chat = frame.chat
    if (frame.type === 'chat.snapshot' && frame.chatId === chatId) {
      opened = resumed(opened, frame.state)
      chat = opened.chat
    }
    if (frame.type === 'chat.event' && frame.chatId === chatId && opened) {
      opened = applyVisitorChat(opened, frame.event)
      chat = opened.chat
    }
  }
  return { chat, opened }
}

/** I17: the state before plus the events is what a fresh subscription gets. I15: nobody else’s. */
async function checkTopics(world: World) {
  for (const one of world.followed()) {
    if (one.lost) continue
    one.topic.flush?.()
    const fresh = await one.fresh()
    if (!fresh) continue
    expect(comparable(one.state), `I17 ${one.name}`).toEqual(comparable(fresh))
    if (one.name === 'oto chats') expect(one.state, 'I15').toEqual({ chats: {} })
    expect(one.name.startsWith('oto chat '), 'I15 a chat of another brand').toBe(false)
  }
}

/** Versions are new each time; the dialog's groups are those of its opening (S23). */
function comparable(state: object): unknown {
  const { version, groups: _, ...rest } = state as { version?: string; groups?: unknown }
  if (version === undefined) return JSON.parse(JSON.stringify(state))
  return JSON.parse(JSON.stringify(rest))
}

function readRows(world: World) {
  const visitors = world.people.map((person) => person.visitorId)
  return world.scene.store.read(async (db) => {
    const invitations = await db
      .selectFrom('invitations')
      .selectAll()
      .where('visitor_id', 'in', visitors)
      .orderBy('id')
      .execute()
    const chats = await db
      .selectFrom('chats')
      .selectAll()
      .where('visitor_id', 'in', visitors)
      .orderBy('id')
      .execute()
    const messages = await db
      .selectFrom('messages')
      .selectAll()
      .where(
        'chat_id',
        'in',
        chats.map((chat) => chat.id),
      )
      .orderBy('chat_id')
      .orderBy('seq')
      .execute()
    const events = await db
      .selectFrom('events')
      .select(['type', 'subject_id'])
      .where(
        'subject_id',
        'in',
        invitations.map((row) => row.id),
      )
      .orderBy('id')
      .execute()
    return { invitations, chats, messages, events }
  })
}
