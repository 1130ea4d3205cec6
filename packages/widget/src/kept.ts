import type { Port } from '../../tracker/src/port.ts'
import type { KeptCard } from './card/card-state.ts'

/** What the widget leaves in the browser between pages, through the port’s storage. */
export const isKeptCard = (value: Partial<KeptCard>): boolean =>
  typeof value.invitationId === 'string' && typeof value.text === 'string'

/** Storage belongs to the page's origin: what comes out may be anything. */
export function kept<T>(
  { storage }: Port,
  key: string,
  is: (value: Partial<T>) => boolean = () => true,
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
