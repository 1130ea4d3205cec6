/** The scenarios in full size (`npm run soak`) ask tests for more than there is time for each time. */
const isLong = process.env.BECKON_TEST_LONG === '1'

/** How much a test does: as in `npm test`, or where it is asked for more. */
export const asked = (each: number, long: number): number => (isLong ? long : each)

/** What a test may take at most, in milliseconds. */
export const within = asked(120_000, 1_000_000)
