import type { PrivacyLevel } from '@beckon/protocol'
import { listen, quietly } from './guest.ts'
import type { Port } from './port.ts'

/*
 * What stays in the browser, as the privacy level in force allows (DESIGN §4): `returning` in
 * localStorage, `visit` in sessionStorage, `presence` in memory only. Where the browser forbids
 * storage, or it is full, everything stays in memory.
 */

const PREFIX = 'beckon:'

/** In force now. Only this module changes it. */
export let level: PrivacyLevel = 'presence'
/** Without a prototype: lookups see our keys only, whatever the page did to Object. */
let memory: Record<string, string> = Object.create(null)

/** Even reading the property throws where the browser blocks storage. */
const area = (): Storage | undefined =>
  level === 'returning' ? localStorage : level === 'visit' ? sessionStorage : undefined

export function get(key: string): string | undefined {
  let value: string | null | undefined = memory[key]
  quietly(() => {
    value ??= area()?.getItem(PREFIX + key)
  })
  return value ?? undefined
}

export function set(key: string, value: string | null): void {
  delete memory[key]
  if (value !== null) memory[key] = value
  quietly(() => {
    const store = area()
    if (value === null) store?.removeItem(PREFIX + key)
    else if (store) {
      store.setItem(PREFIX + key, value)
      delete memory[key]
    }
  })
}

/** Goes to another level and takes along what is kept. */
export function moveTo(next: PrivacyLevel): void {
  if (next === level) return
  const kept = forget()
  level = next
  for (const key in kept) set(key, kept[key] as string)
}

/** Leaves nothing of ours in the browser; answers what there was. */
export function forget(): Record<string, string> {
  const kept = memory
  const take = () => {
    const store = area() as Storage
    // Also names of its methods and of what the page has put beside them: none begins so.
    for (const key in store) {
      if (key.indexOf(PREFIX)) continue
      kept[key.slice(PREFIX.length)] = store.getItem(key) as string
      store.removeItem(key)
    }
  }
  memory = Object.create(null)
  level = 'visit'
  quietly(take)
  level = 'returning'
  quietly(take)
  level = 'presence'
  return kept
}

/** Where this browser was at home before: the first level that has the key. */
export function findLevel(key: string): void {
  level = 'returning'
  if (!get(key)) level = 'visit'
  if (!get(key)) level = 'presence'
}

export const storage: Port['storage'] = {
  get,
  set,
  watch: (key, changed) =>
    listen<StorageEvent>(window, 'storage', (event) => {
      // A null key: the page cleared everything.
      if (level === 'returning' && (!event.key || event.key === PREFIX + key)) {
        changed(event.newValue)
      }
    }),
}
