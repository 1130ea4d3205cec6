import { NEWS_KINDS } from '@beckon/protocol'
import { Volume2 } from 'lucide-react'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Select } from '../parts/select.tsx'
import { Switch } from '../parts/switch.tsx'
import { keepNotify, NEWS_WORDS, toggled, useNotify } from './notify-choice.ts'
import { closeNotifications, useNotificationsOpen } from './open-notifications.ts'
import { playTune } from './sound.ts'

const MINUTES = [0, 5, 10, 15, 30, 60]

/** What an agent is told of, and when they are asked whether they are still there. Holds at once. */
export function NotificationsDialog() {
  const open = useNotificationsOpen()
  const notify = useNotify()
  const { off, away } = notify
  const minutes = MINUTES.includes(away.minutes) ? MINUTES : [...MINUTES, away.minutes]
  return (
    <Dialog
      open={open}
      onOpenChange={closeNotifications}
      title="Notifications"
      description="By sound and on the desktop as chosen in the menu, and never of a chat you are looking at."
      foot={
        <>
          <span className="flex-1" />
          <Button variant="primary" onClick={closeNotifications}>
            Done
          </Button>
        </>
      }
    >
      <section aria-label="Tell me when" className="flex flex-col gap-3">
        {NEWS_KINDS.map((kind) => (
          <div key={kind} className="flex items-center gap-2">
            <div className="min-w-0 flex-1">
              <Switch
                label={NEWS_WORDS[kind]}
                checked={!off.includes(kind)}
                onChange={() => keepNotify({ ...notify, off: toggled(off, kind) })}
              />
            </div>
            <IconButton
              label={`Hear it: ${NEWS_WORDS[kind]}`}
              icon={<Volume2 size={15} aria-hidden />}
              onClick={() => playTune(kind)}
            />
          </div>
        ))}
      </section>
      <section
        aria-label="When I am away"
        className="mt-5 flex flex-col gap-3 border-t border-line pt-4"
      >
        <Field
          label="Ask whether I am still there"
          hint="After so long without a key or the pointer, while you are available."
        >
          <Select
            value={String(away.minutes)}
            choices={minutes.map((one) => ({ value: String(one), label: minutesWords(one) }))}
            onChoose={(one) => keepNotify({ ...notify, away: { ...away, minutes: Number(one) } })}
          />
        </Field>
        <Switch
          label="Make me unavailable if I do not answer"
          hint="2 minutes after the question. Open chats stay yours."
          checked={away.switch}
          disabled={away.minutes === 0}
          onChange={(on) => keepNotify({ ...notify, away: { ...away, switch: on } })}
        />
      </section>
    </Dialog>
  )
}

const minutesWords = (minutes: number): string =>
  minutes === 0 ? 'Never' : `After ${minutes} minutes`
