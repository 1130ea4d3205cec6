import type { RefusalCode } from '@beckon/protocol'

/*
 * The list of messages that are written but not acknowledged, oldest first. Pure: what it is, what
 * may become of it, and how it is kept as text. It is read back from a storage that belongs to a
 * stranger's page, so whatever cannot be one of ours is left out.
 */

export type Unsent = {
  /** The message's client id; sending it again is harmless. */
  readonly id: string
  readonly text: string
  /** When it was written, by the browser's clock. */
  readonly at: number
  /** The server said no for good: it waits for its writer to change or discard it. */
  readonly refused?: { readonly code: RefusalCode; readonly message: string }
}

export type UnsentList = readonly Unsent[]

/** As in the protocol's limits; numbers, so that the table stays out of visitors' scripts. */
const MOST_MESSAGES = 200
const MOST_CHARACTERS = 4_000

/** Undefined when it is full: the writer keeps the text. */
export function added(list: UnsentList, unsent: Unsent): UnsentList | undefined {
  if (list.length >= MOST_MESSAGES) return undefined
  return list.some(({ id }) => id === unsent.id) ? list : [...list, unsent]
}

export function without(list: UnsentList, id: string): UnsentList {
  return list.some((unsent) => unsent.id === id) ? list.filter((unsent) => unsent.id !== id) : list
}

export function marked(list: UnsentList, id: string, refused: Unsent['refused']): UnsentList {
  return list.map((unsent) => {
    if (unsent.id !== id) return unsent
    const { refused: _, ...plain } = unsent
    return refused ? { ...plain, refused } : plain
  })
}

/** What to send next. Refused ones do not hold up the others. */
export const nextOf = (list: UnsentList): Unsent | undefined => list.find(({ refused }) => !refused)

/**
 * `theirs` is what storage holds; `mine` are this tab's own that are not known to have arrived. One
 * of mine is missing when another tab wrote over it or has sent it: it comes back in its place, and
 * being sent twice it still means once.
 */
export function reunited(theirs: UnsentList, mine: UnsentList): UnsentList {
  let list = theirs
  let after: Unsent | undefined
  for (const own of [...mine].reverse()) {
    if (!list.some(({ id }) => id === own.id)) {
      const at = after ? list.findIndex(({ id }) => id === after?.id) : list.length
      list = [...list.slice(0, at), own, ...list.slice(at)]
    }
    after = own
  }
  return list
}

export const encoded = (list: UnsentList): string | null =>
  list.length > 0 ? JSON.stringify(list) : null

export function decoded(text: string | null | undefined): UnsentList {
  if (!text) return []
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.filter(isUnsent).slice(0, MOST_MESSAGES) : []
  } catch {
    return []
  }
}

function isUnsent(value: unknown): value is Unsent {
  if (typeof value !== 'object' || value === null) return false
  const { id, text, at, refused } = value as Record<string, unknown>
  return (
    typeof id === 'string' &&
    /^[0-9A-Za-z_-]{8,64}$/.test(id) &&
    typeof text === 'string' &&
    text.length > 0 &&
    text.length <= MOST_CHARACTERS &&
    typeof at === 'number' &&
    (refused === undefined || (typeof refused === 'object' && refused !== null))
  )
}
