import type { AgentId, BrandId, DepartmentId, GroupId, LinkId, SiteId } from '@beckon/protocol'
import { DEFAULT_ALERT, DEFAULT_HAND_OFF, DEFAULT_STYLE } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import type { Group, Picture } from '../directory/directory.ts'
import { minutes } from '../time/clock.ts'
import type { LiveVisit } from '../visits/presence.ts'
import { groupChoices, linkOf, valuesOf } from './values.ts'

const brand = 'brand-one' as BrandId
const site = 'site-shop' as SiteId
const ada = 'agent-ada' as AgentId
const NOW = Date.parse('2026-01-05T09:30:00Z')

const group = (id: string, department: string, more: Partial<Group> = {}): Group => ({
  id: id as GroupId,
  departmentId: department as DepartmentId,
  brandId: brand,
  name: id,
  frontLine: true,
  members: new Map(),
  distribution: 'pull',
  chatLimit: null,
  handOff: DEFAULT_HAND_OFF,
  alert: DEFAULT_ALERT,
  ...more,
})
const department = (id: string, liveChat: boolean) => ({
  id: id as DepartmentId,
  brandId: brand,
  name: id,
  liveChat,
  hours: null,
  closedOutside: false,
})
const byId = <T extends { id: string }>(things: T[]) =>
  new Map(things.map((thing) => [thing.id as T['id'], thing]))

function picture(language = 'en'): Picture {
  return {
    brands: byId([{ id: brand, name: 'Bikes', slug: 'bikes', accent: null, logoText: null }]),
    sites: byId([
      {
        id: site,
        brandId: brand,
        kind: 'website' as const,
        name: 'Shop',
        key: 'k',
        origins: [],
        privacy: 'returning' as const,
        ipMode: 'full' as const,
        language,
        mainLinkId: 'link-main' as LinkId,
        color: 0,
        off: false,
        queryKeys: null,
        showPrivacy: false,
        showTyping: false,
        visitorLanguage: null,
      },
    ]),
    sitesByKey: new Map(),
    forms: new Map(),
    secondStep: new Set(),
    departments: byId([
      department('Sales', true),
      department('Support', true),
      department('Away', false),
    ]),
    groups: byId([
      group('b-sales', 'Sales'),
      group('a-support', 'Support', { members: new Map([[ada, { active: false }]]) }),
      group('away', 'Away', { members: new Map([[ada, { active: true }]]) }),
      group('other', 'Sales', { brandId: 'brand-two' as BrandId }),
      group('a-sales', 'Sales'),
    ]),
    links: byId([
      {
        id: 'link-main' as LinkId,
        siteId: site,
        name: 'Main',
        type: 'button',
        style: DEFAULT_STYLE,
        ...PLAIN_LINK,
      },
      {
        id: 'link-here' as LinkId,
        siteId: site,
        name: 'Here',
        type: 'button',
        style: DEFAULT_STYLE,
        ...PLAIN_LINK,
      },
      {
        id: 'link-away' as LinkId,
        siteId: 'site-blog' as SiteId,
        name: 'Away',
        type: 'button',
        style: DEFAULT_STYLE,
        ...PLAIN_LINK,
      },
    ]),
    agents: byId([
      {
        id: ada,
        name: 'Ada Lovelace',
        chatName: 'Ada',
        email: '',
        roles: new Set(['agent'] as const),
        available: true,
        chatLimit: 3,
        disabled: false,
        card: { name: 'Ada', initials: 'AD', tint: 0 },
      },
    ]),
  }
}

const visit = (row: Partial<LiveVisit['row']> = {}, more: Partial<LiveVisit> = {}): LiveVisit =>
  ({
    siteId: site,
    brandId: brand,
    pages: [],
    attributes: {},
    privacy: 'returning',
    tabs: [],
    ...more,
    row: {
      who: { rung: 'code', text: 'Visitor 4F2A', verified: false },
      visitNumber: 3,
      title: 'Saddles',
      url: 'https://shop.example/saddles',
      landingUrl: 'https://shop.example/',
      startedAt: NOW - minutes(7) - 59_999,
      navigatedAt: NOW - 59_999,
      hits: 4,
      ...row,
    },
  }) as LiveVisit

const values = (one: LiveVisit, language?: string) =>
  valuesOf(one, { picture: picture(language), agentId: ada, now: NOW })

const PLAIN_LINK = {
  departmentIds: null,
  offline: { do: 'message' },
  css: '',
  images: { online: null, offline: null, logo: null },
} as const

describe('variables', () => {
  test('S31a duration and idle are whole minutes, previous visits do not count this one', () => {
    expect(values(visit())).toMatchObject({
      duration: '7',
      idle: '0',
      hits: '4',
      previousvisits: '2',
      site: 'Shop',
      brand: 'Bikes',
      agentname: 'Ada',
      pagetitle: 'Saddles',
      landingpage: 'https://shop.example/',
    })
  })

  test('S30 what is not known is null, not empty text', () => {
    expect(values(visit())).toMatchObject({ email: null, country: null, ip: null, hostname: null })
  })

  test('S31a country and language are said in the site’s language', () => {
    const one = visit({ country: 'DE', language: 'fr-CA' })
    expect(values(one, 'en')).toMatchObject({ country: 'Germany', language: 'Canadian French' })
    expect(values(one, 'de').country).toBe('Deutschland')
  })

  test('S31a the start is in the visitor’s own time zone and the site’s language', () => {
    const one = visit({ startedAt: Date.parse('2026-01-05T09:05:00Z') }, { timeZone: 'Asia/Tokyo' })
    expect(values(one, 'en').startedat).toBe('Jan 5, 2026, 6:05 PM')
    expect(values(one, 'de').startedat).toBe('05.01.2026, 18:05')
  })

  test('T9 codes, languages and time zones that do not exist change nothing else', () => {
    const one = visit({ country: 'not a code', language: '<script>' }, { timeZone: 'Mars/Olympus' })
    expect(values(one, 'xx-bad-language-tag-')).toMatchObject({
      country: 'not a code',
      language: '<script>',
      startedat: expect.stringContaining('2026'),
    })
  })

  test('S31a custom attributes are variables; built-ins beat them, also without a value', () => {
    const one = visit({}, { attributes: { plan: 'Gold', email: 'fake@example.com', group: 'x' } })
    expect(values(one)).toMatchObject({ plan: 'Gold', email: null })
    expect('group' in values(one)).toBe(false)
  })
})

describe('groups', () => {
  test('S22 only groups of the brand whose department has live chat, own first', () => {
    expect(groupChoices(picture(), brand, ada).map(({ id, own }) => [id, own])).toEqual([
      ['a-support', true],
      ['a-sales', false],
      ['b-sales', false],
    ])
  })
})

describe('the card’s link', () => {
  const shop = picture().sites.get(site)

  test('S33 the first visible link of the site wins, one of another site does not', () => {
    expect(linkOf(picture(), shop, ['link-away', 'link-here'])?.name).toBe('Here')
  })

  test('S33 S35 else the main link, else none', () => {
    expect(linkOf(picture(), shop, ['nonsense'])?.name).toBe('Main')
    expect(linkOf(picture(), shop && { ...shop, mainLinkId: null }, [])).toBeUndefined()
  })
})
