import type { SiteView } from '@beckon/protocol'
import type { ReactNode } from 'react'
import type { SetSiteDraft, SiteDraft } from './site-draft.ts'

/** What every section of the site page is given. */
export type SiteSectionProps = { site: SiteView; draft: SiteDraft; set: SetSiteDraft }

export const SiteSection = ({ name, children }: { name: string; children: ReactNode }) => (
  <section className="flex flex-col gap-4">
    <h2 className="border-b border-line pb-1.5 text-read font-semibold">{name}</h2>
    {children}
  </section>
)
