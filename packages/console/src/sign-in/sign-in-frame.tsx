import type { ReactNode } from 'react'
import { Mark } from '../parts/mark.tsx'

type SignInFrameProps = { title: string; lead?: ReactNode; children: ReactNode }

/** One narrow column with the mark: each step of getting in. */
export const SignInFrame = ({ title, lead, children }: SignInFrameProps) => (
  <main className="flex h-dvh items-start justify-center overflow-y-auto bg-canvas px-5 pt-[min(18vh,160px)] pb-10">
    <div className="flex w-[300px] flex-col gap-4">
      <div className="flex flex-col items-center gap-3 pb-2 text-center">
        <Mark size={34} />
        <h1 className="text-[20px] leading-7 font-semibold tracking-[-0.018em]">{title}</h1>
        {lead && <p className="text-text-2">{lead}</p>}
      </div>
      {children}
    </div>
  </main>
)
