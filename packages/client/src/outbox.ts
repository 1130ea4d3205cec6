import type { RefusalCode } from '@beckon/protocol'
import { newClientId } from './client-id.ts'
import type { Timers } from './connection.ts'
import type { SendLock, Storage } from './send-lock.ts'
import {
  added,
  decoded,
  encoded,
  marked,
  nextOf,
  reunited,
  type Unsent,
  type UnsentList,
  without,
} from './unsent.ts'

/*
 * Messages on their way (DESIGN §7, Resume). A message is in storage before it is sent and leaves it
 * only when it was acknowledged or seen in the chat: pages may change, tabs close and nodes die in
 * between. One message is on the wire at a time, from one tab: that, and the client ids, is the
 * whole of order and of sending twice meaning once.
 */

export { newClientId } from './client-id.ts'
export { type SendLock, type Storage, webLock } from './send-lock.ts'
export type { Unsent, UnsentList } from './unsent.ts'

export type OutboxOptions = {
  /** The chat's id: messages are kept apart by chat. */
  key: string
  storage: Storage
  lock: SendLock
  /** Puts it on the wire; false when not connected. */
  send(unsent: Unsent): boolean
  onChange(list: UnsentList): void
  timers: Timers
  now?: () => number
  newId?: () => string
}

export type Outbox = {
  readonly list: UnsentList
  /** Keeps it and sends it as soon as may be. Undefined when 200 are waiting already. */
  add(text: string): Unsent | undefined
  /** A connection is open, perhaps in place of another: begins to send, from the oldest. */
  opened(): void
  /** The connection is lost: another tab may send meanwhile. */
  lost(): void
  /** `done` came for it. Ids that are not of this box are ignored. */
  acknowledged(id: string): void
  /** It stands in the chat, perhaps sent by another tab. */
  seen(clientIds: readonly string[]): void
  /** `refused` came for it. True when it was one of this box. */
  refused(id: string, code: RefusalCode, message: string): boolean
  /** Sends a refused one again. */
  retry(id: string): void
  discard(id: string): void
  close(): void
}

/** Refusals that time mends; every other one is marked and left to its writer. */
const isPassing = (code: RefusalCode) =>
  code === 'rate_limited' || code === 'try_again' || code === 'storage_full' || code === 'internal'
const AGAIN_AFTER = 3_000
/** An answer that has not come by then is not coming. */
const ANSWER_WITHIN = 20_000

export function createOutbox({
  key,
  storage,
  lock,
  send,
  onChange,
  timers,
  now = Date.now,
  newId = newClientId,
}: OutboxOptions): Outbox {
  const storageKey = `unsent:${key}`
  let list = decoded(storage.get(storageKey))
  /** Written here and not known to have arrived. */
  let mine: UnsentList = []
  let open = false
  let turn: 'none' | 'waiting' | 'held' = 'none'
  let onWire: string | undefined
  let release = () => {}
  let cancelAgain = () => {}

  const show = (next: UnsentList) => {
    if (next === list) return
    list = next
    onChange(list)
  }

  /** Reads before it writes: other tabs write the same list. */
  const change = (work: (list: UnsentList) => UnsentList) => {
    const before = reunited(decoded(storage.get(storageKey)), mine)
    const after = work(before)
    storage.set(storageKey, encoded(after))
    show(after)
  }

  const rest = () => {
    cancelAgain()
    onWire = undefined
    turn = 'none'
    release()
    release = () => {}
  }

  const arrived = (id: string) => {
    if (onWire !== id) return
    cancelAgain()
    onWire = undefined
  }

  const sendAgainAfter = (ms: number) => {
    cancelAgain()
    cancelAgain = timers.after(ms, () => {
      onWire = undefined
      pump()
    })
  }

  const pump = () => {
    if (!open || onWire) return
    const next = nextOf(list)
    if (!next) return rest()
    if (turn === 'none') {
      turn = 'waiting'
      release = lock.acquire(storageKey, () => {
        turn = 'held'
        // Another tab may have sent some of them while this one waited.
        show(reunited(decoded(storage.get(storageKey)), mine))
        pump()
      })
    } else if (turn === 'held') {
      onWire = next.id
      if (send(next)) sendAgainAfter(ANSWER_WITHIN)
      else rest()
    }
  }

  const has = (id: string) => list.some((unsent) => unsent.id === id)

  const settled = (id: string) => {
    if (!has(id)) return
    mine = without(mine, id)
    change((before) => without(before, id))
    arrived(id)
    pump()
  }

  const unwatch = storage.watch(storageKey, (text) => {
    show(reunited(decoded(text), mine))
    pump()
  })

  return {
    get list() {
      return list
    },
    add(text) {
      const unsent = { id: newId(), text, at: now() }
      const before = reunited(decoded(storage.get(storageKey)), mine)
      const after = added(before, unsent)
      if (!after) return undefined
      mine = [...mine, unsent]
      change(() => after)
      pump()
      return unsent
    },
    opened() {
      open = true
      // After a move to another node the answer to what was said to the old one is not heard.
      cancelAgain()
      onWire = undefined
      pump()
    },
    lost() {
      open = false
      rest()
    },
    acknowledged: settled,
    seen(clientIds) {
      for (const id of clientIds) settled(id)
    },
    refused(id, code, message) {
      if (!has(id)) return false
      if (isPassing(code)) {
        if (onWire === id) sendAgainAfter(AGAIN_AFTER)
        return true
      }
      arrived(id)
      mine = without(mine, id)
      change((before) => marked(before, id, { code, message }))
      pump()
      return true
    },
    retry(id) {
      change((before) => marked(before, id, undefined))
      pump()
    },
    discard: settled,
    close() {
      open = false
      unwatch()
      rest()
    },
  }
}
