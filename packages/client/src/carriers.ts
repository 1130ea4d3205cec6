import type { Carrier } from './connection-core.ts'

const { WebSocket } = globalThis

/**
 * A WebSocket for each try, until so many of them have ended without a word from the server: then a
 * stream, for as long as the page lives. One word is proof that WebSocket is not blocked here, and
 * whatever goes wrong later has another reason.
 */
export function carriers({
  tries,
  stream,
  socket = (address) => new WebSocket(address),
}: {
  tries: number
  stream(address: string): Carrier
  socket?: (address: string) => WebSocket
}): (address: string) => Carrier {
  let left = tries
  let proved = false
  return (address) => {
    if (!proved && left-- <= 0) return stream(address)
    const made = socket(address)
    made.addEventListener('message', () => {
      proved = true
    })
    return made
  }
}
