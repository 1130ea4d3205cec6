/** The faces of the pane. The first five always stand in the row, the others behind “More”. */
export const TABS = [
  'summary',
  'pages',
  'map',
  'visits',
  'chats',
  'invitations',
  'attributes',
  'notes',
  'timeline',
] as const
export type Tab = (typeof TABS)[number]

const IN_THE_ROW = 5

export const TAB_WORDS: Readonly<Record<Tab, string>> = {
  summary: 'Summary',
  pages: 'Pages',
  map: 'Map',
  visits: 'Visits',
  chats: 'Chats',
  invitations: 'Invitations',
  attributes: 'Attributes',
  notes: 'Notes',
  timeline: 'Time line',
}

/** The tabs that are seen while this one is chosen; a long word from behind takes the room of two. */
export const tabsShown = (chosen: Tab): readonly Tab[] => {
  const row = TABS.slice(0, IN_THE_ROW)
  return row.includes(chosen) ? row : [...row.slice(0, IN_THE_ROW - 2), chosen]
}

/** Arrows go through all of them, also those behind “More”. */
export const tabBeside = (tab: Tab, step: number): Tab =>
  TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? tab
