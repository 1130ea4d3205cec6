import { Field } from '../parts/field.tsx'
import { Select } from '../parts/select.tsx'
import type { SiteDraft } from './site-draft.ts'
import { SiteSection, type SiteSectionProps } from './site-section.tsx'

/** What is kept of a visitor, in his browser and here. */
export function SitePrivacy({ draft, set }: SiteSectionProps) {
  return (
    <SiteSection name="Privacy">
      <Field
        label="What is kept in the visitor’s browser"
        hint="A visitor’s Global Privacy Control lowers it to nothing."
      >
        <Select
          value={draft.privacy}
          onChoose={(privacy) => set({ privacy: privacy as SiteDraft['privacy'] })}
          choices={[
            { value: 'returning', label: 'Returning visitors are recognised (default)' },
            { value: 'visit', label: 'Visitors are recognised for one visit' },
            { value: 'presence', label: 'Nothing, until they reply' },
          ]}
        />
      </Field>
      <Field label="Stored IP address">
        <Select
          value={draft.ipMode}
          onChoose={(ipMode) => set({ ipMode: ipMode as SiteDraft['ipMode'] })}
          choices={[
            { value: 'masked', label: 'Masked (default)' },
            { value: 'full', label: 'In full' },
            { value: 'none', label: 'Not at all' },
          ]}
        />
      </Field>
    </SiteSection>
  )
}
