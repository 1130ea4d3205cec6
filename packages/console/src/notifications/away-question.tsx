import type { MeState } from '@beckon/protocol'
import { useEffect, useState } from 'react'
import { browserStorage } from '../chats/browser-storage.ts'
import { setAvailable } from '../frame/set-available.ts'
import { useTopic } from '../live/use-topic.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { timeOfDay } from '../parts/durations.ts'
import { awayStep } from './away.ts'
import { showDesktop } from './desktop-notice.ts'
import { firstToTell } from './first-to-tell.ts'
import { useNotify } from './notify-choice.ts'
import { playTune } from './sound.ts'

const LOOK_EVERY_MS = 5_000
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const
/** Last input in any tab of this browser. */
const KEY = 'input-at'

type Asked = { inputAt: number; switchedAt?: number }

/**
 * “Still there?” for an agent who is available and touches nothing: new chats would go to an empty
 * chair. Only reminds, unless the agent wants more. Input does not close it; an answer does.
 */
export function AwayQuestion() {
  const { state: me } = useTopic<'me'>({ topic: 'me' })
  const { away, sound, desktop } = useNotify()
  const [asked, setAsked] = useState<Asked>()
  const open = asked !== undefined
  const available = me?.available ?? false

  useEffect(() => {
    if (open) return
    noteInput()
    let notedAt = Date.now()
    const note = () => {
      if (Date.now() - notedAt < LOOK_EVERY_MS) return
      notedAt = Date.now()
      noteInput()
    }
    for (const name of INPUTS) window.addEventListener(name, note, { passive: true })
    return () => {
      for (const name of INPUTS) window.removeEventListener(name, note)
    }
  }, [open])

  useEffect(() => {
    const look = () => {
      const inputAt = Number(browserStorage.get(KEY) ?? 0)
      const step = awayStep({ now: Date.now(), inputAt, available, choice: away })
      setAsked((was) => {
        // Answered in another tab, or made unavailable elsewhere.
        if (step === 'here') return was?.switchedAt && inputAt === was.inputAt ? was : undefined
        return was ?? { inputAt }
      })
      if (step === 'switch') {
        setAsked((was) => ({ inputAt, switchedAt: was?.switchedAt ?? Date.now() }))
        setAvailable(false)
      }
    }
    const timer = setInterval(look, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [available, away])

  useEffect(() => {
    if (!open) return
    void firstToTell('away').then((first) => {
      if (!first) return
      if (sound) playTune('assigned')
      const text = 'You are available, and new chats come to you.'
      if (desktop) showDesktop({ kind: 'assigned', key: 'away', title: 'Still there?', text }, noop)
    })
  }, [open, sound, desktop])

  if (!asked || !me) return null
  const here = () => {
    noteInput()
    setAsked(undefined)
  }
  return (
    <Dialog
      alert
      open
      onOpenChange={here}
      title={asked.switchedAt ? 'You are unavailable' : 'Still there?'}
      description={words(asked, me)}
      foot={
        <>
          <span className="flex-1" />
          <Button
            onClick={() => {
              here()
              setAvailable(asked.switchedAt !== undefined, me.activeChats)
            }}
          >
            {asked.switchedAt ? 'Make me available' : 'Make me unavailable'}
          </Button>
          <Button variant="primary" onClick={here}>
            {asked.switchedAt ? 'Stay unavailable' : 'I am here'}
          </Button>
        </>
      }
    />
  )
}

function words({ inputAt, switchedAt }: Asked, { activeChats }: MeState): string {
  if (switchedAt) {
    return `You did not answer, so you are unavailable since ${timeOfDay(switchedAt)}. Your open chats are still yours.`
  }
  const chats = activeChats === 0 ? '' : ' Your open chats wait for you.'
  return `You have touched nothing here since ${timeOfDay(inputAt)}, and new chats come to you.${chats}`
}

const noteInput = () => browserStorage.set(KEY, String(Date.now()))
const noop = () => {}
