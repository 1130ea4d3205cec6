import { type Drawing, h } from '../draw.ts'
import { chatIcon, downIcon } from '../icons.ts'
import * as words from '../words.ts'

export type LauncherProps = {
  /** Words for this moment: the link's online or offline text. */
  face: string
  online: boolean
  open: boolean
  unread: number
  /** An invitation waits to be shown decently. */
  waiting: boolean
}

export function launcher(props: LauncherProps, press: () => void): Drawing {
  const { face, online, open, unread, waiting } = props
  const badge = unread + (waiting ? 1 : 0)
  return h(
    'button',
    {
      key: 'launcher',
      class: online || open ? 'launcher' : 'launcher away',
      'aria-expanded': `${open}`,
      'aria-label': words.launcher(face, unread, waiting),
      title: face,
      onclick: press,
    },
    open ? downIcon() : chatIcon(),
    !open && badge > 0 && h('span', { class: 'badge', 'aria-hidden': 'true' }, badge),
  )
}
