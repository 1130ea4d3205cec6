import ipaddr from 'ipaddr.js'

/** The only part of IPv6 that is given out; v4 dressed up as v6 lies outside or has a range of its own. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR('2000::/3')
/** Measuring networks: not ours to reach, whatever the library says of them. */
const BENCHMARKING = ipaddr.IPv4.parseCIDR('198.18.0.0/15')

export type Reach = 'public' | 'loopback' | 'inside'

/**
 * Where a numeric address leads (T10). `inside` is everything that is neither this machine nor a
 * public host: private, link-local and metadata addresses, carrier NAT, NAT64, 6to4, multicast.
 */
export function reachOf(text: string): Reach {
  if (!ipaddr.isValid(text) || text.includes('%')) return 'inside'
  // An IPv4 address inside IPv6 leads where the IPv4 address leads.
  const address = ipaddr.process(text)
  const range = address.range()
  if (range === 'loopback') return 'loopback'
  if (range !== 'unicast') return 'inside'
  const given =
    address.kind() === 'ipv4'
      ? !(address as ipaddr.IPv4).match(BENCHMARKING)
      : (address as ipaddr.IPv6).match(GLOBAL_V6)
  return given ? 'public' : 'inside'
}
