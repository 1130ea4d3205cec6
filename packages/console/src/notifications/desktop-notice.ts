import type { DeskNews } from './desk-news.ts'

export type Permission = NotificationPermission | 'missing'

export const desktopPermission = (): Permission =>
  'Notification' in window ? Notification.permission : 'missing'

/** Only ever from a click: browsers punish pages that ask by themselves. */
export const askForDesktop = async (): Promise<Permission> =>
  'Notification' in window ? Notification.requestPermission() : 'missing'

/** A window of the system's; a click comes back here. */
export function showDesktop({ key, title, text }: DeskNews, onOpen: () => void): void {
  if (desktopPermission() !== 'granted') return
  try {
    const notice = new Notification(title, { body: text, tag: key })
    notice.onclick = () => {
      window.focus()
      notice.close()
      onOpen()
    }
  } catch {
    // Phones know them from service workers only, and say so by throwing.
  }
}
