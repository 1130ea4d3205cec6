import { X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Ring } from './ring.tsx'
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
      {/* Beside a conversation they stand above what is being written there. */}
      <Radix.Viewport className="fixed end-5 bottom-5 z-50 flex w-96 max-w-[calc(100vw-40px)] justify-end outline-none max-md:bottom-20 in-[:root:has([role=log])]:bottom-32 max-md:in-[:root:has([role=log])]:bottom-44" />
    </Radix.Provider>
  )
}

function One({ entry }: { entry: ShownToast }) {
  const { action } = entry
  const [held, setHeld] = useState(false)
  const left = useCountdown(action?.seconds, held)
  return (
    <Radix.Root
      duration={action?.seconds ? action.seconds * 1_000 : SHOWN_MS}
      onPause={() => setHeld(true)}
      onResume={() => setHeld(false)}
      onOpenChange={(open) => {
        if (!open) toast.close(entry.id)
      }}
      className="flex min-h-11 w-full animate-rise items-center gap-3 rounded-menu bg-toast py-2 ps-4 pe-2 text-toast-text shadow-menu"
    >
      {action?.seconds ? (
        <Ring
          left={left / (action.seconds * 1_000)}
          className="stroke-toast-action transition-[stroke-dasharray] duration-250 ease-linear"
        />
      ) : (
        entry.icon
      )}
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
          {action.seconds && (
            <span className="tabular-nums" aria-hidden>
              {Math.max(1, Math.ceil(left / 1_000))}
            </span>
          )}
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

const STEP_MS = 250

/** Milliseconds that are left; while held none of them goes. */
function useCountdown(seconds: number | undefined, held: boolean): number {
  const [left, setLeft] = useState((seconds ?? 0) * 1_000)
  useEffect(() => {
    if (!seconds || held) return
    const timer = setInterval(() => setLeft((before) => Math.max(0, before - STEP_MS)), STEP_MS)
    return () => clearInterval(timer)
  }, [seconds, held])
  return left
}
