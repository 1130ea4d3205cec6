import type {
  Identified,
  InvitationView,
  PageView,
  PastVisit,
  VisitorChatEntry,
  VisitorNote,
  VisitorState,
  VisitState,
} from '@beckon/protocol'

/** Something that happened, at its moment. */
export type TimelineItem = { at: number; key: string } & (
  | { kind: 'began' }
  | { kind: 'left' }
  | { kind: 'page'; page: PageView }
  | { kind: 'invitation'; invitation: InvitationView }
  | { kind: 'chat'; chat: VisitorChatEntry }
  | { kind: 'note'; note: VisitorNote }
  | { kind: 'identified'; identified: Identified }
  | { kind: 'visit'; visit: PastVisit }
)

/**
 * Everything that happened with a visitor in one stream, newest first. Earlier visits come a page at
 * a time: what is older than the oldest read so far waits, so that the stream never has holes.
 */
export function timelineItems(from: {
  state: VisitState
  record: VisitorState | undefined
  past: readonly PastVisit[]
  /** There are visits not read yet. */
  more: boolean
}): TimelineItem[] {
  const { state, record, past, more } = from
  const { row, leftAt } = state
  const items: TimelineItem[] = [
    { kind: 'began', at: row.startedAt, key: 'began' },
    ...state.pages.map((page): TimelineItem => ({ kind: 'page', at: page.at, key: page.id, page })),
    ...state.invitations.map(
      (invitation): TimelineItem => ({
        kind: 'invitation',
        at: invitation.sentAt,
        key: invitation.id,
        invitation,
      }),
    ),
    ...past.map(
      (visit): TimelineItem => ({ kind: 'visit', at: visit.startedAt, key: visit.id, visit }),
    ),
  ]
  if (leftAt !== undefined) items.push({ kind: 'left', at: leftAt, key: 'left' })
  for (const chat of record?.chats ?? []) {
    items.push({ kind: 'chat', at: chat.queuedAt, key: chat.id, chat })
  }
  for (const note of record?.notes ?? []) {
    items.push({ kind: 'note', at: note.at, key: note.id, note })
  }
  for (const identified of record?.identified ?? []) {
    const key = `${identified.visitId} ${identified.at}`
    items.push({ kind: 'identified', at: identified.at, key, identified })
  }
  const oldest = more ? (past.at(-1)?.startedAt ?? row.startedAt) : Number.NEGATIVE_INFINITY
  // At one moment the later said is on top: a page stands above the visit it began.
  return items
    .map((item, order) => ({ item, order }))
    .filter(({ item }) => item.at >= oldest)
    .sort((a, b) => b.item.at - a.item.at || b.order - a.order)
    .map(({ item }) => item)
}
