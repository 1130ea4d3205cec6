/**
 * The invitation template renderer (DESIGN §5, Grammar), used alike by the dialog's preview and by
 * the server at sending, so that delivered = previewed byte for byte (S29).
 */

/** Value of each known variable by lower-case name; null = known, but without a value. */
export type Values = Readonly<Record<string, string | null>>
