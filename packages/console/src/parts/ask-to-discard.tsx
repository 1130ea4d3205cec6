import { Button } from './button.tsx'

type AskToDiscardProps = { onDiscard: () => void; onKeep: () => void }

/** The foot of a dialog that was to be closed with unsaved changes. */
export const AskToDiscard = ({ onDiscard, onKeep }: AskToDiscardProps) => (
  <>
    <p className="flex-1 font-medium" role="alert">
      Close without saving?
    </p>
    <Button variant="danger" onClick={onDiscard}>
      Discard
    </Button>
    <Button variant="primary" autoFocus onClick={onKeep}>
      Keep editing
    </Button>
  </>
)
