import { PencilLine } from 'lucide-react'

/**
 * The visitor writes; and what, where they are told that it is read. Not announced: it changes with
 * every keystroke.
 */
export const VisitorTyping = ({ who, typed }: { who: string; typed: string }) =>
  typed === '' ? (
    <p className="flex items-center gap-1.5 text-small text-violet-text">
      <PencilLine size={13} aria-hidden />
      {who} is typing…
    </p>
  ) : (
    <section aria-live="off" aria-label={`${who} is typing`} className="max-w-[80%]">
      <h3 className="flex items-center gap-1.5 text-small font-medium text-violet-text">
        <PencilLine size={13} aria-hidden />
        Typing – the visitor knows you can see this
      </h3>
      <p dir="auto" className="mt-0.5 whitespace-pre-wrap break-words text-read text-text-3">
        {typed}
      </p>
    </section>
  )
