/*
 * The one element we add to a page, and how it stays there: as a manual popover in the top layer
 * (no z-index of the page's reaches it), put back when a page sweeps away nodes it does not know.
 */

// A page that removes us again and again means it; a fight would only cost its visitor battery.
const RETURNS = 20

export function standOnPage(signal: AbortSignal): HTMLElement {
  const host = document.createElement('beckon-widget')
  const home = document.documentElement
  let stands = 0

  const stand = () => {
    if (host.isConnected || signal.aborted || stands++ > RETURNS) return
    home.append(host)
    try {
      host.popover = 'manual'
      host.showPopover()
    } catch {
      // Not known or not allowed here: it still stands, only not in the top layer.
    }
  }
  stand()

  const guard = new MutationObserver(stand)
  guard.observe(home, { childList: true })
  signal.addEventListener('abort', () => {
    guard.disconnect()
    host.remove()
  })
  return host
}
