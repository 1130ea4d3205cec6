import type { AgentView, BrandView, DepartmentView, SiteView } from '@beckon/protocol'
import { EVERYONE } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { newId } from '../src/ids.ts'
import { aPage } from './floor.ts'
import { type AgentLine, granted, openWhole } from './whole.ts'

const PASSWORD = 'heron lantern copper nine'
const SHOP = 'http://127.0.0.1:5999'
const WORDS = { left: 'Quokka', right: 'Numbat' } as const
type Side = keyof typeof WORDS

/*
 * Two brands on one server live the same life at the same time; each one's things carry a word that
 * nobody of the other may ever be sent.
 */
test('T18 W14 twins: nothing of one brand reaches an agent of the other, by socket or REST', async () => {
  await using whole = await openWhole()
  const admin = await whole.signIn()

  async function brand(side: Side) {
    const word = WORDS[side]
    const made = <T>(path: string, body: object) => whole.rest<T>('POST', path, body, admin)
    const { id: brandId } = await made<BrandView>('/brands', { name: `${word} brand` })
    const department = await made<DepartmentView>('/departments', {
      name: `${word} department`,
      liveChat: true,
      brandId,
    })
    const email = `${side}@example.com`
    const agent = await made<AgentView>('/agents', {
      name: `${word} agent`,
      chatName: `${word} agent`,
      email,
      password: PASSWORD,
      roles: ['agent', 'manager'],
    })
    await whole.rest(
      'PATCH',
      `/groups/${department.frontGroupId}`,
      { memberIds: [agent.id] },
      admin,
    )
    const site = await made<SiteView>('/sites', {
      name: `${word} shop`,
      origins: [SHOP],
      brandId,
    })
    const cookie = await whole.signIn({ email, password: PASSWORD })
    return { side, word, brandId, site, cookie, groupId: department.frontGroupId }
  }

  const sides = [await brand('left'), await brand('right')]
  const lines = new Map<Side, AgentLine>()
  for (const { side, cookie } of sides) {
    const line = await whole.agent(cookie)
    lines.set(side, line)
    line.say({
      type: 'subscribe',
      sub: line.newSub(),
      topic: {
        topic: 'window',
        filter: EVERYONE,
        sort: { by: 'started', dir: 'desc' },
        offset: 0,
        limit: 50,
      },
    })
    for (const topic of ['counts', 'map', 'chats', 'me', 'filters', 'colleagues'] as const) {
      line.say({ type: 'subscribe', sub: line.newSub(), topic: { topic } })
    }
    await line.ask({ type: 'availability.set', available: true })
  }
  await whole.settled()

  for (let round = 0; round < 3; round++) {
    for (const { side, word, brandId, site, groupId } of sides) {
      const line = lines.get(side) as AgentLine
      const visitor = await whole.visitor({
        site: site.key,
        page: aPage({ url: `${SHOP}/${word}/${round}`, title: `${word} page` }),
        identity: {
          name: `${word} visitor`,
          email: `${word}@example.org`,
          attributes: { plan: word },
        },
      })
      const { visit: visitId } = visitor.welcome
      const values = granted(await line.look({ topic: 'values', visitId }))
      const { invitation } = granted(
        await line.ask<'invitation.send'>({
          type: 'invitation.send',
          visitId,
          groupId,
          template: `${word} hello`,
          version: values.version,
        }),
      )
      await visitor.next('invitation')
      granted(
        await visitor.ask({
          type: 'invitation.reply',
          invitationId: invitation.id,
          text: `${word} reply`,
        }),
      )
      const { visitorId } = whole.app.presence.find(visitId) ?? { visitorId: newId<never>() }
      await line.ask<'visitor.note'>({ type: 'visitor.note', visitorId, text: `${word} note` })
      await line.ask<'visitor.tag'>({ type: 'visitor.tag', visitorId, name: `${word} tag` })
      await line.ask<'filter.save'>({
        type: 'filter.save',
        filterId: newId<never>(),
        version: 0,
        name: `${word} filter ${round}`,
        filter: EVERYONE,
        shared: true,
        brandId,
      })
      visitor.say({ type: 'page', page: aPage({ url: `${SHOP}/${word}/on`, title: `${word} on` }) })
      await whole.settled()
    }
    await whole.pass(3_000)
  }

  for (const { side, word, cookie } of sides) {
    const foreign = side === 'left' ? WORDS.right : WORDS.left
    const heard = JSON.stringify(lines.get(side)?.heard)
    // It did live: its own words came, all of them.
    for (const what of ['page', 'visitor', 'reply', 'tag', 'filter 2']) {
      expect(heard, what).toContain(`${word} ${what}`)
    }
    expect(heard.includes(foreign)).toBe(false)
    for (const path of [
      ...['me', 'agents', 'brands', 'departments', 'groups', 'sites', 'links', 'tags', 'bans'],
      ...[
        'saved-messages',
        'chats?state=ended',
        'reports/invitations?from=0&to=9999999999999&by=agent',
      ],
    ]) {
      const answer = await fetch(`${whole.app.url}/api/v1/${path}`, { headers: { cookie } })
      expect([path, answer.status]).toEqual([path, 200])
      expect([path, (await answer.text()).includes(foreign)]).toEqual([path, false])
    }
  }
}, 120_000)
