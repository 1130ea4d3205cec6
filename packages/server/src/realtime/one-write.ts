import type { Writable } from 'node:stream'

/** More than this goes out at once: held back, it would look like a peer that takes nothing. */
const ENOUGH_BYTES = 64 * 1_024

let held: Writable[] = []

/**
 * What is said to a peer in one turn of the loop, as an acknowledgement and the message itself,
 * leaves in one write: each is a call of the system, and costs more than what it carries.
 */
export function inOneWrite(pipe: Writable): void {
  if (pipe.writableCorked > 0) {
    if (pipe.writableLength > ENOUGH_BYTES) pipe.uncork()
    return
  }
  pipe.cork()
  if (held.push(pipe) === 1) process.nextTick(letGo)
}

function letGo(): void {
  const pipes = held
  held = []
  for (const pipe of pipes) pipe.uncork()
}
