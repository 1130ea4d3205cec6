import { isLoopbackHost } from '../visits/origin.ts'
import type { OutboundPolicy } from './outbound.ts'

/** Web ports of public hosts. An installation on this machine may also look at itself and its neighbours. */
export function policyFor(base: string): OutboundPolicy {
  const { hostname, port } = new URL(base)
  const loopback = isLoopbackHost(hostname)
  return { loopback, ports: loopback && port ? ['80', '443', port] : ['80', '443'] }
}
