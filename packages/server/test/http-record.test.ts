import type {
  AgentId,
  ChatId,
  ChatRow,
  GroupId,
  InvitationCounts,
  InvitationId,
  InvitationState,
  SiteId,
  VisitId,
  VisitorId,
} from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../src/ids.ts'
import { chatById } from '../src/store/chat-rows.ts'
import { keepChatText } from '../src/store/chat-text-rows.ts'
import { type HttpScene, openHttp, type Person } from './open-http.ts'

let scene: HttpScene
const get = async (person: Person | undefined, path: string) => {
  const answer = await scene.ask(person, { method: 'GET', url: `/api/v1${path}` })
  return { status: answer.statusCode, body: answer.json() }
}

type Sent = {
  agent: AgentId
  site: SiteId
  group: GroupId
  brand: 'here' | 'away'
  state: InvitationState
  delivered: boolean
  viewed: boolean
  at: number
}
const STATES: InvitationState[] = [
  'sent',
  'delivered',
  'viewed',
  'accepted',
  'declined',
  'ignored',
  'withdrawn',
  'expired',
  'failed',
]
let sent: Sent[] = []

beforeAll(async () => {
  scene = await openHttp()
  const { agents, sites, groups, brands } = scene.ids
  // Every state several times over agents, sites, groups and days, in a fixed disorder.
  sent = Array.from({ length: 180 }, (_, i) => {
    const state = STATES[i % STATES.length] as InvitationState
    const brand = i % 7 === 0 ? ('away' as const) : ('here' as const)
    return {
      agent: brand === 'away' ? agents.gus : i % 3 === 0 ? agents.otto : agents.ada,
      site: brand === 'away' ? sites.away : i % 5 === 0 ? sites.portal : sites.here,
      group: groups[brand],
      brand,
      state,
      delivered: !['sent', 'failed'].includes(state) && i % 11 !== 0,
      viewed: ['viewed', 'accepted', 'declined', 'ignored'].includes(state),
      at: 1_000 + i,
    }
  })
  await scene.store.commit(async (tx) => {
    for (const one of sent) {
      await tx
        .insertInto('invitations')
        .values({
          id: newId<InvitationId>(),
          brand_id: brands[one.brand],
          site_id: one.site,
          visitor_id: newId<VisitorId>(),
          visit_id: newId<VisitId>(),
          agent_id: one.agent,
          group_id: one.group,
          recipient: 'Kim',
          template: 'Hi',
          text: 'Hi',
          state: one.state,
          reason: null,
          ended_by: null,
          sent_at: one.at,
          delivered_at: one.delivered ? one.at : null,
          viewed_at: one.viewed ? one.at : null,
          deadline: null,
          keeps: 0,
          typed_at: null,
          ended_at: ['sent', 'delivered', 'viewed'].includes(one.state) ? null : one.at,
          chat_id: null,
        })
        .execute()
    }
  })
})
afterAll(() => scene[Symbol.asyncDispose]())

const ENDS = ['accepted', 'declined', 'ignored', 'withdrawn', 'expired', 'failed', 'open'] as const
const counted = (rows: Sent[]): InvitationCounts => {
  const count = (keep: (one: Sent) => boolean) => rows.filter(keep).length
  const by = (state: InvitationState) => count((one) => one.state === state)
  return {
    sent: rows.length,
    delivered: count((one) => one.delivered),
    viewed: count((one) => one.viewed),
    accepted: by('accepted'),
    declined: by('declined'),
    ignored: by('ignored'),
    withdrawn: by('withdrawn'),
    expired: by('expired'),
    failed: by('failed'),
    open: by('sent') + by('delivered') + by('viewed'),
  }
}

describe('S9 I20 the invitation report', () => {
  for (const by of ['agent', 'site', 'group'] as const) {
    test(`S9 I20 by ${by} it equals what counting the rows gives, and adds up`, async () => {
      const { body } = await get('adam', `/reports/invitations?from=0&to=9999&by=${by}`)
      expect(body.total).toEqual(counted(sent))
      const keys = new Set(sent.map((one) => one[by]))
      expect(body.rows).toHaveLength(keys.size)
      for (const row of body.rows) {
        expect(row.counts).toEqual(counted(sent.filter((one) => one[by] === row.id)))
        expect(ENDS.reduce((sum, end) => sum + row.counts[end], 0)).toBe(row.counts.sent)
      }
      const names = body.rows.map((row: { name: string }) => row.name)
      expect(names).toContain({ agent: 'otto', site: 'Shop here', group: 'Support' }[by])
    })
  }

  test('S9 from is counted, to is not', async () => {
    const { body } = await get('adam', '/reports/invitations?from=1010&to=1020')
    expect(body).toMatchObject({ from: 1010, to: 1020 })
    expect(body.total).toEqual(counted(sent.filter((one) => one.at >= 1010 && one.at < 1020)))
  })

  test('I15 R managers count their brands, agents themselves, administrators all', async () => {
    const total = async (person: Person) =>
      (await get(person, '/reports/invitations?from=0&to=9999')).body.total.sent
    expect(await total('adam')).toBe(180)
    expect(await total('mia')).toBe(sent.filter((one) => one.brand === 'here').length)
    expect(await total('otto')).toBe(
      sent.filter((one) => one.agent === scene.ids.agents.otto).length,
    )
  })

  test('S9 a time without invitations is all noughts, and whoever is gone is still counted', async () => {
    const empty = await get('adam', '/reports/invitations?from=1&to=2')
    expect(empty.body).toEqual({ from: 1, to: 2, total: counted([]), rows: [] })
    await scene.store.commit((tx) =>
      tx
        .updateTable('invitations')
        .set({ agent_id: 'gone-agent-1' as AgentId })
        .where('sent_at', '=', 1_001)
        .execute(),
    )
    const { body } = await get('adam', '/reports/invitations?from=1001&to=1002')
    expect(body.rows[0].name).toBe('Deleted')
  })

  test('T26 odd questions are refused', async () => {
    for (const query of [
      'by=password_hash',
      'from=yesterday',
      'from=9&to=1',
      'by=agent;drop',
      'sort=1',
      "by=agent'--",
      'from=1&from=2',
    ]) {
      expect([query, (await get('adam', `/reports/invitations?${query}`)).status]).toEqual([
        query,
        400,
      ])
    }
  })
})

describe('S8 the record of chats', () => {
  let number = 0
  const putChat = async (more: {
    agent?: AgentId | null
    group?: GroupId
    state?: 'active' | 'ended'
    who?: string
    texts?: string[]
    participants?: AgentId[]
    endedAt?: number
  }) => {
    const id = newId<ChatId>()
    number++
    const texts = more.texts ?? []
    await scene.store.commit(async (tx) => {
      await tx
        .insertInto('chats')
        .values({
          id,
          number,
          brand_id: scene.ids.brands.here,
          site_id: scene.ids.sites.here,
          visitor_id: newId<VisitorId>(),
          visit_id: newId<VisitId>(),
          group_id: more.group ?? scene.ids.groups.here,
          agent_id: more.agent ?? null,
          invitation_id: null,
          state: more.state ?? 'ended',
          who: JSON.stringify({ rung: 'displayname', text: more.who ?? 'Kim', verified: false }),
          queued_at: 1,
          started_at: 2,
          first_reply_at: null,
          ended_at: more.state === 'active' ? null : (more.endedAt ?? number),
          ended_by: more.state === 'active' ? null : 'visitor',
          end_reason: more.state === 'active' ? null : 'visitor',
          assigned_reason: null,
          last_seq: texts.length,
          agent_seen: 0,
          unread: Math.ceil(texts.length / 2),
          visitor_seen: 0,
          visitor_delivered: 0,
        })
        .execute()
      for (const [i, text] of texts.entries()) {
        await tx
          .insertInto('messages')
          .values({
            chat_id: id,
            seq: i + 1,
            client_id: `client-${i}`,
            sender: i % 2 ? 'agent' : 'visitor',
            agent_id: null,
            name: '',
            text,
            at: i,
          })
          .execute()
      }
      for (const agent of more.participants ?? []) {
        await tx.insertInto('chat_participants').values({ chat_id: id, agent_id: agent }).execute()
      }
      const chat = await chatById(tx, id)
      if (chat?.state === 'ended') await keepChatText(tx, chat)
    })
    return id
  }
  type Page = { items: ChatRow[]; next: string | null }
  const list = async (person: Person) => (await get(person, '/chats?state=ended')).body as Page
  const search = async (payload: object) => {
    const url = '/api/v1/chats/search'
    return (await scene.ask('otto', { method: 'POST', url, payload })).json() as Page
  }

  test('S8 R T3 each sees what is theirs: own, taken part in, of their groups, of their departments', async () => {
    const { agents, groups } = scene.ids
    const ours = await putChat({ agent: agents.ada })
    const others = await putChat({ agent: agents.gus, group: groups.away })
    const took = await putChat({
      agent: agents.gus,
      group: groups.away,
      participants: [agents.otto],
    })
    const mine = await putChat({ agent: agents.otto, group: 'gone-group-1' as GroupId })
    const open = await putChat({ agent: agents.ada, state: 'active' })
    const expected: [Person, ChatId[]][] = [
      ['otto', [mine, took, ours]],
      ['mia', [ours]],
      ['gus', [took, others]],
      ['ada', [ours]],
    ]
    for (const [person, ids] of expected) {
      expect([person, (await list(person)).items.map((chat) => chat.id)]).toEqual([person, ids])
      for (const id of [ours, others, took, mine]) {
        expect([person, id, (await get(person, `/chats/${id}`)).status]).toEqual([
          person,
          id,
          ids.includes(id) ? 200 : 404,
        ])
      }
    }
    expect((await get('otto', `/chats/${open}`)).status).toBe(200)
    expect((await get('gus', `/chats/${open}`)).status).toBe(404)
    expect((await get('adam', `/chats/${ours}`)).status).toBe(404)
    expect((await get('gus', `/chats/${ours}`)).body).toEqual(
      (await get('gus', '/chats/no-such-chat')).body,
    )
  })

  test('S8 a transcript has every message in order', async () => {
    const id = await putChat({
      agent: scene.ids.agents.ada,
      texts: ['Hello <b>you</b>', 'Hi', 'Bye'],
    })
    const { body } = await get('ada', `/chats/${id}`)
    expect(body.chat).toMatchObject({
      id,
      state: 'ended',
      agentName: expect.any(String),
      groupName: 'Support',
      lastSeq: 3,
      unread: 2,
      last: { text: 'Bye' },
    })
    expect(body.messages.map((m: { seq: number; text: string }) => [m.seq, m.text])).toEqual([
      [1, 'Hello <b>you</b>'],
      [2, 'Hi'],
      [3, 'Bye'],
    ])
  })

  test('C6 T26 search finds names, numbers and messages, and takes signs for what they are', async () => {
    const invoice = await putChat({ who: 'Marta Ruiz', texts: ['Where is my invoice?'] })
    const percent = await putChat({ who: '100%_sure', texts: ["it's \\ here"] })
    const found = async (text: string) => (await search({ text })).items.map((chat) => chat.id)
    expect(await found('MARTA')).toEqual([invoice])
    expect(await found(' invoice ')).toEqual([invoice])
    expect(await found('100%')).toEqual([percent])
    expect(await found('%_')).toEqual([])
    expect(await found("it's \\ here")).toEqual([percent])
    expect(await found('nothing like it')).toEqual([])
    const row = (await search({ text: 'Marta' })).items[0]
    expect(await found(`#${row?.number}`)).toContain(invoice)
    expect(await found("' or 1=1 --")).toEqual([])
  })

  test('C6 pages follow each other without loss or doubles, also where several ended at once', async () => {
    for (let i = 0; i < 7; i++) await putChat({ who: 'Paging', endedAt: 5_000 + Math.floor(i / 3) })
    const all = (await search({ text: 'Paging' })).items.map((chat) => chat.id)
    const paged: string[] = []
    let before = ''
    do {
      const page = await search({ text: 'Paging', limit: 2, ...(before && { before }) })
      paged.push(...page.items.map((chat) => chat.id))
      before = page.next ?? ''
    } while (before)
    expect(paged).toEqual(all)
    expect(all).toHaveLength(7)
    expect((await get('otto', '/chats?state=ended&before=x')).status).toBe(400)
    expect((await get('otto', '/chats?state=active')).status).toBe(400)
  })
})
