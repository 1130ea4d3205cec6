import type { DepartmentView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CalendarClock, ChevronRight } from 'lucide-react'
import { Empty } from '../../parts/empty.tsx'
import { Pill } from '../../parts/pill.tsx'
import { departmentsQuery } from '../../queries.ts'
import { useBrandName } from '../brand-choice.tsx'
import { List } from '../list.tsx'
import { SettingsPage } from '../settings-page.tsx'
import { hoursWords } from './hours-words.ts'

/** Every department with its hours as they are now. */
export function HoursPage() {
  // Until when something is open changes by itself.
  const departments = useQuery({ ...departmentsQuery, refetchInterval: 60_000 })
  return (
    <SettingsPage title="Business hours">
      <p className="mb-4 text-text-2">
        Hours tell visitors when you open again. A department takes no new chats outside of them
        only if it says so. Invitations go out at any time.
      </p>
      <List
        query={departments}
        keyOf={(department) => department.id}
        empty={
          <Empty
            drawing={<CalendarClock size={56} strokeWidth={1} />}
            fact="There is no department"
            next="Hours belong to departments."
          />
        }
      >
        {(department) => <Row department={department} />}
      </List>
    </SettingsPage>
  )
}

function Row({ department }: { department: DepartmentView }) {
  const brand = useBrandName()(department.brandId)
  const zone = department.hours?.timeZone
  return (
    <Link
      to="/settings/hours/$departmentId"
      params={{ departmentId: department.id }}
      className="ring-inside flex min-h-[52px] items-center gap-3 rounded-item px-2 hover:bg-hover"
    >
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{department.name}</span>
        <span className="block truncate text-small text-text-3">
          {[brand, zone?.replaceAll('_', ' '), department.closedOutside && 'No new chats outside']
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <Pill hue={department.open ? 'green' : 'gray'} icon="disc">
        {hoursWords(department)}
      </Pill>
      <ChevronRight size={15} className="text-text-3" aria-hidden />
    </Link>
  )
}
