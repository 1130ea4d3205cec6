import type { Tx } from './store.ts'

/**
 * Works that decide by looking at several rows take turns, on all nodes, from here to their commit:
 * of two administrators who remove each other at once one stays. What one row decides needs no
 * turn, but a compare-and-set or a unique index.
 */
export const takeTurn = (tx: Tx, what: 'settings' | 'routing'): Promise<unknown> =>
  tx
    .insertInto('settings')
    .values({ key: `turn.${what}`, value: 'null' })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: 'null' }))
    .execute()
