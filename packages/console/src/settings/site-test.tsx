import type { Me, SiteView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import {
  Check as CheckIcon,
  CircleAlert,
  CircleDashed,
  ExternalLink,
  LoaderCircle,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { shortAge } from '../parts/durations.ts'
import { signalsQuery } from '../queries.ts'
import { useNow } from '../server-clock.ts'
import { addressOf } from './site-address.ts'
import { type Check, checksOf } from './site-checks.ts'

type SiteTestProps = {
  site: SiteView
  me: Me
  /** Opened by “Open my website”; else the first allowed origin. */
  websiteUrl?: string | undefined
  onAllow: (origin: string) => void
  /** In the first run whoever arrives is the one who sets it up. */
  firstRun?: boolean
}

/** Waits for hits and explains why none comes (W18). The same in the first run and in Settings. */
export function SiteTest({ site, me, websiteUrl, onAllow, firstRun }: SiteTestProps) {
  const { data, error } = useQuery(signalsQuery(site.id))
  const now = useNow()
  const url = websiteUrl ?? addressOf(site.origins)
  const checks = checksOf({
    signals: data?.signals,
    answeredMs: data?.answeredMs,
    publicUrl: me.publicUrl,
    origins: site.origins,
    siteUrl: url,
    off: site.off,
    now,
  })
  const hit = data?.signals.lastHit
  return (
    <div className="flex flex-col gap-6">
      {hit ? (
        <Arrived
          hit={hit}
          age={shortAge(now - hit.at)}
          words={firstRun ? 'That’s you:' : 'Visitors arrive. Last on'}
        />
      ) : (
        <Waiting action={url && <OpenWebsite url={url} />} />
      )}
      {error && (
        <p role="alert" className="text-red-text">
          {sentenceOf(error)}
        </p>
      )}
      <ul className="grid grid-cols-2 gap-x-8 gap-y-5 max-md:grid-cols-1">
        {checks.map((check) => (
          <CheckLine key={check.id} check={check} onAllow={onAllow} />
        ))}
      </ul>
    </div>
  )
}

const Waiting = ({ action }: { action: ReactNode }) => (
  <Box tone="bg-accent-soft" drawing={<Sonar />} action={action}>
    <p className="text-[15px] leading-6 font-semibold">Waiting for the first hit…</p>
    <p className="text-text-2">
      Open your website in another tab. This page notices by itself, usually within a second.
    </p>
  </Box>
)

type Hit = { title: string; url: string; city?: string; country?: string }

function Arrived({ hit, age, words }: { hit: Hit; age: string; words: string }) {
  const place = hit.city ?? hit.country
  return (
    <Box
      tone="bg-green-soft"
      drawing={
        <span className="flex size-9 items-center justify-center rounded-full bg-green text-on-accent">
          <CheckIcon size={20} aria-hidden />
        </span>
      }
      action={undefined}
    >
      <p className="text-[15px] leading-6 font-semibold break-words text-green-text">
        {words} {hit.title || hit.url}
        {place && `, ${place}`}
      </p>
      <p className="truncate text-text-2">
        Last hit {age === 'just now' ? age : `${age} ago`} on {hit.url}
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

const OpenWebsite = ({ url }: { url: string }) => (
  <a
    href={url}
    target="_blank"
    rel="noopener noreferrer"
    className="inline-flex h-9 flex-none items-center gap-2 rounded-button bg-accent px-4 font-medium text-on-accent hover:bg-accent-hover"
  >
    <ExternalLink size={15} aria-hidden />
    Open my website
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

function CheckLine({ check, onAllow }: { check: Check; onAllow: (origin: string) => void }) {
  const { allow, line } = check
  return (
    <li className="flex gap-2.5">
      {MARKS[check.state]}
      <div className="min-w-0">
        <p className="font-medium">
          {check.title}
          <span className="sr-only">: {WORDS[check.state]}</span>
        </p>
        <p
          className={`text-small ${check.state === 'failed' ? 'text-red-text' : 'text-text-3'} break-words`}
        >
          {check.text}
        </p>
        {allow && (
          <div className="mt-1.5">
            <Button size={26} onClick={() => onAllow(allow)}>
              Allow it
            </Button>
          </div>
        )}
        {line && (
          <div className="mt-1.5 flex flex-col items-start gap-1.5">
            <code className="rounded-chip bg-sunken px-1.5 py-1 font-mono text-micro break-all select-text">
              {line}
            </code>
            <CopyButton text={line} />
          </div>
        )}
      </div>
    </li>
  )
}

const WORDS: Record<Check['state'], string> = {
  passed: 'passed',
  running: 'waiting',
  later: 'not yet',
  failed: 'failed',
}
const MARKS: Record<Check['state'], ReactNode> = {
  passed: (
    <span className="mt-0.5 flex size-[19px] flex-none items-center justify-center rounded-full bg-green-soft text-green-text">
      <CheckIcon size={13} strokeWidth={2.4} aria-hidden />
    </span>
  ),
  running: <LoaderCircle size={19} aria-hidden className="mt-0.5 animate-spin text-accent" />,
  later: <CircleDashed size={19} aria-hidden className="mt-0.5 text-text-3" />,
  failed: <CircleAlert size={19} aria-hidden className="mt-0.5 text-red-text" />,
}
