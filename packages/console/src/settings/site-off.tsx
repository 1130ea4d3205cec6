import { Switch } from '../parts/switch.tsx'
import { DeleteButton } from './delete-button.tsx'
import { SiteSection, type SiteSectionProps } from './site-section.tsx'

type SiteOffProps = SiteSectionProps & { onDelete: () => Promise<void> }

/** The switch, and deleting what has no history. */
export function SiteOff({ site, draft, set, onDelete }: SiteOffProps) {
  return (
    <SiteSection name="Off">
      <Switch
        label="Switch this site off"
        hint="The snippet stays in its pages and does nothing; open invitations there end."
        checked={draft.off}
        onChange={(off) => set({ off })}
      />
      {site.kind === 'website' && (
        <div>
          <DeleteButton
            label={`Delete the site ${site.name}`}
            title={`Delete the site ${site.name}?`}
            goes="Its key stops working and its live chat links go. A site with visits, invitations or chats cannot be deleted; switch it off instead."
            onDelete={onDelete}
          />
        </div>
      )}
    </SiteSection>
  )
}
