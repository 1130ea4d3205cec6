import { Field } from '../parts/field.tsx'
import { Select } from '../parts/select.tsx'
import { Switch } from '../parts/switch.tsx'
import { Textarea } from '../parts/textarea.tsx'
import { queryKeysProblem, type SiteDraft } from './site-draft.ts'
import { SiteSection, type SiteSectionProps } from './site-section.tsx'

/** What is kept of a visitor, in their browser and here. */
export function SitePrivacy({ draft, set }: SiteSectionProps) {
  return (
    <SiteSection name="Privacy">
      <Field
        label="What is kept in the visitor’s browser"
        hint="A visitor’s Global Privacy Control lowers it to nothing. To ask visitors first, give the snippet data-consent: see the guide."
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
      <Field
        label="Stored IP address"
        hint="What is written down. Agents see it in full while somebody is here, unless nothing is kept."
      >
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
      <Field
        label="Query keys kept in addresses of pages"
        hint="All others are dropped before anybody sees them, and so is what follows a #. E-mail addresses and long codes are masked everywhere."
      >
        <Select
          value={draft.ownQueryKeys ? 'own' : 'usual'}
          onChoose={(choice) => set({ ownQueryKeys: choice === 'own' })}
          choices={[
            { value: 'usual', label: 'The usual ones: q, page, product, utm_… (default)' },
            { value: 'own', label: 'Only those listed here' },
          ]}
        />
      </Field>
      {draft.ownQueryKeys && (
        <Field
          label="Query keys"
          hint="With spaces between; utm_* stands for all that begin so. None: no query is kept."
          error={queryKeysProblem(draft)}
        >
          <Textarea
            rows={3}
            spellCheck={false}
            className="font-mono text-small"
            value={draft.queryKeys}
            onChange={(event) => set({ queryKeys: event.currentTarget.value })}
          />
        </Field>
      )}
      <Switch
        label="Let visitors see what is known of them, and hide"
        hint="Adds “What we see of you” to the chat panel. Any element of your pages opens it, too: data-beckon-privacy."
        checked={draft.showPrivacy}
        onChange={(showPrivacy) => set({ showPrivacy })}
      />
      <Switch
        label="Show agents what visitors type before they send it"
        hint="The chat panel says so beside the box: “Our team can read what you type before you send it.” It is kept nowhere."
        checked={draft.showTyping}
        onChange={(showTyping) => set({ showTyping })}
      />
    </SiteSection>
  )
}
