import { ChevronLeft, ChevronRight } from 'lucide-react'
import { IconButton } from '../parts/icon-button.tsx'

type PreviewStepsProps = { at: number; all: number; onAt: (at: number) => void }

/** ‹ 1 of 3 ›: whose preview it is. */
export const PreviewSteps = ({ at, all, onAt }: PreviewStepsProps) => (
  <div className="flex items-center gap-0.5">
    <IconButton
      label="Recipient before"
      icon={<ChevronLeft size={15} aria-hidden />}
      disabled={at === 0}
      onClick={() => onAt(at - 1)}
    />
    <span className="text-small whitespace-nowrap text-text-2 tabular-nums" role="status">
      {at + 1} of {all}
    </span>
    <IconButton
      label="Next recipient"
      icon={<ChevronRight size={15} aria-hidden />}
      disabled={at === all - 1}
      onClick={() => onAt(at + 1)}
    />
  </div>
)
