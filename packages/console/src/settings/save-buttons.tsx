import { Button } from '../parts/button.tsx'

/** At the end of a page's bar: takes changes back, or keeps them. */
export const SaveButtons = (props: {
  changed: boolean
  busy: boolean
  onDiscard: () => void
  onSave: () => void
}) => (
  <div className="flex items-center gap-2">
    {props.changed && (
      <Button variant="ghost" onClick={props.onDiscard}>
        Discard
      </Button>
    )}
    <Button
      variant="primary"
      kbd="⌘S"
      disabled={!props.changed}
      busy={props.busy && 'Saving…'}
      onClick={props.onSave}
    >
      Save
    </Button>
  </div>
)
