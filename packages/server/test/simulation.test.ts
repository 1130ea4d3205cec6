import type { ChatId, GroupId, InvitationId, Topic, VisitId } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { random } from '../../../bench/src/random.ts'
import { aPage } from './floor.ts'
import { holdToLaw } from './law.ts'
import { createLedger, holdInvariants } from './ledger.ts'
import { asked, within } from './long.ts'
import { openWhole, type VisitorLine } from './whole.ts'

/*
 * People who do what they like: some hundred random acts of visitors and an agent, with lost
 * connections and restarts, on the whole product. The seed is in the test's name; BECKON_SEED
 * repeats it.
 */
const SEED = Number(process.env.BECKON_SEED ?? 20_261_123)
const ACTS = asked(220, 2_000)
const PEOPLE = 6

const TOPICS: Topic[] = [
  {
    topic: 'window',
    filter: { match: 'all', conditions: [] },
    sort: { by: 'status', dir: 'asc' },
    offset: 0,
    limit: 100,
  },
  { topic: 'counts' },
  { topic: 'map' },
  { topic: 'chats' },
  { topic: 'me' },
]

type Person = {
  ip: string
  token?: string
  visit?: VisitId
  /** Open pages, the newest last. */
  tabs: VisitorLine[]
}

test(`I1 I2 I3 I8 I14 I16 I17 I18 I20 hold for ${ACTS} random acts, seed ${SEED}`, {
  timeout: within,
}, async () => {
  const chance = random(SEED)
  await using whole = await openWhole()
  const cookie = await whole.signIn()
  const ledger = createLedger()
  const people: Person[] = Array.from({ length: PEOPLE }, (_, n) => ({
    ip: `203.0.113.${n + 1}`,
    tabs: [],
  }))
  let ada = await whole.agent(cookie)
  let law = await holdToLaw(whole, ada, TOPICS)
  const groupId = [...whole.app.directory.now.groups.keys()][0] as GroupId
  const here = () => people.filter((person) => person.tabs.length > 0)
  const lastTab = (person: Person) => person.tabs.at(-1)

  async function openTab(person: Person) {
    const tab = await whole.visitor({
      ip: person.ip,
      ...(person.token && { token: person.token }),
      ...(person.visit && { visit: person.visit }),
      page: aPage({ title: `Page ${chance.between(1, 9)}` }),
    })
    person.token = tab.welcome.token ?? person.token
    person.visit = tab.welcome.visit
    if (tab.welcome.chat) tab.say({ type: 'chat.open', chatId: tab.welcome.chat.id, after: 0 })
    person.tabs.push(tab)
  }

  /** What the page of this tab shows now. */
  const cardOf = (tab: VisitorLine) => {
    let card = tab.welcome.invitation
    for (const frame of tab.heard) {
      if (frame.type === 'invitation') card = frame.invitation
      if (frame.type === 'invitation.ended' && card?.id === frame.invitationId) card = undefined
    }
    return card
  }
  const chatOf = (tab: VisitorLine): ChatId | undefined => {
    let chat = tab.welcome.chat
    for (const frame of tab.heard) {
      if (frame.type === 'chat') chat = frame.chat
      if (frame.type === 'chat.event' && frame.event.chat) chat = frame.event.chat
    }
    return chat && chat.state !== 'ended' ? chat.id : undefined
  }
  const chats = async () => {
    const state = await ada.look({ topic: 'chats' })
    return 'refused' in state ? [] : Object.values(state.chats)
  }

  const visitorActs: Record<string, (person: Person, tab: VisitorLine) => Promise<unknown>> = {
    async navigate(_, tab) {
      tab.say({ type: 'page', page: aPage({ title: `Page ${chance.between(1, 9)}` }) })
    },
    async leave(person, tab) {
      person.tabs.pop()
      await tab.leave()
    },
    async drop(person, tab) {
      person.tabs.pop()
      tab.socket.terminate()
    },
    async 'open another tab'(person) {
      if (person.tabs.length < 3) await openTab(person)
    },
    async view(_, tab) {
      const card = cardOf(tab)
      if (card) tab.say({ type: 'invitation.viewed', invitationId: card.id })
    },
    async decline(_, tab) {
      const card = cardOf(tab)
      if (card) await tab.ask({ type: 'invitation.decline', invitationId: card.id })
    },
    async reply(_, tab) {
      const card = cardOf(tab)
      if (!card) return
      const id = chance.id()
      const reply = {
        type: 'invitation.reply',
        id,
        invitationId: card.id,
        text: `r ${id}`,
      } as const
      // Said twice where the answer may have been lost; the same must come of it.
      const first = await tab.ask(reply)
      if (chance.chance(0.5)) expect(await tab.ask(reply)).toEqual(first)
      if (!('refused' in first) && first.chatId) {
        ledger.acknowledged(first.chatId, { seq: first.seq ?? 0, text: reply.text })
        tab.say({ type: 'chat.open', chatId: first.chatId, after: 0 })
      }
    },
    async 'start a chat'(_, tab) {
      if (!chance.chance(0.3)) return
      const id = chance.id()
      const done = await tab.ask({ type: 'chat.start', id, text: `s ${id}` })
      if ('refused' in done || !done.chatId) return
      ledger.acknowledged(done.chatId, { seq: done.seq ?? 0, text: `s ${id}` })
      tab.say({ type: 'chat.open', chatId: done.chatId, after: 0 })
    },
    async write(_, tab) {
      const chatId = chatOf(tab)
      if (!chatId) return
      const id = chance.id()
      const message = { type: 'message.send', id, chatId, text: `v ${id}` } as const
      const done = await tab.ask(message)
      if (chance.chance(0.3)) expect(await tab.ask(message)).toEqual(done)
      if (!('refused' in done))
        ledger.acknowledged(chatId, { seq: done.seq ?? 0, text: message.text })
    },
    async 'end the chat'(_, tab) {
      const chatId = chatOf(tab)
      if (chatId && chance.chance(0.3)) await tab.ask({ type: 'chat.end', chatId })
    },
  }

  const agentActs: Record<string, () => Promise<unknown>> = {
    async invite() {
      const person = chance.pick(here())
      if (!person?.visit) return
      const values = await ada.look({ topic: 'values', visitId: person.visit })
      if ('refused' in values) return
      const answer = await ada.ask<'invitation.send'>({
        type: 'invitation.send',
        visitId: person.visit,
        groupId,
        template: 'You are on #pagetitle#.',
        version: values.version,
        again: true,
      })
      if ('refused' in answer) return
      const text = `You are on ${values.values.pagetitle}.`
      ledger.sent(answer.invitation.id, { agentId: ada.agentId, groupId, text })
    },
    async withdraw() {
      const me = await ada.look({ topic: 'me' })
      const open = 'refused' in me ? undefined : me.invitations.find((one) => !one.endedAt)
      const invitationId = open?.id as InvitationId
      if (open && chance.chance(0.3)) await ada.ask({ type: 'invitation.withdraw', invitationId })
    },
    async take() {
      const queued = (await chats()).find((chat) => chat.state === 'queued')
      if (queued) await ada.ask({ type: 'chat.take', chatId: queued.id })
    },
    async answer() {
      const active = (await chats()).filter((chat) => chat.state === 'active')
      if (active.length === 0) return
      const { id: chatId } = chance.pick(active)
      const text = `a ${chance.id()}`
      const done = await ada.ask<'message.send'>({ type: 'message.send', chatId, text })
      if (!('refused' in done)) ledger.acknowledged(chatId, { seq: done.seq, text })
    },
    async end() {
      const active = (await chats()).filter((chat) => chat.state === 'active')
      if (active.length > 1) await ada.ask({ type: 'chat.end', chatId: chance.pick(active).id })
    },
    'a second passes': () => whole.pass(1_000),
    'half a minute passes': () => whole.pass(30_000),
    'two minutes pass': () => whole.pass(125_000),
  }

  async function restart() {
    await whole.settled()
    await whole.restart()
    for (const person of people) person.tabs = []
    ada = await whole.agent(cookie)
    law = await holdToLaw(whole, ada, TOPICS)
  }

  const done: string[] = []
  try {
    for (let n = 1; n <= ACTS; n++) {
      const comes = here().length === 0 || chance.chance(0.15)
      if (n % 90 === 0) {
        done.push('restart')
        await restart()
      } else if (comes) {
        done.push('arrive')
        await openTab(chance.pick(people))
      } else if (chance.chance(0.65)) {
        const person = chance.pick(here())
        const name = chance.pick(Object.keys(visitorActs))
        done.push(name)
        const tab = lastTab(person)
        if (tab) await visitorActs[name]?.(person, tab)
      } else {
        const name = chance.pick(Object.keys(agentActs))
        done.push(name)
        await agentActs[name]?.()
      }
      await whole.settled()
      if (n % 5 === 0) await law.holds(`act ${n}`)
      if (n % 40 === 0) await holdInvariants(whole, ledger, cookie)
    }
    await whole.pass(12_000)
    await law.holds('the end')
    await holdInvariants(whole, ledger, cookie)
    await everybodyOnce()
  } catch (error) {
    throw new Error(`seed ${SEED}, after: ${done.slice(-12).join(', ')}`, { cause: error })
  }
  expect(whole.faults).toEqual([])
  // A history without these would prove little.
  expect(ledger.invitations.size).toBeGreaterThan(3)
  expect(ledger.messages.size).toBeGreaterThan(1)

  /** I16: a visit each, however many tabs; active are those with a live connection. */
  async function everybodyOnce() {
    const window = await ada.look(TOPICS[0] as Extract<Topic, { topic: 'window' }>)
    if ('refused' in window) throw new Error(window.refused)
    const rows = window.order.map((id) => window.rows[id])
    expect(new Set(rows.map((row) => row?.visitorId)).size).toBe(rows.length)
    const active = rows.flatMap((row) => (row?.status === 'active' ? row.id : []))
    expect(active.sort()).toEqual(
      here()
        .map((person) => person.visit)
        .sort(),
    )
  }
})
