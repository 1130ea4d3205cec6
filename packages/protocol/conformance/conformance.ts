import { createCallers, type Target } from './callers.ts'
import { frames } from './frames.ts'
import { hellos } from './hellos.ts'
import { invitations } from './invitations.ts'

export type { Target } from './callers.ts'

/**
 * docs/protocol.md on raw sockets: what any server of this version has to do. Everything is made
 * anew for each test, so a server with other visitors passes too.
 */
export function conformance(target: () => Target): void {
  const callers = createCallers(target)
  hellos(callers)
  frames(callers)
  invitations(callers)
}
