import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import { Fragment, type ReactElement, type ReactNode, useId, useState } from 'react'
import { cx } from './class-names.ts'
import { Kbd } from './kbd.tsx'

export type MenuItem = {
  label: string
  icon?: ReactNode
  kbd?: string
  danger?: boolean
  /** Why it cannot be chosen now. The item stays reachable; the reason is the menu's last line. */
  off?: string | undefined
  /** A state instead of an act: shows a check mark. */
  checked?: boolean
  /** Leaves the menu open after choosing. */
  stay?: boolean
  onSelect: () => void
}
export type MenuGroup = { heading?: string; items: readonly MenuItem[] }

type MenuProps = {
  trigger: ReactElement
  groups: readonly MenuGroup[]
  /** Standing last line of the menu. */
  note?: string
  align?: 'start' | 'end'
  side?: 'bottom' | 'right' | 'top'
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

// Not modal: a modal menu would write a style element into the page, which our policy refuses.
export function Menu({ trigger, groups, note, align = 'start', side, ...asked }: MenuProps) {
  const noteId = useId()
  const [own, setOwn] = useState(false)
  const change = (open: boolean) => {
    setOwn(open)
    asked.onOpenChange?.(open)
  }
  const [reason, setReason] = useState<string>()
  const filled = groups.filter((group) => group.items.length > 0)
  const firstReason = filled.flatMap((group) => group.items).find((item) => item.off)?.off
  const last = reason ?? firstReason ?? note
  return (
    <Radix.Root modal={false} open={asked.open ?? own} onOpenChange={change}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          loop
          // A notice on the page would keep the key for itself.
          onKeyDown={({ key }) => key === 'Escape' && change(false)}
          className="z-40 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 max-w-80 animate-fade overflow-y-auto rounded-menu bg-popover p-1.5 shadow-menu"
        >
          {filled.map((group, index) => (
            <Fragment key={group.heading ?? group.items[0]?.label}>
              {index > 0 && <Radix.Separator className="mx-1 my-1.5 h-px bg-line" />}
              {group.heading && (
                <Radix.Label className="px-2 pt-1 pb-0.5 text-micro font-medium text-text-3">
                  {group.heading}
                </Radix.Label>
              )}
              {group.items.map((item) => (
                <Item
                  key={item.label}
                  item={item}
                  noteId={noteId}
                  onReach={() => setReason(item.off)}
                />
              ))}
            </Fragment>
          ))}
          {last && (
            <p
              id={noteId}
              className="mt-1.5 border-t border-line px-2 pt-2 pb-1 text-small text-text-3"
            >
              {last}
            </p>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

type ItemProps = { item: MenuItem; noteId: string; onReach: () => void }

function Item({ item, noteId, onReach }: ItemProps) {
  const props = {
    onFocus: onReach,
    onSelect: (event: Event) => {
      if (item.off !== undefined || item.stay) event.preventDefault()
      if (item.off === undefined) item.onSelect()
    },
    'aria-disabled': item.off !== undefined || undefined,
    'aria-describedby': item.off ? noteId : undefined,
    className: cx(
      'flex min-h-[30px] items-center gap-2.5 rounded-item px-2 outline-none select-none',
      item.off !== undefined
        ? 'text-text-3 data-highlighted:bg-hover'
        : 'data-highlighted:bg-accent data-highlighted:text-on-accent',
      item.off === undefined && item.danger && 'text-red-text',
    ),
  }
  const content = (
    <>
      {item.icon}
      <span className="flex-1">{item.label}</span>
      {item.checked && <Check size={14} aria-hidden />}
      {item.kbd && <Kbd keys={item.kbd} tone="accent" />}
    </>
  )
  return item.checked === undefined ? (
    <Radix.Item {...props}>{content}</Radix.Item>
  ) : (
    <Radix.CheckboxItem {...props} checked={item.checked}>
      {content}
    </Radix.CheckboxItem>
  )
}
