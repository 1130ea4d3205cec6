import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { PaletteField } from '../palette/palette-field.tsx'
import { meQuery } from '../queries.ts'
import { Availability } from './availability.tsx'

type TopBarProps = {
  title: ReactNode
  /** Totals and freshness. */
  children?: ReactNode
  /** What this screen can do, in place of availability. */
  end?: ReactNode
}

/** 52 px at the top of the sheet: title · totals · freshness · availability. */
export function TopBar({ title, children, end }: TopBarProps) {
  const { data: me } = useQuery(meQuery)
  return (
    <header className="flex h-[52px] flex-none items-center gap-4 border-b border-line px-5 max-md:gap-2.5 max-md:px-4">
      <h1 className="min-w-0 truncate text-title font-semibold max-md:flex-1">{title}</h1>
      <div className="flex min-w-0 flex-1 items-center gap-4 max-md:flex-none max-md:gap-2.5">
        {children}
      </div>
      <PaletteField />
      {end ?? (me?.agent.roles.includes('agent') && <Availability />)}
    </header>
  )
}
