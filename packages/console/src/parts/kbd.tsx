import { cx } from './class-names.ts'

const MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

/** “⌘S” on a Mac, “Ctrl S” elsewhere. */
export function keyLabel(keys: string): string {
  if (MAC) return keys
  return keys.replace('⌘', 'Ctrl ').replace('⌥', 'Alt ').replace('⇧', 'Shift ').trim()
}

/** The key pressed together with a letter for commands. */
export const commandKey = (event: { metaKey: boolean; ctrlKey: boolean }): boolean =>
  MAC ? event.metaKey : event.ctrlKey

type KbdProps = { keys: string; tone?: 'plain' | 'accent' }

export function Kbd({ keys, tone = 'plain' }: KbdProps) {
  return (
    <kbd
      className={cx(
        'inline-flex h-[18px] min-w-[18px] flex-none items-center justify-center rounded-chip px-1 font-sans text-micro font-medium',
        tone === 'accent'
          ? // Darker, never lighter, than the button: white stays readable on it in both themes.
            'bg-[color-mix(in_srgb,black_22%,transparent)] in-disabled:bg-transparent'
          : 'border border-line-strong text-text-3',
      )}
    >
      {keyLabel(keys)}
    </kbd>
  )
}
