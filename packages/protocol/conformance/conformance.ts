import { createCallers, type Target } from './callers.ts'
import { frames } from './frames.ts'
import { hellos } from './hellos.ts'
import { invitations } from './invitations.ts'

export type { Target } from './callers.ts'

export { dialStream } from './stream-wire.ts'

/**
 * docs/protocol.md on raw sockets, or on whatever `dial` of the target opens: what any server of
 * this version has to do. Everything is made anew for each test, so a server with other visitors
 * passes too.
 */
export function conformance(
  target: () => Target,
  over: 'websocket' | 'stream' = 'websocket',
): void {
  const callers = createCallers(target)
  hellos(callers)
  frames(callers, over)
  invitations(callers)
}
