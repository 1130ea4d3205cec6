import type { ReactNode } from 'react'

type EmptyProps = {
  /** At most 76 px. */
  drawing?: ReactNode
  fact: string
  next?: ReactNode
  actions?: ReactNode
  /** Where it is the whole page it is its heading too. */
  page?: boolean
}

/** One sentence of fact, one of what happens next, one or two buttons. */
export function Empty({ drawing, fact, next, actions, page }: EmptyProps) {
  const Fact = page ? 'h1' : 'p'
  return (
    <div className="flex h-full min-h-56 w-full flex-col items-center justify-center gap-1 px-6 py-10 text-center">
      {drawing && (
        <div className="mb-3 text-text-3" aria-hidden>
          {drawing}
        </div>
      )}
      <Fact className="text-read font-semibold">{fact}</Fact>
      {next && <p className="max-w-80 text-text-2">{next}</p>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
