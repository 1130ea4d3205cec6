import type { Colleague, VisitId } from '@beckon/protocol'
import { PencilLine } from 'lucide-react'
import { Avatar } from '../parts/avatar.tsx'
import { initialsOf, tintOf } from '../parts/initials.ts'
import { useNow } from '../server-clock.ts'
import { colleagueStory } from './colleague-words.ts'
import { useColleaguesAt } from './use-colleagues.ts'

const MOST_SHOWN = 3

/** The same in a column of its own, with names. */
export function ColleaguesCell({ visitId }: { visitId: VisitId }) {
  const colleagues = useColleaguesAt(visitId)
  const now = useNow()
  if (colleagues.length === 0) return null
  return (
    <span
      className="flex min-w-0 items-center gap-1.5 text-text-2"
      title={colleagues.map((one) => colleagueStory(one, now)).join('\n')}
    >
      {colleagues.slice(0, MOST_SHOWN).map((one) => (
        <ColleagueFace key={one.key} colleague={one} />
      ))}
      <span className="truncate">{colleagues.map(({ name }) => name).join(', ')}</span>
    </span>
  )
}

/** Who else is at this visitor, at the end of the row: looking, or with a pencil writing to them. */
export function ColleagueMarks({ colleagues }: { colleagues: readonly Colleague[] }) {
  const now = useNow()
  const stories = colleagues.map((one) => colleagueStory(one, now))
  // Who writes comes first: it matters more than who looks.
  const shown = colleagues.toSorted(
    (a, b) => Number(b.doing === 'writing') - Number(a.doing === 'writing'),
  )
  return (
    <span
      className="pointer-events-auto inline-flex items-center gap-0.5 rounded-full bg-surface p-0.5 shadow-[0_0_0_1px_var(--line)]"
      title={stories.join('\n')}
    >
      <span className="sr-only">{stories.join('. ')}</span>
      {shown.slice(0, MOST_SHOWN).map((one) => (
        <ColleagueFace key={one.key} colleague={one} />
      ))}
      {shown.length > MOST_SHOWN && (
        <span className="pe-1 text-[11px] text-text-3 tabular-nums" aria-hidden>
          +{shown.length - MOST_SHOWN}
        </span>
      )}
    </span>
  )
}

export function ColleagueFace({ colleague }: { colleague: Colleague }) {
  const { name, agentId, doing } = colleague
  return (
    <span className="relative inline-flex flex-none">
      <Avatar name={name} initials={initialsOf(name)} tint={tintOf(agentId)} size={18} decorative />
      {doing === 'writing' && (
        <span className="absolute -end-1 -bottom-0.5 flex size-3 items-center justify-center rounded-full bg-surface text-violet-text">
          <PencilLine size={9} strokeWidth={2.4} aria-hidden />
        </span>
      )}
    </span>
  )
}
