import type { ReactNode } from 'react'
import { cx } from './class-names.ts'

type PillProps = {
  hue?: 'green' | 'amber' | 'red' | 'violet' | 'sky' | 'gray' | 'accent'
  /** Before the words: a disc, or an icon of 13–15 px. */
  icon?: ReactNode | 'disc'
  children: ReactNode
}

const HUES = {
  green: 'bg-green-soft text-green-text',
  amber: 'bg-amber-soft text-amber-text',
  red: 'bg-red-soft text-red-text',
  violet: 'bg-violet-soft text-violet-text',
  sky: 'bg-sky-soft text-sky-text',
  gray: 'bg-gray-soft text-gray-text',
  accent: 'bg-accent-soft text-accent-text',
}

export function Pill({ hue = 'gray', icon, children }: PillProps) {
  return (
    <span
      className={cx(
        'inline-flex h-[22px] flex-none items-center gap-1.5 rounded-full px-2 text-small font-medium whitespace-nowrap tabular-nums',
        HUES[hue],
      )}
    >
      {icon === 'disc' ? <Disc hue={hue} /> : icon}
      {children}
    </span>
  )
}

const DISCS = {
  green: 'bg-green',
  amber: 'bg-amber',
  red: 'bg-red',
  violet: 'bg-violet',
  sky: 'bg-sky',
  gray: 'bg-gray',
  accent: 'bg-accent',
}

const Disc = ({ hue }: { hue: keyof typeof DISCS }) => (
  <span className={cx('size-2 rounded-full', DISCS[hue])} aria-hidden />
)
