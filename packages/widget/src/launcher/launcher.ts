import type { CardAgent } from '@beckon/protocol'
import { type Drawing, h } from '../draw.ts'
import { chatIcon, downIcon } from '../icons.ts'
import { invitationFrom } from '../words.ts'

/** How many messages nobody has looked at, and the words for it. */
export type Unread = { count: number; words: string }

export type LauncherProps = {
  /** Words for this moment: the link's online or offline text. */
  face: string
  online: boolean
  open: boolean
  unread: Unread | undefined
  /** Whose invitation waits to be shown decently. */
  waiting: CardAgent | false | undefined
  /** Leads there instead of opening anything. */
  href: string | false | undefined
}

export function launcher(props: LauncherProps, press: () => void): Drawing {
  const { face, online, open, unread, waiting, href } = props
  const badge = (unread?.count ?? 0) + (waiting ? 1 : 0)
  return h(
    href ? 'a' : 'button',
    {
      class: online || open ? 'launcher' : 'launcher away',
      href,
      'aria-expanded': !href && `${open}`,
      'aria-label': face + (unread?.words ?? '') + (waiting ? `, ${invitationFrom(waiting)}` : ''),
      title: face,
      onclick: href ? undefined : press,
    },
    open ? downIcon() : chatIcon(),
    !open && !!badge && h('span', { class: 'badge', 'aria-hidden': 'true' }, badge),
  )
}
