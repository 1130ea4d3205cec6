import type { VisitRow } from '@beckon/protocol'
import { BanDialog, type Person } from './ban-dialog.tsx'

type BanVisitsProps = { rows: readonly VisitRow[]; onClose: () => void }

/** The dialog for the visitors of these rows; nothing while there are none. */
export function BanVisits({ rows, onClose }: BanVisitsProps) {
  const people = new Map<string, Person>()
  for (const { visitorId, who, ip } of rows) {
    if (!people.has(visitorId)) people.set(visitorId, { visitorId, name: who.text, ip })
  }
  const [first, ...more] = people.values()
  return first ? <BanDialog people={[first, ...more]} onClose={onClose} /> : null
}
