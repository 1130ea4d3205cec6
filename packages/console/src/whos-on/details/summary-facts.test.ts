import type { VisitState } from '@beckon/protocol'
import { expect, test } from 'vitest'
import { summaryFacts } from './summary-facts.ts'

const row = {
  siteId: 'site-1',
  who: { rung: 'displayname', text: 'Marta', verified: false },
  email: 'marta@mail.example',
  title: 'Sizes',
  url: 'https://shop.example/sizes',
  landingUrl: 'https://shop.example/',
  referrer: 'https://www.google.com/search?q=gravel',
  country: 'PL',
  city: 'Kraków',
  device: 'phone',
}
const stateWith = (more: object = {}) =>
  ({
    row: { ...row, ...more },
    pages: [],
    campaign: 'spring · cpc',
    attributes: { plan: 'gold', 'Not a key': 'x' },
  }) as unknown as VisitState

test('W4 W7 each value that a filter can ask for leads to those who share it', () => {
  const facts = summaryFacts(stateWith(), 'Shop')
  expect(facts.map(({ label, condition }) => [label, condition])).toEqual([
    ['Site', { field: 'site', op: 'is', value: 'site-1' }],
    ['Email', { field: 'email', op: 'is', value: 'marta@mail.example' }],
    ['Came from', { field: 'referrer', op: 'contains', value: 'google.com' }],
    ['Campaign', { field: 'campaign', op: 'is', value: 'spring · cpc' }],
    ['Landed on', { field: 'landing', op: 'is', value: 'https://shop.example/' }],
    ['Country', { field: 'country', op: 'is', value: 'PL' }],
    ['City', { field: 'city', op: 'is', value: 'Kraków' }],
    ['Device', { field: 'device', op: 'is', value: 'phone' }],
    ['plan', { field: 'attribute', key: 'plan', op: 'is', value: 'gold' }],
    ['Not a key', undefined],
  ])
})

test('W4 what is not known is left out, and who came by themselves came directly', () => {
  const bare = stateWith({ referrer: undefined, email: undefined, country: undefined })
  const facts = summaryFacts({ ...bare, campaign: undefined, attributes: {} } as VisitState, 'Shop')
  expect(facts.map(({ label }) => label)).toEqual([
    'Site',
    'Came from',
    'Landed on',
    'City',
    'Device',
  ])
  expect(facts[1]).toEqual({
    label: 'Came from',
    value: 'Direct',
    condition: { field: 'referrer', op: 'empty' },
  })
})
