import { LANGUAGE_CODES, type LinkView } from '@beckon/protocol'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Select } from '../parts/select.tsx'
import { Textarea } from '../parts/textarea.tsx'
import { ColourChoice } from './colour-choice.tsx'
import { languageChoices, languageName } from './languages.ts'
import { SiteSection, type SiteSectionProps } from './site-section.tsx'

type SiteBasicsProps = SiteSectionProps & {
  links: readonly LinkView[]
  problems: { name?: string; origins?: string }
}

/** Name, colour, where visitors may come from, and how the site speaks. */
export function SiteBasics({ site, links, draft, set, problems }: SiteBasicsProps) {
  return (
    <SiteSection name="Site">
      <Field label="Name" hint="Shown to agents and on invitations." error={problems.name}>
        <Input
          maxLength={80}
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </Field>
      <ColourChoice value={draft.color} onChange={(color) => set({ color })} />
      {site.kind === 'website' && (
        <Field
          label="Allowed origins"
          hint="One a line: shop.example, https://shop.example:8443, *.shop.example. Visitors from elsewhere are refused."
          error={problems.origins}
        >
          <Textarea
            rows={Math.min(8, Math.max(3, draft.origins.split('\n').length))}
            spellCheck={false}
            className="font-mono text-small"
            value={draft.origins}
            onChange={(event) => set({ origins: event.currentTarget.value })}
          />
        </Field>
      )}
      <Field
        label="Main live chat link"
        hint="Drawn on every page by the snippet, and the style of invitations there."
      >
        <Select
          value={draft.mainLinkId}
          onChoose={(mainLinkId) => set({ mainLinkId })}
          choices={[
            { value: '', label: 'None: invitations use the default style' },
            ...links.map((link) => ({ value: link.id, label: link.name })),
          ]}
        />
      </Field>
      <Field label="Language" hint="Of dates and names in invitations to visitors of this site.">
        <Select
          value={draft.language}
          onChoose={(language) => set({ language })}
          choices={languageChoices(draft.language)}
        />
      </Field>
      <Field
        label="Language of the chat window"
        hint="What launcher, invitations and chat window say around your own words."
      >
        <Select
          value={draft.visitorLanguage}
          onChoose={(visitorLanguage) => set({ visitorLanguage })}
          choices={[
            { value: '', label: 'Each visitor’s own, where we speak it' },
            ...LANGUAGE_CODES.map((value) => ({ value, label: languageName(value) })),
          ]}
        />
      </Field>
    </SiteSection>
  )
}
