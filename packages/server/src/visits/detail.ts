import type {
  InvitationView,
  PageView,
  Timestamp,
  VisitEvent,
  VisitRow,
  VisitState,
} from '@beckon/protocol'
import type { Visit } from './live.ts'

/** What the details pane has of one visit, and what it needs. */
export function createDetail(visit: Visit, invitations: readonly InvitationView[]) {
  let row: VisitRow = visit.row
  let pages: readonly PageView[] = visit.pages
  let attributes = visit.attributes
  let gone = visit.gone
  let known = [...invitations]
  let told = known

  return {
    snapshot(): VisitState {
      ;({ row, pages, attributes, gone } = visit)
      told = known
      return {
        row,
        pages: [...pages],
        timeZone: visit.timeZone,
        screen: visit.screen,
        campaign: visit.campaign,
        attributes: { ...attributes },
        invitations: [...known],
        gone,
      }
    },
    invitation(invitation: InvitationView): void {
      const at = known.findIndex(({ id }) => id === invitation.id)
      known = at < 0 ? [invitation, ...known] : known.with(at, invitation)
    },
    difference(_at: Timestamp): VisitEvent | undefined {
      const event: VisitEvent = {}
      if (visit.row !== row) event.row = visit.row
      if (visit.pages !== pages) {
        const before = new Map(pages.map((page) => [page.id, page]))
        event.pages = visit.pages.filter((page) => before.get(page.id) !== page)
      }
      if (visit.attributes !== attributes) event.attributes = { ...visit.attributes }
      if (visit.gone !== gone) event.gone = visit.gone
      if (known !== told) event.invitations = [...known]
      ;({ row, pages, attributes, gone } = visit)
      told = known
      return Object.keys(event).length ? event : undefined
    },
  }
}
