import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { cx } from './class-names.ts'
import { IconButton } from './icon-button.tsx'

type DialogProps = {
  title: string
  description?: ReactNode
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Class of the width, and height where the dialog has a fixed one. */
  size?: string
  /** Line at the bottom with the dialog's buttons. */
  foot?: ReactNode
  children?: ReactNode
  /** Keeps focus from going to the first control; focus something yourself. */
  onOpenAutoFocus?: (event: Event) => void
  alert?: boolean
}

const FIRST = ':is(input, select, textarea, button, a[href]):not(:disabled, [tabindex="-1"])'

/**
 * Modal; full screen on phones. Esc and the × close it. Focus begins at the first thing to do, or
 * at the dialog itself, where its title and description are read; never at the ×.
 */
export function Dialog({
  title,
  description,
  open,
  onOpenChange,
  size = 'w-[440px]',
  foot,
  children,
  onOpenAutoFocus,
  alert,
}: DialogProps) {
  const content = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)

  function begin(event: Event) {
    event.preventDefault()
    const first = body.current?.querySelector<HTMLElement>(FIRST) ?? content.current
    first?.focus()
  }

  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        {/* Our own scrim: Radix's overlay writes a style element into the page, which our policy refuses. */}
        <div className="fixed inset-0 z-30 animate-fade bg-scrim" aria-hidden />
        <Radix.Content
          role={alert ? 'alertdialog' : 'dialog'}
          aria-modal
          ref={content}
          onOpenAutoFocus={onOpenAutoFocus ?? begin}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cx(
            'fixed top-1/2 left-1/2 z-30 flex max-h-[calc(100dvh-32px)] max-w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 animate-fade flex-col overflow-hidden rounded-dialog bg-surface shadow-dialog outline-none',
            'max-md:inset-0 max-md:top-0 max-md:left-0 max-md:h-dvh max-md:max-h-none max-md:w-full max-md:max-w-none max-md:translate-0 max-md:rounded-none',
            size,
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-1">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-title font-semibold">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-0.5 text-text-2">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton
                label="Close"
                kbd="Esc"
                icon={<X size={16} aria-hidden />}
                // Its tooltip would take the first Esc for itself.
                onKeyDown={({ key }) => key === 'Escape' && onOpenChange(false)}
              />
            </Radix.Close>
          </header>
          <div ref={body} className="min-h-0 flex-1 overflow-y-auto px-5 py-3">
            {children}
          </div>
          {foot && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
              {foot}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
