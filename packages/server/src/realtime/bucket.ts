import { LIMITS, type Timestamp } from '@beckon/protocol'

/** Frames a connection may send: 20 a second, 60 at once (T21). */
export class Bucket {
  #left: number = LIMITS.frameBurst
  #at: Timestamp

  constructor(now: Timestamp) {
    this.#at = now
  }

  take(now: Timestamp): boolean {
    const gained = ((now - this.#at) * LIMITS.framesPerSecond) / 1_000
    // A clock set back gives nothing and takes nothing.
    this.#left = Math.min(LIMITS.frameBurst, this.#left + Math.max(0, gained))
    this.#at = now
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}
