import type { Storage } from '@beckon/client/outbox'

const PREFIX = 'beckon.'
/** Where the browser refuses storage, this page's memory has to do. */
const memory = new Map<string, string>()

export const browserStorage: Storage = {
  get(key) {
    try {
      return localStorage.getItem(PREFIX + key)
    } catch {
      return memory.get(key) ?? null
    }
  },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(PREFIX + key)
      else localStorage.setItem(PREFIX + key, value)
    } catch {
      if (value === null) memory.delete(key)
      else memory.set(key, value)
    }
  },
  watch(key, changed) {
    const hear = (event: StorageEvent) => {
      if (event.key === PREFIX + key) changed(event.newValue)
    }
    window.addEventListener('storage', hear)
    return () => window.removeEventListener('storage', hear)
  },
}
