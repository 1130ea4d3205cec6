import type { SavedMessageView, SiteId } from '@beckon/protocol'

/** For whom the dialog is: saved messages for this site and language come first. */
export type Audience = { siteId: SiteId; language: string | undefined }

const primary = (tag: string | null | undefined): string | undefined =>
  tag?.toLowerCase().split('-')[0]

/** How well a message fits; one for another site or language fits less than one for any. */
function fit(message: SavedMessageView, audience: Audience | undefined): number {
  if (!audience) return 0
  const site = message.siteId === null ? 0 : message.siteId === audience.siteId ? 2 : -2
  const own = primary(message.language)
  const language = own === undefined ? 0 : own === primary(audience.language) ? 1 : -1
  return site + language
}

/** Those whose name or text says it. */
export function matching(messages: readonly SavedMessageView[], query: string): SavedMessageView[] {
  const words = query.trim().toLowerCase()
  return messages.filter(({ name, text }) => `${name}\n${text}`.toLowerCase().includes(words))
}

export const byName = (messages: readonly SavedMessageView[]): SavedMessageView[] =>
  messages.toSorted((a, b) => a.name.localeCompare(b.name))

/** Found by name and text; what fits the visitor first, then what this agent took last. */
export function suggested(
  messages: readonly SavedMessageView[],
  query: string,
  audience: Audience | undefined,
): SavedMessageView[] {
  return matching(messages, query).toSorted(
    (a, b) =>
      fit(b, audience) - fit(a, audience) ||
      (b.usedAt ?? 0) - (a.usedAt ?? 0) ||
      a.name.localeCompare(b.name),
  )
}

/** What a dialog begins with: one's own standard, else the brand's. */
export const standardOf = (messages: readonly SavedMessageView[]): SavedMessageView | undefined =>
  messages.find(({ standard, shared }) => standard && !shared) ??
  messages.find(({ standard }) => standard)
