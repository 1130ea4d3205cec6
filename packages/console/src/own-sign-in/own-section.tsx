import type { ReactNode } from 'react'

type OwnSectionProps = { name: string; lead: ReactNode; act?: ReactNode; children?: ReactNode }

export const OwnSection = ({ name, lead, act, children }: OwnSectionProps) => (
  <section aria-label={name} className="flex flex-col gap-3">
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <h2 className="text-read font-semibold">{name}</h2>
        <p className="text-text-2">{lead}</p>
      </div>
      {act && <div className="flex flex-none flex-wrap gap-2">{act}</div>}
    </div>
    {children}
  </section>
)

/** Rows of a section. */
export const OwnRows = ({ children }: { children: ReactNode }) => (
  <ul className="flex flex-col divide-y divide-line rounded-menu border border-line">{children}</ul>
)

type OwnRowProps = { icon: ReactNode; name: ReactNode; second: ReactNode; acts?: ReactNode }

export const OwnRow = ({ icon, name, second, acts }: OwnRowProps) => (
  <li className="flex min-h-[52px] flex-wrap items-center gap-x-3 gap-y-1.5 px-3 py-2">
    <span className="flex-none text-text-3" aria-hidden>
      {icon}
    </span>
    <span className="min-w-0 flex-1 basis-40">
      <span className="block font-medium wrap-anywhere">{name}</span>
      <span className="block text-small text-text-3">{second}</span>
    </span>
    {acts && <span className="flex flex-none gap-1.5">{acts}</span>}
  </li>
)
