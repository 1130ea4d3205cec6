import type { ComponentProps, ReactNode } from 'react'
import { cx } from './class-names.ts'
import { Kbd } from './kbd.tsx'

export type ButtonProps = Omit<ComponentProps<'button'>, 'size'> & {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger' | 'danger-filled'
  size?: 26 | 30 | 36
  icon?: ReactNode
  kbd?: string
  /** The doing word (“Sending…”). While set the button keeps its width and does nothing. */
  busy?: string | false
}

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border border-line-strong bg-surface text-text hover:bg-hover',
  ghost: 'text-text-2 hover:bg-hover hover:text-text',
  danger: 'border border-line-strong bg-surface text-red-text hover:bg-red-soft',
  'danger-filled': 'bg-red text-on-accent hover:brightness-95 dark:text-canvas',
}
const SIZES = {
  26: 'h-[26px] px-2.5 gap-1.5 text-small',
  30: 'h-[30px] px-3 gap-2 text-base',
  36: 'h-9 px-4 gap-2 text-read',
}

export function Button({
  variant = 'secondary',
  size = 30,
  icon,
  kbd,
  busy,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-busy={busy ? true : undefined}
      aria-disabled={busy ? true : rest['aria-disabled']}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={cx(
        'relative inline-flex flex-none items-center justify-center rounded-button font-medium whitespace-nowrap transition-colors select-none',
        'disabled:border-line disabled:bg-sunken disabled:text-text-3 disabled:pointer-events-none',
        LOOKS[variant],
        SIZES[size],
        className,
      )}
    >
      <span className={cx('contents', busy && '[&>*]:invisible')}>
        {icon}
        {children !== undefined && <span>{children}</span>}
        {kbd && (
          <span className="contents max-md:hidden">
            <Kbd keys={kbd} tone={variant === 'primary' ? 'accent' : 'plain'} />
          </span>
        )}
      </span>
      {busy && <span className="absolute inset-0 flex items-center justify-center">{busy}</span>}
    </button>
  )
}
