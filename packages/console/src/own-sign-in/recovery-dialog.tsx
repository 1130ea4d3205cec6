import { Button } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { Dialog } from '../parts/dialog.tsx'

type RecoveryDialogProps = { codes: readonly string[]; onClose: () => void }

/** Shown this once. */
export const RecoveryDialog = ({ codes, onClose }: RecoveryDialogProps) => (
  <Dialog
    open
    title="Keep your recovery codes"
    description="Each lets you in once when your phone is away. They are not shown again, so keep them where you keep your passwords."
    onOpenChange={onClose}
    foot={
      <>
        <CopyButton text={codes.join('\n')} label="Copy all" />
        <span className="flex-1" />
        <Button variant="primary" onClick={onClose}>
          I have kept them
        </Button>
      </>
    }
  >
    <ol className="grid grid-cols-2 gap-x-6 gap-y-2 font-mono select-text max-md:grid-cols-1">
      {codes.map((code) => (
        <li key={code}>{code}</li>
      ))}
    </ol>
  </Dialog>
)
