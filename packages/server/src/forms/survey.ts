import type { VisitorSurvey } from '@beckon/protocol'
import type { Picture } from '../directory/directory.ts'
import type { ChatRecord } from '../store/chat-rows.ts'
import { formOf } from './form.ts'
import { formIn } from './form-words.ts'

/** A chat that an agent was in is asked about when it is over, where the department asks. */
export function surveyFor(
  record: Pick<ChatRecord, 'state' | 'group_id' | 'agent_id' | 'end_reason'>,
  picture: Picture,
  language?: string,
): VisitorSurvey | undefined {
  if (record.state !== 'ended' || !record.agent_id || record.end_reason === 'banned') return
  const group = picture.groups.get(record.group_id)
  const { survey } = formIn(formOf(picture.forms, group?.departmentId), language)
  if (!survey.on) return
  return { ...(survey.question && { question: survey.question }), comment: survey.comment }
}
