import {
  type InvitationView,
  LIMITS,
  type PageView,
  type Timestamp,
  type VisitEvent,
  type VisitRow,
  type VisitState,
} from '@beckon/protocol'
import type { Visit } from './live.ts'

/** What the details pane has of one visit, and what it needs. */
export function createDetail(visit: Visit, invitations: readonly InvitationView[]) {
  let row: VisitRow = visit.row
  let pages: readonly PageView[] = visit.pages
  let { attributes, person, place, gone } = visit
  let known = [...invitations]
  let told = known

  return {
    snapshot(): VisitState {
      ;({ row, pages, attributes, person, place, gone } = visit)
      told = known
      return {
        row,
        pages: newest(pages),
        timeZone: visit.timeZone,
        screen: visit.screen,
        campaign: visit.campaign,
        place: pointOf(visit),
        attributes: { ...attributes },
        verified: verifiedOf(visit),
        invitations: [...known],
        gone,
        leftAt: leftAt(visit),
      }
    },
    invitation(invitation: InvitationView): void {
      const at = known.findIndex(({ id }) => id === invitation.id)
      known = at < 0 ? [invitation, ...known] : known.with(at, invitation)
    },
    difference(_at: Timestamp): VisitEvent | undefined {
      const event: VisitEvent = {}
      if (visit.row !== row) {
        event.row = visit.row
        const left = leftAt(visit)
        if (left !== undefined) event.leftAt = left
      }
      if (visit.pages !== pages) {
        const before = new Map(newest(pages).map((page) => [page.id, page]))
        event.pages = newest(visit.pages).filter((page) => before.get(page.id) !== page)
      }
      if (visit.attributes !== attributes) event.attributes = { ...visit.attributes }
      if (visit.person !== person) event.verified = verifiedOf(visit)
      if (visit.place !== place) event.place = pointOf(visit)
      if (visit.gone !== gone) event.gone = visit.gone
      if (known !== told) event.invitations = [...known]
      ;({ row, pages, attributes, person, place, gone } = visit)
      told = known
      return Object.keys(event).length ? event : undefined
    },
  }
}

/** Of many pages those that the other side keeps: see `applyEvent`. */
const newest = (pages: readonly PageView[]): PageView[] => pages.slice(-LIMITS.trailLast)

function verifiedOf({ person }: Visit): VisitState['verified'] {
  if (!person) return undefined
  const { id: _, ...verified } = person
  return verified
}

const pointOf = ({ place }: Visit): VisitState['place'] =>
  place?.lat === undefined || place.lon === undefined
    ? undefined
    : { lat: place.lat, lon: place.lon }

// A visit that is over stays so: it can be told with the row that says it.
const leftAt = ({ row, seenAt }: Visit): Timestamp | undefined =>
  row.status === 'removed' ? seenAt : undefined
