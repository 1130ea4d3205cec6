import { type KeptKeys, scrubText, scrubUrl } from './scrub-url.ts'

/** Host (by whole labels, `*` = any ending) and the query key that holds the phrase. */
const ENGINES: readonly (readonly [name: string, host: string, key: string])[] = [
  ['Google', 'google.*', 'q'],
  ['Bing', 'bing.com', 'q'],
  ['DuckDuckGo', 'duckduckgo.com', 'q'],
  ['Yahoo', 'yahoo.*', 'p'],
  ['Ecosia', 'ecosia.org', 'q'],
  ['Yandex', 'yandex.*', 'text'],
  ['Baidu', 'baidu.com', 'wd'],
  ['Startpage', 'startpage.com', 'query'],
  ['Qwant', 'qwant.com', 'q'],
  ['Brave', 'search.brave.com', 'q'],
  ['Kagi', 'kagi.com', 'q'],
  ['Naver', 'naver.com', 'query'],
  ['Seznam', 'seznam.cz', 'q'],
  ['Sogou', 'sogou.com', 'query'],
  ['Ask', 'ask.com', 'q'],
  ['AOL', 'search.aol.com', 'q'],
  ['Mojeek', 'mojeek.com', 'q'],
]
const PHRASE_LENGTH = 200

export type Source = { referrer?: string; engine?: string; phrase?: string }

/** Where a visit came from. A page of the same host is no source: it is the site itself. */
export function readReferrer(
  referrer: string | undefined,
  pageUrl: string,
  kept?: KeptKeys,
): Source {
  const from = parse(referrer)
  if (!from || !referrer) return {}
  if (from.host === parse(pageUrl)?.host) return {}
  const engine = engineOf(from.hostname)
  const phrase = engine && from.searchParams.get(engine[2])?.trim().slice(0, PHRASE_LENGTH)
  return {
    referrer: scrubUrl(referrer, kept) || undefined,
    engine: engine?.[0],
    phrase: phrase ? scrubText(phrase) : undefined,
  }
}

/** Name of the search engine an address belongs to. */
export function searchEngine(referrer: string | undefined): string | undefined {
  const from = parse(referrer)
  return from && engineOf(from.hostname)?.[0]
}

/** The campaign (UTM) that brought the visitor. */
export function campaignOf(pageUrl: string): string | undefined {
  if (!pageUrl.includes('utm_')) return undefined
  const query = parse(pageUrl)?.searchParams
  const name = query?.get('utm_campaign') || query?.get('utm_source')
  return name ? scrubText(name.slice(0, PHRASE_LENGTH)) : undefined
}

function engineOf(host: string) {
  return ENGINES.find(([, pattern]) => {
    if (!pattern.endsWith('.*')) return host === pattern || host.endsWith(`.${pattern}`)
    // google.de and www.google.co.uk, but neither google.evil.example nor notgoogle.com.
    const name = pattern.slice(0, -2)
    return new RegExp(`(?:^|\\.)${name}\\.(?:com?\\.)?[a-z]{2,3}$`).test(host)
  })
}

function parse(address: string | undefined): URL | undefined {
  if (!address) return undefined
  try {
    const url = new URL(address)
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined
  } catch {
    return undefined
  }
}
