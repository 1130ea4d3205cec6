import type { DepartmentView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight, ClipboardList } from 'lucide-react'
import { Empty } from '../../parts/empty.tsx'
import { departmentsQuery } from '../../queries.ts'
import { useBrandName } from '../brand-choice.tsx'
import { List } from '../list.tsx'
import { SettingsPage } from '../settings-page.tsx'

/** Every department; what it asks and says is on a page of its own. */
export function FormsPage() {
  const departments = useQuery(departmentsQuery)
  return (
    <SettingsPage title="Forms and survey">
      <p className="mb-4 text-text-2">
        What visitors fill in before a chat, what the chat window says in your own words, and what
        is asked when a chat is over. Each department has its own.
      </p>
      <List
        query={departments}
        keyOf={(department) => department.id}
        empty={
          <Empty
            drawing={<ClipboardList size={56} strokeWidth={1} />}
            fact="There is no department"
            next="Forms belong to departments."
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
  return (
    <Link
      to="/settings/forms/$departmentId"
      params={{ departmentId: department.id }}
      className="ring-inside flex min-h-[52px] items-center gap-3 rounded-item px-2 hover:bg-hover"
    >
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{department.name}</span>
        {brand && <span className="block truncate text-small text-text-3">{brand}</span>}
      </span>
      <ChevronRight size={15} aria-hidden className="text-text-3" />
    </Link>
  )
}
