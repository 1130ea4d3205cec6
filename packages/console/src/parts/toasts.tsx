import { X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { type ShownToast, toast, toastQueue } from './toast-queue.ts'

/** At least 5 s; pointer and focus hold it. */
const SHOWN_MS = 6_000

/** Once per page: where toasts appear. */
export function Toasts() {
  const queue = useSyncExternalStore(toastQueue.watch, toastQueue.get)
  const first = queue[0]
  return (
    <Radix.Provider duration={SHOWN_MS} label="Notice">
      {first && <One key={first.id} entry={first} />}
      <Radix.Viewport className="fixed end-5 bottom-5 z-50 flex w-96 max-w-[calc(100vw-40px)] justify-end outline-none max-md:bottom-20" />
    </Radix.Provider>
  )
}

function One({ entry }: { entry: ShownToast }) {
  const { action } = entry
  return (
    <Radix.Root
      duration={action?.seconds ? action.seconds * 1_000 : SHOWN_MS}
      onOpenChange={(open) => {
        if (!open) toast.close(entry.id)
      }}
      className="flex min-h-11 animate-rise items-center gap-3 rounded-menu bg-toast py-2 ps-4 pe-2 text-toast-text shadow-menu"
    >
      {entry.icon}
      <div className="min-w-0 flex-1">
        <Radix.Title className="break-words">{entry.text}</Radix.Title>
        {entry.second && (
          <Radix.Description className="truncate text-small text-toast-second">
            {entry.second}
          </Radix.Description>
        )}
      </div>
      {action ? (
        <Radix.Action
          altText={action.label}
          onClick={action.onAct}
          className="flex h-7 flex-none items-center gap-1.5 rounded-button bg-[color-mix(in_srgb,var(--toast-action)_16%,transparent)] px-2.5 font-medium text-toast-action hover:bg-[color-mix(in_srgb,var(--toast-action)_26%,transparent)]"
        >
          {action.label}
          {action.seconds && <Left seconds={action.seconds} />}
        </Radix.Action>
      ) : (
        <Radix.Close
          aria-label="Close"
          className="flex size-7 flex-none items-center justify-center rounded-button text-toast-second hover:text-toast-text"
        >
          <X size={14} aria-hidden />
        </Radix.Close>
      )}
    </Radix.Root>
  )
}

function Left({ seconds }: { seconds: number }) {
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const timer = setInterval(() => setLeft((before) => Math.max(1, before - 1)), 1_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <span className="tabular-nums" aria-hidden>
      {left}
    </span>
  )
}
