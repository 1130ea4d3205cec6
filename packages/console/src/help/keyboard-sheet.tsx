import { Dialog } from '../parts/dialog.tsx'
import { Kbd } from '../parts/kbd.tsx'
import { Switch } from '../parts/switch.tsx'
import { keepPreferences, usePreferences } from '../preferences/use-preferences.ts'
import { KEYS } from './keys.ts'

type KeyboardSheetProps = { open: boolean; onOpenChange: (open: boolean) => void }

/** What the keys do, over whatever is on the screen (`?`). */
export const KeyboardSheet = (state: KeyboardSheetProps) => (
  <Dialog title="Keyboard" size="w-[680px]" {...state}>
    <KeyboardMap />
  </Dialog>
)

export function KeyboardMap() {
  const { lettersOff = false } = usePreferences()
  return (
    <>
      <div className="grid grid-cols-2 gap-x-8 max-md:grid-cols-1">
        {KEYS.map(({ does, keys }) => (
          <div
            key={does}
            className="flex min-h-[34px] items-center justify-between gap-4 border-b border-line"
          >
            <span>{does}</span>
            <span className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key} keys={key} />
              ))}
            </span>
          </div>
        ))}
      </div>
      <div className="mt-4">
        <Switch
          label="Keys of a single letter or sign"
          hint="They work while you are not typing in a field. Keys with Ctrl, ⌘ or Alt, arrows and Esc always do."
          checked={!lettersOff}
          onChange={(on) => keepPreferences({ lettersOff: !on })}
        />
      </div>
    </>
  )
}
