import { cx } from './class-names.ts'

type AddressBarProps = { address: string; phone?: boolean; className?: string }

/** The top of a drawn browser window. */
export const AddressBar = ({ address, phone, className }: AddressBarProps) => (
  <div
    className={cx(
      'flex h-[30px] flex-none items-center gap-2 border-b border-line px-3',
      className,
    )}
  >
    {!phone && (
      <span className="flex gap-1" aria-hidden>
        <i className="size-2 rounded-full bg-line-strong" />
        <i className="size-2 rounded-full bg-line-strong" />
        <i className="size-2 rounded-full bg-line-strong" />
      </span>
    )}
    <span className="min-w-0 flex-1 truncate rounded-chip bg-sunken px-2 text-[11.5px] leading-5 text-text-3">
      {address}
    </span>
  </div>
)
