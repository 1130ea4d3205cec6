import type { AgentId, ChatId, GroupId, SiteId, VisitorId } from '@beckon/protocol'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { insertChatNote } from './chat-note-rows.ts'
import { chatById, insertChat } from './chat-rows.ts'
import { keepChatText, keepEndedText } from './chat-text-rows.ts'
import { type EndedPage, endedChatIds } from './ended-chat-rows.ts'
import { eraseVisitors } from './erase-rows.ts'
import type { Store } from './store.ts'
import type { OpenedStore } from './store-laws.ts'

/** What every engine finds of chats that have ended, and how. */
export function searchLaws(
  name: string,
  {
    open,
    plan,
  }: {
    open: () => Promise<OpenedStore>
    /** How the engine goes about a query on the texts, in its own words. */
    plan: { ask: string; says: RegExp }
  },
): void {
  describe(`laws of searching chats: ${name}`, () => {
    let opened: OpenedStore
    let store: Store
    let number = 0
    beforeEach(async () => {
      opened = await open()
      store = opened.store
    })
    afterEach(() => opened.remove())

    const ended = (chat: Partial<Ended> = {}) => putEnded(store, { number: ++number, ...chat })
    const found = (text: string, page: Partial<EndedPage> = {}) =>
      store.read((db) => endedChatIds(db, { reader: READER, limit: 10, text, ...page }))

    test('C6 every word is found anywhere, without case or accents, in every script', async () => {
      const bike = await ended({
        who: 'Zoë Müller',
        texts: ['Ist das Fahrradschloss RC-20377 lieferbar?', 'Ja, ab 3. Juni.'],
      })
      const greek = await ended({ texts: ['Καλημέρα, ΤΙ ΚΆΝΕΤΕ;', '自転車の在庫はありますか'] })
      const arabic = await ended({ texts: ['أين طلبي رقم ٧٧؟', 'marta.k@example.com'] })
      for (const [text, ids] of [
        ['SCHLOSS', [bike]],
        ['muller juni', [bike]],
        ['rc-20377', [bike]],
        ['20377', [bike]],
        ['schloss καλημερα', []],
        ['κανετε', [greek]],
        ['在庫', [greek]],
        ['طلبي', [arabic]],
        ['Marta.K@example.com', [arabic]],
        ['example', [arabic]],
        ['j', [bike]],
        ['%', []],
        ['_ \\', []],
        ['👍', []],
      ] as const) {
        expect([text, await found(text)]).toEqual([text, ids])
      }
    })

    test('C6 C7 notes are found, also those that came after the end', async () => {
      const id = await ended()
      await store.commit(async (tx) => {
        const note = { id: newId<never>(), chat_id: id, agent_id: ME, at: 99 }
        await insertChatNote(tx, { ...note, kind: 'note', text: 'refundpromised' })
        const chat = await chatById(tx, id)
        if (chat) await keepEndedText(tx, chat)
      })
      expect(await found('refundpromised')).toEqual([id])
    })

    test('C6 a number finds its chat, and what was said about it', async () => {
      const one = await ended()
      const other = await ended({ texts: [`see chat ${number}`] })
      expect(await found(`#${number - 1}`)).toEqual([other, one])
      expect(await found(`${number}`)).toEqual([other])
    })

    test('C6 a word that thousands of chats have finds the same as a rare one', async () => {
      const ids = []
      for (const text of [
        'A blue bicycle',
        'A red bicycle',
        'A car',
        'A red tricycle, or a bicycle?',
      ])
        ids.unshift(await ended({ texts: [text], endedAt: ids.length + 1 }))
      const [last, , second, first] = ids
      const asked = async () => [
        await found('bicycle'),
        await found('bicycle red'),
        await found('bicycle', { limit: 1 }),
        await found('bicycle', { groupId: newId<GroupId>() }),
        await found(`#${number}`),
      ]
      const rare = await asked()
      expect(rare.slice(0, 2)).toEqual([
        [last, second, first],
        [last, second],
      ])
      await store.commit((tx) =>
        sql`insert into chat_texts (rowid, text)
          with recursive n(i) as (select 1 union all select i + 1 from n where i < 2100)
          select 500000 + i, ${`a red bicycle ${number} again`} from n`.execute(tx),
      )
      expect(await asked()).toEqual(rare)
    })

    test('C6 only ended chats of the reader, narrowed by who, where and when, page after page', async () => {
      const mine = await ended({ agentId: ME, groupId: 'far' as GroupId, endedAt: 50 })
      const site = await ended({ siteId: 'other' as SiteId, endedAt: 40 })
      await ended({ groupId: 'far' as GroupId })
      const late = await ended({ endedAt: 60, texts: ['word'] })
      expect(await found('kim')).toEqual([late, mine, site])
      expect(await found('kim', { agentId: ME })).toEqual([mine])
      expect(await found('kim', { siteId: 'other' as SiteId })).toEqual([site])
      expect(await found('kim', { groupId: 'far' as GroupId })).toEqual([mine])
      expect(await found('kim', { from: 50, to: 60 })).toEqual([mine])
      const first = await found('kim', { limit: 1 })
      const before = { endedAt: 60, id: String(first[0]) }
      expect(await found('kim', { before, limit: 1 })).toEqual([mine])
    })

    test('W21 what is written anew is found as it is now, and what is erased by nothing', async () => {
      const visitorId = newId<VisitorId>()
      const id = await ended({ visitorId, who: 'secretname', texts: ['secretword'] })
      const row = { id, number, who: WHO('Newname'), visitor_id: visitorId }
      await store.commit((tx) => keepChatText(tx, row))
      expect([await found('secretname'), await found('newname secretword')]).toEqual([[], [id]])
      await store.commit((tx) => eraseVisitors(tx, [visitorId]))
      expect(await found('secretword')).toEqual([])
      const left = await store.read((db) => db.selectFrom('chat_texts').selectAll().execute())
      expect(JSON.stringify(left)).not.toContain('secret')
    })

    test('C6 words are looked up in an index, also several at once', async () => {
      await ended()
      const { rows } = await store.commit((tx) =>
        sql
          .raw(
            `${plan.ask} select rowid from chat_texts where text like '%kim%' and text like '%word%'`,
          )
          .execute(tx),
      )
      expect(JSON.stringify(rows)).toMatch(plan.says)
    })
  })
}

const ME = 'agent-me' as AgentId
const READER = { agentId: ME, groupIds: ['near' as GroupId] }
const WHO = (text: string) => JSON.stringify({ rung: 'displayname', text, verified: false })

type Ended = {
  number: number
  who: string
  texts: string[]
  agentId: AgentId
  groupId: GroupId
  siteId: SiteId
  visitorId: VisitorId
  endedAt: number
}

async function putEnded(store: Store, chat: Partial<Ended> & { number: number }): Promise<ChatId> {
  const { number, who = 'Kim', texts = [], visitorId = newId<VisitorId>() } = chat
  return store.commit(async (tx) => {
    const row = await insertChat(tx, {
      id: newId(),
      number,
      brand_id: 'brand' as never,
      site_id: chat.siteId ?? ('site' as SiteId),
      visitor_id: visitorId,
      visit_id: newId(),
      group_id: chat.groupId ?? ('near' as GroupId),
      agent_id: chat.agentId ?? null,
      invitation_id: null,
      state: 'ended',
      who: WHO(who),
      queued_at: 1,
      ended_at: chat.endedAt ?? 10 + number,
      last_seq: texts.length,
      agent_seen: 0,
      visitor_seen: 0,
      visitor_delivered: 0,
    } as Parameters<typeof insertChat>[1])
    for (const [at, text] of texts.entries()) {
      const message = {
        chat_id: row.id,
        seq: at + 1,
        client_id: `client-${at}`,
        sender: at % 2 ? ('agent' as const) : ('visitor' as const),
        agent_id: null,
        name: '',
        text,
        at,
      }
      await tx.insertInto('messages').values(message).execute()
    }
    await keepChatText(tx, row)
    return row.id
  })
}
