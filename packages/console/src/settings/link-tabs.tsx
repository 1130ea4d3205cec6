import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'
import type { LinkTab } from './link-draft.ts'

type Part = { tab: LinkTab; name: string; content: ReactNode }

/** Parts of the editor. A dot marks the one that keeps it from being published. */
export function LinkTabs({
  parts,
  wrong,
  tab,
  onTab,
}: {
  parts: readonly Part[]
  wrong: LinkTab | undefined
  tab: LinkTab
  onTab: (tab: LinkTab) => void
}) {
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(next) => onTab(next as LinkTab)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <Tabs.List
        aria-label="Parts of the link"
        className="flex flex-none gap-2 overflow-x-auto border-b border-line px-3.5 [scrollbar-width:none]"
      >
        {parts.map(({ tab: one, name }) => (
          <Tabs.Trigger
            key={one}
            value={one}
            className="ring-inside relative flex h-[42px] flex-none items-center gap-1.5 whitespace-nowrap px-1.5 text-text-2 hover:text-text data-[state=active]:font-medium data-[state=active]:text-text data-[state=active]:after:absolute data-[state=active]:after:inset-x-1.5 data-[state=active]:after:bottom-0 data-[state=active]:after:h-0.5 data-[state=active]:after:bg-accent data-[state=active]:after:content-['']"
          >
            {name}
            {wrong === one && (
              <span
                role="img"
                aria-label="needs a change"
                className="size-1.5 rounded-full bg-red"
              />
            )}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {parts.map(({ tab: one, content }) => (
        <Tabs.Content
          key={one}
          value={one}
          className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-5 py-5 max-md:overflow-visible"
        >
          {content}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}
