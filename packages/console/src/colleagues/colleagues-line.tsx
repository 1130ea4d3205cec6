import type { VisitorId } from '@beckon/protocol'
import { useNow } from '../server-clock.ts'
import { ColleagueFace } from './colleague-marks.tsx'
import { beganWords, colleaguesHere } from './colleague-words.ts'
import { useColleaguesOf } from './use-colleagues.ts'

const LINE = 'flex flex-none items-start gap-2.5 rounded-input bg-amber-soft text-amber-text'

/** One amber line where a colleague is at this visitor too. */
export function ColleaguesHere({ visitorId }: { visitorId: VisitorId }) {
  const colleagues = useColleaguesOf(visitorId)
  const first = colleagues.find(({ doing }) => doing === 'writing') ?? colleagues[0]
  if (!first) return null
  return (
    <p role="status" className={`${LINE} px-3 py-1.5 text-small`}>
      <ColleagueFace colleague={first} />
      <span className="min-w-0 flex-1">{colleaguesHere(colleagues)}</span>
    </p>
  )
}

/** In the dialog: somebody else has begun an invitation to the same visitor. */
export function ColleagueWriting({ visitorId }: { visitorId: VisitorId }) {
  const writer = useColleaguesOf(visitorId).find(({ doing }) => doing === 'writing')
  const now = useNow()
  if (!writer) return null
  return (
    <p className={`${LINE} px-3 py-2.5`}>
      <span className="mt-px">
        <ColleagueFace colleague={writer} />
      </span>
      <span className="min-w-0 flex-1">
        <b className="font-semibold">{writer.name}</b> {beganWords(writer.since, now)}
      </span>
    </p>
  )
}
