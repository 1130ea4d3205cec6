/** The slice of the list asked from the server: the browser never holds the whole list. */
export type Slice = { offset: number; limit: number }

// Rows beyond the edge on either side, so that a wheel turn finds rows there already.
const OVER_SCAN = 30
// New slices begin at multiples of this, so that scrolling asks seldom and never by single rows.
const STEP = 20
// While at least this many rows lie ready in both directions nothing is asked.
const MARGIN = 8
const LARGEST = 200

/**
 * The slice to hold for the rows first..last on the screen. Stays with the present one as long as
 * it still covers them with a margin: every other answer is a subscription and a snapshot.
 */
export function sliceFor(
  visible: { first: number; last: number },
  present: Slice,
  total: number,
): Slice {
  const end = present.offset + present.limit
  const coversTop = present.offset === 0 || present.offset <= visible.first - MARGIN
  const coversBottom = end >= total || end >= visible.last + MARGIN
  const reaches = visible.first >= present.offset && visible.last <= end
  if (coversTop && coversBottom && reaches) return present

  const offset = Math.max(0, Math.floor((visible.first - OVER_SCAN) / STEP) * STEP)
  const rows = visible.last - offset + 1 + OVER_SCAN
  const limit = Math.min(LARGEST, Math.ceil(rows / STEP) * STEP)
  return { offset, limit }
}
