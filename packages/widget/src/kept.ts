import type { Port } from '../../tracker/src/port.ts'
import type { KeptCard } from './state.ts'

/** What the widget leaves in the browser between pages, through the port’s storage. */
export function keptIn({ storage }: Port) {
  return {
    card: (): KeptCard | undefined => parsed(storage.get('card'), isKeptCard),
    keepCard: (card: KeptCard | null) => storage.set('card', card && JSON.stringify(card)),
    /** The panel's own draft: what was written in a card that is gone is not lost. */
    keepDraft: (text: string) => storage.set('draft', text),
    open: (): boolean => storage.get('open') === '1',
    keepOpen: (open: boolean) => storage.set('open', open ? '1' : null),
  }
}

const isKeptCard = (value: Partial<KeptCard>): value is KeptCard =>
  typeof value.invitationId === 'string' && typeof value.text === 'string'

/** Storage belongs to the page's origin: what comes out may be anything. */
export function parsed<T>(
  text: string | null,
  is: (value: Partial<T>) => value is T & Partial<T>,
): T | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return typeof value === 'object' && value !== null && is(value as Partial<T>)
      ? (value as T)
      : undefined
  } catch {
    return undefined
  }
}
