import type { LinkInput, LinkStyle, LinkView } from '@beckon/protocol'
import { refusedInCss } from '@beckon/protocol/link-css'
import { inkContrast, TEXT_NEEDS } from '@beckon/protocol/theme'
import { browserStorage } from '../chats/browser-storage.ts'
import { nameProblem } from './agent-rules.ts'
import { isColour } from './colour-contrast.ts'

/**
 * What the editor changes before it is published. Kept in this browser meanwhile: a draft is one
 * person's, and nothing on any page depends on it.
 */
export type LinkDraft = Required<Omit<LinkInput, 'siteId'>>

export type LinkProblem = { at: LinkTab; words: string }
export type LinkTab = 'look' | 'words' | 'departments' | 'offline' | 'css'

/** As it is on the pages. The text on the colour is said, where it was left to be found. */
export const draftOf = ({ name, type, style, departmentIds, offline, css, images }: LinkView) => ({
  name,
  type,
  style: { ...style, ink: style.ink ?? inkOf(style.accent) },
  departmentIds,
  offline,
  css,
  images,
})

const inkOf = (accent: string): NonNullable<LinkStyle['ink']> =>
  inkContrast({ accent, ink: 'white' }) >= TEXT_NEEDS ? 'white' : 'dark'

/** How many things are another way than they are published. */
export function changesIn(stored: LinkDraft, draft: LinkDraft): number {
  const { style: styleBefore, ...before } = stored
  const { style, ...now } = draft
  return differences(before, now) + differences(styleBefore, style)
}

const differences = <T extends object>(before: T, now: T): number =>
  (Object.keys({ ...before, ...now }) as (keyof T)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]),
  ).length

/** Why it cannot be published, and where to mend it. */
export function problemOf({
  name,
  style,
  css,
  offline,
  departmentIds,
}: LinkDraft): LinkProblem | undefined {
  if (!isColour(style.accent)) return { at: 'look', words: 'The colour needs six figures.' }
  if (inkContrast(style) < TEXT_NEEDS) {
    return { at: 'look', words: 'The text cannot be read on this colour.' }
  }
  const wrongName = nameProblem(name)
  if (wrongName) return { at: 'words', words: wrongName }
  if (departmentIds?.length === 0) {
    return { at: 'departments', words: 'Choose a department, or all of them.' }
  }
  if (offline.do === 'url' && !/^https?:\/\/[^\s/]+/.test(offline.url)) {
    return { at: 'offline', words: 'The address begins with http:// or https://.' }
  }
  const refused = refusedInCss(css)
  return refused ? { at: 'css', words: cssRefusal(refused) } : undefined
}

export const cssRefusal = (refused: string): string =>
  `${refused} would fetch something into the visitor’s page. Take it out.`

const keyOf = (id: string) => `link-draft.${id}`

export function keptDraft(id: string, stored: LinkDraft): LinkDraft {
  try {
    const kept: unknown = JSON.parse(browserStorage.get(keyOf(id)) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return stored
    const { style, ...rest } = kept as Partial<LinkDraft>
    return { ...stored, ...rest, style: { ...stored.style, ...style } }
  } catch {
    return stored
  }
}

export const keepDraft = (id: string, draft: LinkDraft | undefined): void =>
  browserStorage.set(keyOf(id), draft ? JSON.stringify(draft) : null)
