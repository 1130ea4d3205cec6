import type { IpMode } from '@beckon/protocol'

/** An address as the site's IP mode lets us store it (W21): masking keeps 2 of 4 bytes, or a /48. */
export function storedIp(ip: string | undefined, mode: IpMode): string | null {
  if (!ip || mode === 'none') return null
  if (mode === 'full') return ip
  if (ip.includes(':')) return maskedV6(ip)
  const bytes = ip.split('.')
  return bytes.length === 4 ? `${bytes[0]}.${bytes[1]}.0.0` : null
}

function maskedV6(ip: string): string {
  const [head = ''] = ip.split('::')
  const words = head.split(':').filter(Boolean).slice(0, 3)
  return `${words.join(':')}::`
}
