import { Check as CheckIcon, ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { shortAge } from '../parts/durations.ts'
import { useNow } from '../server-clock.ts'

/** Nobody has come yet. */
export const Waiting = ({ action }: { action: ReactNode }) => (
  <Box tone="bg-accent-soft" drawing={<Sonar />} action={action}>
    <p className="text-[15px] leading-6 font-semibold">Waiting for the first hit…</p>
    <p className="text-text-2">
      Open your website in another tab. This page notices by itself, usually within a second.
    </p>
  </Box>
)

type Seen = { at: number; title: string; url: string; city?: string; country?: string }

type ArrivedProps = {
  /** Whose page it is, before the title. */
  words: string
  seen: Seen
  action?: ReactNode
}

/** Somebody has, or the very one who looks. */
export function Arrived({ words, seen, action }: ArrivedProps) {
  const age = shortAge(useNow() - seen.at)
  const place = seen.city ?? seen.country
  return (
    <Box
      tone="bg-green-soft"
      drawing={
        <span className="flex size-9 items-center justify-center rounded-full bg-green text-on-accent">
          <CheckIcon size={20} aria-hidden />
        </span>
      }
      action={action}
    >
      <p className="text-[15px] leading-6 font-semibold break-words text-green-text">
        {words} {seen.title || seen.url}
        {place && `, ${place}`}
      </p>
      <p className="truncate text-text-2">
        Last hit {age === 'just now' ? age : `${age} ago`} on {seen.url}
      </p>
    </Box>
  )
}

type BoxProps = { tone: string; drawing: ReactNode; action: ReactNode; children: ReactNode }

const Box = ({ tone, drawing, action, children }: BoxProps) => (
  <div
    className={`flex items-center gap-4 rounded-menu p-4 transition-colors max-md:flex-wrap ${tone}`}
  >
    <span className="flex size-12 flex-none items-center justify-center">{drawing}</span>
    <div aria-live="polite" className="min-w-0 flex-1">
      {children}
    </div>
    {action}
  </div>
)

const LOOKS = {
  primary: 'h-9 bg-accent px-4 text-on-accent hover:bg-accent-hover',
  quiet: 'h-8 border border-line-strong bg-surface px-3 text-text hover:bg-hover',
} as const

type LeaveProps = { url: string; look: keyof typeof LOOKS; children: ReactNode }

/** Opens the website in another tab. */
export const Leave = ({ url, look, children }: LeaveProps) => (
  <a
    href={url}
    target="_blank"
    rel="noopener noreferrer"
    className={`inline-flex flex-none items-center gap-2 rounded-button font-medium ${LOOKS[look]}`}
  >
    <ExternalLink size={15} aria-hidden />
    {children}
  </a>
)

const Sonar = () => (
  <span className="relative flex size-11 items-center justify-center" aria-hidden>
    <span className="absolute inset-0 animate-sonar rounded-full border border-accent" />
    <span className="absolute inset-0 animate-sonar rounded-full border border-accent [animation-delay:0.8s]" />
    <span className="absolute inset-1 rounded-full border border-accent-line" />
    <span className="absolute inset-3 rounded-full border-[1.5px] border-accent bg-surface" />
    <span className="relative size-2 rounded-full bg-accent" />
  </span>
)
