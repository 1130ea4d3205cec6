import { Tooltip as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'

type TooltipProps = {
  text: ReactNode
  kbd?: string
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactElement
}

/** Around the whole app once: one tooltip at a time, the next without delay. */
export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={500} skipDelayDuration={200}>
    {children}
  </Radix.Provider>
)

export function Tooltip({ text, kbd, side = 'bottom', children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger
        asChild
        // A menu or dialog that closes gives the focus back: who came by pointer has read it before.
        onFocus={(event) => {
          if (!event.currentTarget.matches(':focus-visible')) event.preventDefault()
        }}
      >
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 animate-fade items-center gap-2 rounded-item bg-toast px-2 py-1 text-small text-toast-text"
        >
          {text}
          {kbd && <Kbd keys={kbd} tone="accent" />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
