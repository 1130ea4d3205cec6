import { type RawBuilder, type SqlBool, sql } from 'kysely'

/**
 * Whether a column contains a text, whatever the case of either, in every script. `fold` is made by
 * each engine; its own `lower` knows the Latin alphabet only, or whatever the server's language is.
 */
export const contains = (column: string, text: string): RawBuilder<SqlBool> =>
  sql`fold(${sql.ref(column)}) like fold(${`%${literally(text)}%`}) escape '\\'`

/** Signs that mean something to LIKE mean themselves. */
const literally = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)
