import { cx } from './class-names.ts'

type AvatarProps = {
  name: string
  initials: string
  /** 0–7 */
  tint: number
  size?: 16 | 18 | 20 | 22 | 30
  /** Decorative where the name stands beside it. */
  decorative?: boolean
}

const TINTS = [
  'bg-(--tint-0) text-(--tint-0-ink)',
  'bg-(--tint-1) text-(--tint-1-ink)',
  'bg-(--tint-2) text-(--tint-2-ink)',
  'bg-(--tint-3) text-(--tint-3-ink)',
  'bg-(--tint-4) text-(--tint-4-ink)',
  'bg-(--tint-5) text-(--tint-5-ink)',
  'bg-(--tint-6) text-(--tint-6-ink)',
  'bg-(--tint-7) text-(--tint-7-ink)',
]
/** Paper and ink of one of the eight tints. */
export const tintOf = (tint: number): string => TINTS[((tint % 8) + 8) % 8] ?? ''

const SIZES = {
  16: 'size-4 text-[7px]',
  18: 'size-[18px] text-[8px]',
  20: 'size-5 text-[8.5px]',
  22: 'size-[22px] text-[9px]',
  30: 'size-[30px] text-[12px]',
}

/** Agents only; a made-up face for a visitor would be noise. */
export function Avatar({ name, initials, tint, size = 22, decorative }: AvatarProps) {
  return (
    <span
      className={cx(
        'inline-flex flex-none items-center justify-center rounded-full leading-none font-semibold tracking-[0.01em] select-none',
        tintOf(tint),
        SIZES[size],
      )}
    >
      {/* Drawn by the style: letters in the document would count as the visible label of a button. */}
      <span aria-hidden data-initials={initials} className="before:content-[attr(data-initials)]" />
      {!decorative && <span className="sr-only">{name}</span>}
    </span>
  )
}
