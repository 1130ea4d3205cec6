import type { Condition, FilterField, VisitState } from '@beckon/protocol'
import { countryName, deviceWords, hostOf, languageName, pathOf } from '../visitor-words.ts'

export type Fact = {
  label: string
  value: string
  /** What a list of others like this one is filtered by; absent where a filter cannot ask for it. */
  condition?: Condition
}

/** What is known of a visit, in the order in which it is read; what is not known is left out. */
export function summaryFacts(state: VisitState, siteName: string | undefined): Fact[] {
  const { row } = state
  const landing = state.pages[0]
  const landedOn =
    landing?.url === row.landingUrl && landing.title ? landing.title : pathOf(row.landingUrl)
  const referrer = row.referrer && hostOf(row.referrer)
  const found: (Fact | undefined)[] = [
    fact('Site', siteName, is('site', row.siteId)),
    row.email === row.who.text ? undefined : fact('Email', row.email, is('email', row.email)),
    referrer
      ? fact('Came from', referrer, { field: 'referrer', op: 'contains', value: referrer })
      : fact('Came from', 'Direct', { field: 'referrer', op: 'empty' }),
    fact('Searched for', row.searchPhrase, is('search', row.searchPhrase)),
    fact('Campaign', state.campaign, is('campaign', state.campaign)),
    fact('Landed on', landedOn, is('landing', row.landingUrl)),
    fact('Country', countryName(row.country), is('country', row.country)),
    fact('City', row.city, is('city', row.city)),
    fact('Device', deviceWords(row), is('device', row.device)),
    fact('Screen', state.screen),
    fact('Language', languageName(row.language), is('language', row.language)),
    fact('IP address', row.ip, is('ip', row.ip)),
    fact('Host name', row.hostname, is('hostname', row.hostname)),
    ...Object.entries(state.attributes).map(([name, value]) =>
      fact(name, value, ATTRIBUTE.test(name) ? attribute(name, value) : undefined),
    ),
  ]
  return found.filter((one) => one !== undefined)
}

/** Names that a condition takes. */
const ATTRIBUTE = /^[a-z][a-z0-9_]{0,39}$/

const fact = (label: string, value: string | undefined, condition?: Condition) =>
  value ? { label, value, ...(condition && { condition }) } : undefined

const is = (field: FilterField, value: string | undefined): Condition | undefined =>
  value ? { field, op: 'is', value } : undefined

const attribute = (key: string, value: string): Condition => ({
  field: 'attribute',
  key,
  op: 'is',
  value,
})
