import type { CannedReplyView, DepartmentId } from '@beckon/protocol'

/** The chat a reply is for. */
export type ReplyAudience = {
  departmentId: DepartmentId | undefined
  language: string | undefined
}

/** What is being typed before the caret: from a `/` that begins a word, as long as no space follows. */
export function typedReply(text: string, caret: number): { from: number; query: string } | null {
  const match = /(?:^|\s)\/([^\s/]{0,40})$/u.exec(text.slice(0, caret))
  if (!match) return null
  const query = match[1] ?? ''
  return { from: caret - query.length - 1, query: query.toLowerCase() }
}

/**
 * Replies for this chat that fit what was typed, best first: by shortcut, then by name, then by
 * what they say. Among equals those in the visitor's language, then what this agent took last.
 */
export function foundReplies(
  replies: readonly CannedReplyView[],
  query: string,
  { departmentId, language }: ReplyAudience,
): CannedReplyView[] {
  return replies
    .filter((reply) => reply.departmentId === null || reply.departmentId === departmentId)
    .map((reply) => ({ reply, fit: fitOf(reply, query) }))
    .filter(({ fit }) => fit > 0)
    .sort(
      (a, b) =>
        b.fit - a.fit ||
        speaks(b.reply, language) - speaks(a.reply, language) ||
        (b.reply.usedAt ?? 0) - (a.reply.usedAt ?? 0) ||
        a.reply.shortcut.localeCompare(b.reply.shortcut),
    )
    .map(({ reply }) => reply)
}

/** Everything fits nothing typed; then its order is that of language and use. */
function fitOf({ shortcut, name, category, text }: CannedReplyView, query: string): number {
  if (query === '') return 1
  if (shortcut === query) return 5
  if (shortcut.startsWith(query)) return 4
  const called = `${name} ${category}`.toLowerCase()
  if (called.split(/\s+/).some((word) => word.startsWith(query))) return 3
  return `${shortcut} ${called} ${text.toLowerCase()}`.includes(query) ? 2 : 0
}

const primary = (tag: string | null | undefined) => tag?.toLowerCase().split('-')[0]

/** One for another language fits less than one for any. */
function speaks({ language }: CannedReplyView, visitors: string | undefined): number {
  if (language === null) return 0
  return primary(language) === primary(visitors) ? 1 : -1
}

/** Those that say it, under their headings; replies without one come first. */
export function byCategory(
  replies: readonly CannedReplyView[],
  query: string,
): { category: string; replies: CannedReplyView[] }[] {
  const words = query.trim().toLowerCase().replace(/^\//, '')
  const found = replies
    .filter((reply) => fitOf(reply, words) > 0)
    .toSorted((a, b) => a.shortcut.localeCompare(b.shortcut))
  const categories = [...new Set(found.map(({ category }) => category))]
  return categories
    .toSorted((a, b) => a.localeCompare(b))
    .map((category) => ({
      category,
      replies: found.filter((reply) => reply.category === category),
    }))
}
