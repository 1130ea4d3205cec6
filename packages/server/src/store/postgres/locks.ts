/*
 * Advisory locks of Beckon in its database. The first number is ours ("BECK"), the second says
 * which; numbers that were used are never used for something else.
 */
const BECKON = 0x42_45_43_4b

/** Held to the end of the transaction: who makes the tables, while others wait. */
export const MIGRATING = `select pg_advisory_xact_lock(${BECKON}, 1)`
/** Held while the connection lives: the only process, where there may be but one. */
export const TAKE_ONLY_NODE = `select pg_try_advisory_lock(${BECKON}, 2) as taken`
