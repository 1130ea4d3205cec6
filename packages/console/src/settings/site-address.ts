/** What an address typed by a person stands for. */
export type SiteAddress = { host: string; url: string; origins: string[] }

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/
const IP = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\])$/

/**
 * “www.shop.example/start” → the site with and without www and its subdomains. A scheme may be
 * left out; https is meant, http on this computer. Undefined when it is no address.
 */
export function readSiteAddress(typed: string): SiteAddress | undefined {
  const text = typed.trim()
  if (text === '' || /\s/.test(text)) return undefined
  const url = parse(/^https?:\/\//i.test(text) ? text : `https://${text}`)
  if (!url?.hostname) return undefined
  const { hostname, port } = url
  if (LOOPBACK.test(hostname)) {
    const scheme = /^https:/i.test(text) ? 'https' : 'http'
    return { host: url.host, url: `${scheme}://${url.host}/`, origins: [url.host] }
  }
  if (IP.test(hostname)) return { host: url.host, url: `${url.origin}/`, origins: [url.host] }
  if (!hostname.includes('.')) return undefined
  const bare = hostname.replace(/^www\./, '')
  const end = port ? `:${port}` : ''
  return {
    host: bare + end,
    url: `${url.origin}/`,
    origins: [bare + end, `*.${bare}${end}`],
  }
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

/** Where “Open my website” leads: the first allowed origin that is one address. */
export function addressOf(origins: readonly string[]): string | undefined {
  const one = origins.find((origin) => !origin.includes('*'))
  if (!one) return undefined
  if (/^https?:\/\//.test(one)) return one
  const host = one.replace(/:\d+$/, '')
  return `${LOOPBACK.test(host) ? 'http' : 'https'}://${one}`
}

/** The address with one more thing in its query. */
export function withQuery(address: string, query: string | undefined): string {
  const url = parse(address)
  if (!url || !query) return address
  url.search = url.search ? `${url.search}&${query}` : query
  return url.href
}
