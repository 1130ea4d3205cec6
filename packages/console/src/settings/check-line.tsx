import { Check as CheckIcon, CircleAlert, CircleDashed, LoaderCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import type { Check } from './site-checks.ts'

/** To be copied into the website's security policy. */
export const PolicyLine = ({ line }: { line: string }) => (
  <div className="mt-1.5 flex flex-col items-start gap-1.5">
    <code className="rounded-chip bg-sunken px-1.5 py-1 font-mono text-micro break-all select-text">
      {line}
    </code>
    <CopyButton text={line} />
  </div>
)

/** A check with its mark, its sentence and the way to mend it. */
export function CheckLine({ check, onAllow }: { check: Check; onAllow: (origin: string) => void }) {
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
        {line && <PolicyLine line={line} />}
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
