import type { OfflineRow } from '@beckon/protocol'
import type { Picture } from '../directory/directory.ts'
import { agentName } from '../invitations/view.ts'
import type { OfflineEntry } from '../store/offline-rows.ts'

/** An offline message as a list shows it. */
export const offlineRow = (entry: OfflineEntry, picture: Picture): OfflineRow => ({
  id: entry.id,
  siteId: entry.site_id,
  departmentName:
    (entry.department_id && picture.departments.get(entry.department_id)?.name) ??
    'A former department',
  ...(entry.visitor_id && { visitorId: entry.visitor_id }),
  ...(entry.visit_id && { visitId: entry.visit_id }),
  name: entry.name,
  email: entry.email,
  text: entry.text,
  at: entry.at,
  unread: entry.read_at === null,
  ...(entry.agent_id && {
    agentId: entry.agent_id,
    agentName: agentName(picture, entry.agent_id),
  }),
  answers: entry.answers,
  ...(entry.done_at !== null && { doneAt: entry.done_at }),
})
