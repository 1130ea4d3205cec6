import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  Ban,
  Bookmark,
  BookOpen,
  Building2,
  CalendarClock,
  ClipboardList,
  Globe,
  Layers,
  Mail,
  MessageCircle,
  MessageSquareQuote,
  User,
  Users,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { maySet } from '../frame/places.ts'
import { TopBar } from '../frame/top-bar.tsx'
import { meQuery } from '../queries.ts'

export const SECTIONS = [
  {
    name: 'Websites',
    pages: [
      { to: '/settings/sites', name: 'Sites', icon: Globe },
      { to: '/settings/links', name: 'Live chat links', icon: MessageCircle },
      { to: '/settings/bans', name: 'Bans', icon: Ban },
    ],
  },
  {
    name: 'Team',
    pages: [
      { to: '/settings/agents', name: 'Agents', icon: User },
      { to: '/settings/departments', name: 'Departments', icon: Building2 },
      { to: '/settings/groups', name: 'Groups', icon: Users },
      { to: '/settings/hours', name: 'Business hours', icon: CalendarClock },
    ],
  },
  {
    name: 'Messages',
    pages: [
      { to: '/settings/messages', name: 'Saved messages', icon: Bookmark },
      { to: '/settings/replies', name: 'Canned replies', icon: MessageSquareQuote },
      { to: '/settings/forms', name: 'Forms and survey', icon: ClipboardList },
      { to: '/settings/articles', name: 'Help articles', icon: BookOpen },
      { to: '/settings/mail', name: 'Mail', icon: Mail },
    ],
  },
  {
    name: 'System',
    pages: [{ to: '/settings/brands', name: 'Brands', icon: Layers }],
  },
] as const

type SettingsPageProps = {
  title: ReactNode
  /** Beside the title: a state. */
  beside?: ReactNode
  end?: ReactNode
  /** Fills what is beside the list instead of one column of 640 px. */
  wide?: boolean
  children: ReactNode
}

/** Top bar, the list of pages, and one column. */
export function SettingsPage({ title, beside, end, wide, children }: SettingsPageProps) {
  const { data: me } = useSuspenseQuery(meQuery)
  const sections = SECTIONS.map(({ name, pages }) => ({
    name,
    pages: pages.filter(({ to }) => maySet(to, me.agent.roles)),
  })).filter(({ pages }) => pages.length > 0)
  return (
    <>
      <TopBar title={title} end={end}>
        {beside}
      </TopBar>
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <nav
          ref={toHere}
          aria-label="Settings"
          className="flex w-[183px] flex-none flex-col overflow-y-auto border-e border-line px-2 py-3 max-lg:w-full max-lg:flex-row max-lg:gap-1 max-lg:overflow-x-auto max-lg:border-e-0 max-lg:border-b max-lg:py-2"
        >
          {sections.map((section) => (
            <div key={section.name} className="mb-3.5 max-lg:mb-0 max-lg:flex max-lg:gap-1">
              <h2 className="px-2 py-1 text-micro font-medium text-text-3 max-lg:hidden">
                {section.name}
              </h2>
              {section.pages.map(({ to, name, icon: Icon }) => (
                <Link
                  key={to}
                  to={to}
                  className="ring-inside flex h-7 items-center gap-2 rounded-item px-2 text-small whitespace-nowrap text-text-2 hover:bg-hover hover:text-text aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent-text"
                >
                  <Icon size={14} aria-hidden />
                  {name}
                </Link>
              ))}
            </div>
          ))}
        </nav>
        {wide ? (
          children
        ) : (
          <main className="min-w-0 flex-1 overflow-y-auto px-8 py-6 max-md:px-4">
            <div className="max-w-[640px]">{children}</div>
          </main>
        )}
      </div>
    </>
  )
}

/** Where the pages stand in a row that scrolls, the present one is in sight. */
const toHere = (nav: HTMLElement | null): void =>
  nav?.querySelector('[aria-current=page]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
