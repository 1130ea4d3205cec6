import type { ReactNode } from 'react'

type TopBarProps = {
  title: ReactNode
  /** Totals and freshness. */
  children?: ReactNode
  /** At the end: what this screen can do. Availability follows by itself where `Frame` puts it. */
  end?: ReactNode
}

/** 52 px at the top of the sheet: title · totals · freshness · … */
export function TopBar({ title, children, end }: TopBarProps) {
  return (
    <header className="flex h-[52px] flex-none items-center gap-4 border-b border-line px-5 max-md:px-4">
      <h1 className="text-title font-semibold whitespace-nowrap">{title}</h1>
      <div className="flex min-w-0 flex-1 items-center gap-4">{children}</div>
      {end}
    </header>
  )
}
