import { useState } from 'react'
import type { MenuGroup } from '../parts/menu.tsx'
import { toast } from '../parts/toast-queue.ts'
import { askForDesktop, desktopPermission, type Permission } from './desktop-notice.ts'
import { keepNotify, useNotify } from './notify-choice.ts'
import { openNotifications } from './open-notifications.ts'
import { playTune } from './sound.ts'

const OFF: Partial<Record<Permission, string>> = {
  denied: 'This browser blocks notifications from here. Allow them beside the address.',
  missing: 'This browser has no notifications.',
}

/** Sound and desktop notifications, in the menu of the agent's availability (UI §4.4). */
export function useNotifyMenu(): MenuGroup {
  const notify = useNotify()
  const [permission, setPermission] = useState(desktopPermission)

  async function setDesktop(on: boolean) {
    if (!on) return keepNotify({ ...notify, desktop: false })
    const answer = await askForDesktop()
    setPermission(answer)
    if (answer === 'granted') keepNotify({ ...notify, desktop: true })
    else toast.show({ text: OFF[answer] ?? 'Without your yes there are no notifications.' })
  }

  const desktop = notify.desktop && permission === 'granted'
  return {
    heading: 'Tell me',
    items: [
      {
        label: 'Sound',
        checked: notify.sound,
        stay: true,
        onSelect() {
          if (!notify.sound) playTune('assigned')
          keepNotify({ ...notify, sound: !notify.sound })
        },
      },
      {
        label: 'Desktop notifications',
        checked: desktop,
        stay: true,
        off: OFF[permission],
        onSelect: () => void setDesktop(!desktop),
      },
      { label: 'Choose what for…', onSelect: openNotifications },
    ],
  }
}
