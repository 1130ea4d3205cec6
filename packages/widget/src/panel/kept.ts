import type { Port } from '../../../tracker/src/port.ts'

/*
 * What the widget leaves in the browser between pages, through the port’s storage: `open`, the
 * card's `announced` and `written`, a `start` on its way, the panel's `draft`, and what is `left` of
 * a card for the panel to take up.
 */

/** Storage belongs to the page's origin: what comes out may be anything. */
export function kept<T>(
  { storage }: Port,
  key: string,
  is: (value: Partial<T>) => boolean,
): T | undefined {
  try {
    const value: unknown = JSON.parse(storage.get(key) ?? '')
    return is(value as Partial<T>) ? (value as T) : undefined
  } catch {
    // Not there, or not ours.
  }
}

/** Keeps it, or forgets what was kept. */
export const keep = ({ storage }: Port, key: string, value: object | undefined): void =>
  storage.set(key, value ? JSON.stringify(value) : null)
