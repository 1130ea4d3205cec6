import type { PrivacyLevel } from '@beckon/protocol'
import { type Guest, quietly } from './guest.ts'
import type { Port } from './port.ts'

/*
 * What stays in the browser, as the privacy level in force allows (DESIGN §4): `returning` in
 * localStorage, `visit` in sessionStorage, `presence` in memory only. Where the browser forbids
 * storage everything stays in memory.
 */

/** Who this browser is. `asked`: storage began as a service the visitor asked for, by a reply. */
export type Kept = { token: string; visit: string; asked: boolean }

export type Keep = ReturnType<typeof createKeep>

const PREFIX = 'beckon:'
/** Without a prototype: `for … in` and lookups see our keys only, whatever the page did to Object. */
const nothing = (): Record<string, string> => Object.create(null)
const VISITOR = 'visitor'

export function createKeep(site: string, guest: Guest) {
  let level: PrivacyLevel = 'presence'
  let memory = nothing()

  const area = (of: PrivacyLevel): Storage | undefined => {
    try {
      // Even reading the property throws where the browser blocks storage.
      return of === 'returning' ? localStorage : of === 'visit' ? sessionStorage : undefined
    } catch {
      return undefined
    }
  }

  const read = (of: PrivacyLevel, key: string): string | null => {
    let value: string | null = null
    quietly(() => {
      value = area(of)?.getItem(PREFIX + key) ?? null
    })
    return value
  }

  const get = (key: string): string | null => memory[key] ?? read(level, key)

  const set = (key: string, value: string | null): void => {
    delete memory[key]
    const store = area(level)
    if (value === null) quietly(() => store?.removeItem(PREFIX + key))
    else if (!store) memory[key] = value
    else {
      try {
        store.setItem(PREFIX + key, value)
      } catch {
        // Full or forbidden: this page at least remembers.
        memory[key] = value
      }
    }
  }

  /** Everything of ours in an area; `take` sees each before it is removed. */
  const empty = (of: PrivacyLevel, take: (key: string, value: string) => void) =>
    quietly(() => {
      const store = area(of)
      if (!store) return
      for (let at = store.length - 1; at >= 0; at--) {
        const key = store.key(at)
        if (!key || key.slice(0, PREFIX.length) !== PREFIX) continue
        take(key.slice(PREFIX.length), store.getItem(key) ?? '')
        store.removeItem(key)
      }
    })

  const forget = () => {
    memory = nothing()
    empty('returning', () => {})
    empty('visit', () => {})
  }

  const moveTo = (next: PrivacyLevel) => {
    if (next === level) return
    const kept = memory
    const take = (key: string, value: string) => {
      kept[key] = value
    }
    empty('visit', take)
    empty('returning', take)
    memory = nothing()
    level = next
    for (const key in kept) set(key, kept[key] ?? null)
  }

  if (read('returning', VISITOR)) level = 'returning'
  else if (read('visit', VISITOR)) level = 'visit'

  return {
    get level() {
      return level
    },
    /**
     * The token serves every site of a brand on this origin, the visit belongs to one site. A site
     * prefers its own entry: another brand of the same origin has other visitors.
     */
    kept(): Kept | undefined {
      const own = get(`${VISITOR}:${site}`)
      const text = own ?? get(VISITOR)
      if (!text) return undefined
      const [token = '', visit = '', asked] = text.split(' ')
      return { token, visit: own ? visit : '', asked: asked === '1' }
    },
    hold(next: PrivacyLevel, { token, visit, asked }: Kept): void {
      moveTo(next)
      const text = `${token} ${visit}${asked ? ' 1' : ''}`
      set(`${VISITOR}:${site}`, text)
      if (token) set(VISITOR, text)
    },
    /** Another person: what the widget kept is not theirs. */
    forgetChats(): void {
      const kept = get(VISITOR)
      const own = get(`${VISITOR}:${site}`)
      forget()
      set(VISITOR, kept)
      set(`${VISITOR}:${site}`, own)
    },
    /** Leaves nothing of ours in the browser. */
    forget(): void {
      forget()
      level = 'presence'
    },
    storage: {
      get,
      set,
      watch: (key, changed) =>
        guest.listen<StorageEvent>(window, 'storage', (event) => {
          // A null key: the page cleared everything.
          if (level === 'returning' && (!event.key || event.key === PREFIX + key)) {
            changed(event.newValue)
          }
        }),
    } satisfies Port['storage'],
  }
}
