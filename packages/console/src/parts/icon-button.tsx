import type { ComponentProps, ReactNode } from 'react'
import { cx } from './class-names.ts'
import { Tooltip } from './tooltip.tsx'

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  /** Name and tooltip: an icon alone always has both. */
  label: string
  kbd?: string
  icon: ReactNode
  edge?: boolean
}

export function IconButton({ label, kbd, icon, edge, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} kbd={kbd}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={cx(
          'inline-flex size-7 flex-none items-center justify-center rounded-button text-text-2 transition-colors hover:bg-hover hover:text-text',
          'aria-pressed:bg-accent-soft aria-pressed:text-accent-text disabled:pointer-events-none disabled:text-text-3',
          edge && 'border border-line-strong bg-surface',
          className,
        )}
      >
        {icon}
      </button>
    </Tooltip>
  )
}
