import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../parts/class-names.ts'
import { Mark } from '../parts/mark.tsx'
import { STEP_NAMES, STEPS, type Step } from './steps.ts'

type SetupFrameProps = {
  step: Step
  done: readonly Step[]
  foot?: ReactNode
  aside?: ReactNode
  children: ReactNode
}

/** Steps | what to do now | what comes next. */
export function SetupFrame({ step, done, foot, aside, children }: SetupFrameProps) {
  return (
    <div className="flex h-dvh bg-canvas max-md:flex-col max-md:overflow-y-auto">
      <nav
        aria-label="Steps"
        className="flex w-[232px] flex-none flex-col px-6 py-7 max-md:w-full max-md:flex-row max-md:items-center max-md:gap-4 max-md:px-4 max-md:py-3"
      >
        <div className="flex items-center gap-2.5 text-title font-semibold">
          <Mark size={30} />
          Beckon
        </div>
        <ol className="mt-10 flex flex-col gap-4 max-md:mt-0 max-md:flex-row max-md:gap-2">
          {STEPS.map((one, index) => (
            <StepMark
              key={one}
              name={STEP_NAMES[one]}
              figure={index + 1}
              state={done.includes(one) ? 'done' : one === step ? 'now' : 'later'}
            />
          ))}
        </ol>
        <p className="mt-auto max-w-44 text-small break-words text-text-3 max-md:hidden">{foot}</p>
      </nav>
      <main className="min-w-0 flex-1 overflow-y-auto border-x border-line bg-surface px-16 pt-[72px] pb-12 max-lg:px-8 max-md:overflow-visible max-md:border-x-0 max-md:px-4 max-md:pt-6">
        <p className="text-small text-text-3">
          Step {STEPS.indexOf(step) + 1} of {STEPS.length}
        </p>
        <div className="max-w-[708px]">{children}</div>
      </main>
      <aside
        aria-label="What comes next"
        className="w-[380px] flex-none overflow-y-auto px-8 pt-[72px] max-xl:hidden"
      >
        {aside}
      </aside>
    </div>
  )
}

type StepMarkProps = { name: string; figure: number; state: 'done' | 'now' | 'later' }

const StepMark = ({ name, figure, state }: StepMarkProps) => (
  <li
    aria-current={state === 'now' ? 'step' : undefined}
    className={cx(
      'flex items-center gap-2.5 text-read',
      state === 'now' ? 'font-semibold' : 'text-text-2',
    )}
  >
    <span
      className={cx(
        'flex size-[22px] flex-none items-center justify-center rounded-full text-micro font-semibold',
        state === 'done' && 'bg-green-soft text-green-text',
        state === 'now' && 'bg-accent text-on-accent',
        state === 'later' && 'border border-control',
      )}
    >
      {state === 'done' ? <Check size={13} strokeWidth={2.4} aria-label="done" /> : figure}
    </span>
    <span className="max-md:hidden">{name}</span>
  </li>
)
