/** A message's text with its links; only http and https are links (C5). */
export type TextPart = { text: string; href?: string }

const LINK = /https?:\/\/[^\s<>"'`]+/gi
/** What ends a sentence is not part of the address before it. */
const AFTER = /[.,;:!?)\]}…”’]+$/

export function linkParts(text: string): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(AFTER, '')
    if (!isWebAddress(address)) continue
    if (match.index > from) parts.push({ text: text.slice(from, match.index) })
    parts.push({ text: address, href: address })
    from = match.index + address.length
  }
  if (from < text.length) parts.push({ text: text.slice(from) })
  return parts
}

function isWebAddress(text: string): boolean {
  try {
    const { protocol, hostname } = new URL(text)
    return (protocol === 'http:' || protocol === 'https:') && hostname !== ''
  } catch {
    return false
  }
}
