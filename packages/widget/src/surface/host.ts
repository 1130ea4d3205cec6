/*
 * The one element we add to a page, and how it stays there: as a manual popover in the top layer
 * (no z-index of the page's reaches it), put back when a page sweeps away nodes it does not know.
 */

// A page that removes us again and again means it; a fight would only cost its visitor battery.
const RETURNS = 20

export function standOnPage(page: Document): { host: HTMLElement; destroy(): void } {
  const host = page.createElement('beckon-widget')
  const home = page.documentElement
  let returns = 0

  const stand = () => {
    home.append(host)
    try {
      host.showPopover?.()
    } catch {
      // Shown already or not allowed here: it still stands, only not in the top layer.
    }
  }
  if ('popover' in host) host.popover = 'manual'
  stand()

  const guard = new MutationObserver(() => {
    if (host.isConnected) return
    returns += 1
    if (returns <= RETURNS) stand()
    else guard.disconnect()
  })
  guard.observe(home, { childList: true })

  return {
    host,
    destroy() {
      guard.disconnect()
      host.remove()
    },
  }
}
