import type { ReactNode } from 'react'

export const Story = ({ name, children }: { name: string; children: ReactNode }) => (
  <section aria-label={name}>
    <h2 className="mb-2 text-micro font-medium text-text-3">{name}</h2>
    <div className="flex flex-wrap items-center gap-3">{children}</div>
  </section>
)
