import { Button } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { serverClock } from '../server-clock.ts'
import { whenWords } from '../whos-on/details/times.ts'

/** A link to choose a password with, to be passed on by hand. */
export type HandedLink = { name: string; url: string; until: number }

export const HandedLinkDialog = ({ link, onClose }: { link: HandedLink; onClose: () => void }) => (
  <Dialog
    open
    title={`Pass this link on to ${link.name}`}
    description={`With it they choose their password. It is good once, until ${whenWords(link.until, serverClock.now())}, and is not shown again.`}
    onOpenChange={onClose}
    size="w-[480px]"
    foot={
      <Button variant="primary" onClick={onClose}>
        I have it
      </Button>
    }
  >
    <div className="flex flex-wrap items-center gap-3 rounded-menu border border-line-strong bg-canvas p-3">
      <code className="min-w-0 flex-1 basis-56 font-mono text-small break-all select-text">
        {link.url}
      </code>
      <CopyButton text={link.url} label="Copy the link" />
    </div>
    <p className="mt-2 text-small text-text-3">
      Whoever has the link can choose the password, so send it to nobody else.
    </p>
  </Dialog>
)
