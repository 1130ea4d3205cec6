import type { ChatRow, Identity, SurveyAnswer, VisitorChat } from '@beckon/protocol'
import type { Picture } from '../directory/directory.ts'
import { formOf } from '../forms/form.ts'
import { formIn } from '../forms/form-words.ts'
import { surveyFor } from '../forms/survey.ts'
import { agentCard, agentName } from '../invitations/view.ts'
import type { ChatEntry, ChatRecord } from '../store/chat-rows.ts'
import type { Place } from './routing/places.ts'

/** A chat as agents see it in a list. */
export function chatRow(entry: ChatEntry, picture: Picture): ChatRow {
  const group = picture.groups.get(entry.group_id)
  const department = group && picture.departments.get(group.departmentId)
  return {
    id: entry.id,
    number: entry.number,
    state: entry.state,
    siteId: entry.site_id,
    groupId: entry.group_id,
    groupName: group?.name ?? 'A former group',
    departmentName: department?.name ?? 'A former department',
    visitorId: entry.visitor_id,
    visitId: entry.visit_id,
    who: JSON.parse(entry.who) as Identity,
    ...(entry.agent_id && {
      agentId: entry.agent_id,
      agentName: agentName(picture, entry.agent_id),
    }),
    ...(entry.invitation_id && { invitationId: entry.invitation_id }),
    queuedAt: entry.queued_at,
    ...(entry.state === 'queued' &&
      entry.waiting_since !== null && { waitingSince: entry.waiting_since }),
    ...(entry.started_at !== null && { startedAt: entry.started_at }),
    ...(entry.first_reply_at !== null && { firstReplyAt: entry.first_reply_at }),
    ...(entry.ended_at !== null && { endedAt: entry.ended_at }),
    ...(entry.ended_by && {
      endedBy: entry.ended_by === 'visitor' ? 'visitor' : agentName(picture, entry.ended_by),
    }),
    ...(entry.end_reason && { endReason: entry.end_reason }),
    lastSeq: entry.last_seq,
    ...(entry.last_sender !== null &&
      entry.last_text !== null &&
      entry.last_at !== null && {
        last: { from: entry.last_sender, text: entry.last_text, at: entry.last_at },
      }),
    agentSeen: entry.agent_seen,
    visitorSeen: entry.visitor_seen,
    visitorDelivered: entry.visitor_delivered,
    unread: entry.unread,
    ...whisper(entry, picture),
    ...handedOff(entry, picture),
  }
}

/** Who answers does not whisper to themselves, also when they whispered before they did. */
function whisper(
  { state, agent_id, whispers }: ChatEntry,
  picture: Picture,
): Pick<ChatRow, 'whisper'> {
  const unheard = whispers.filter((one) => one.agent_id !== agent_id)
  const last = unheard.at(-1)
  if (!last || state !== 'active') return {}
  const { text, at } = last
  return {
    whisper: { agentName: agentName(picture, last.agent_id), text, at, count: unheard.length },
  }
}

function handedOff(entry: ChatEntry, picture: Picture): Pick<ChatRow, 'handedOff'> {
  const { handed_from: agentId, handed_at: at, handed_reason: reason } = entry
  if (!agentId || !reason || at === null) return {}
  return { handedOff: { agentId, agentName: agentName(picture, agentId), reason, at } }
}

/** The same as its visitor sees it. */
export function visitorChat(
  record: ChatRecord,
  {
    picture,
    place,
    waitMs,
    survey: answered,
    language,
  }: {
    picture: Picture
    /** What the visitor is spoken to in; absent: English. */
    language?: string | undefined
    /** What was answered of it. */
    survey?: SurveyAnswer | undefined
  } & Place,
): VisitorChat {
  const group = picture.groups.get(record.group_id)
  const { texts } = formIn(formOf(picture.forms, group?.departmentId), language)
  const says =
    record.state === 'queued' ? texts.waiting : record.state === 'ended' ? texts.ended : ''
  const survey = surveyFor(record, picture, language)
  return {
    id: record.id,
    state: record.state,
    ...(record.agent_id && { agent: agentCard(picture, record.agent_id) }),
    groupName: group?.name ?? '',
    ...(record.started_at !== null && { joinedAt: record.started_at }),
    ...(says && { says }),
    ...(record.state === 'queued' && place !== undefined && { place }),
    ...(record.state === 'queued' && waitMs !== undefined && { waitMs }),
    lastSeq: record.last_seq,
    agentSeen: record.agent_seen,
    agentDelivered: Math.max(record.agent_delivered, record.agent_seen),
    visitorSeen: record.visitor_seen,
    // A banned visitor is not told that a person did it.
    ...(record.ended_by &&
      record.end_reason !== 'banned' && {
        endedBy: record.ended_by === 'visitor' ? 'visitor' : 'agent',
      }),
    ...(record.ended_at !== null && { endedAt: record.ended_at }),
    ...(survey && {
      survey: {
        ...survey,
        comment: survey.comment && !answered?.comment,
        ...(answered && { rating: answered.rating }),
      },
    }),
  }
}
