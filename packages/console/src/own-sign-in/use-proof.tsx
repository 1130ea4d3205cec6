import { type ReactNode, useRef, useState } from 'react'
import { ApiProblem } from '../api.ts'
import { ProofDialog } from './proof-dialog.tsx'

type Asking = { proved: () => void; not: () => void }

/**
 * Does what the server may want a proof for first: then it is asked for, and the deed is done again.
 * `dialog` belongs somewhere on the screen.
 */
export function useProof(): {
  proving: <T>(act: () => Promise<T>) => Promise<T>
  dialog: ReactNode
} {
  const [asking, setAsking] = useState<Asking>()
  const latest = useRef(setAsking)

  async function proving<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act()
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem) || thrown.code !== 'proof_needed') throw thrown
    }
    const proved = await new Promise<boolean>((resolve) =>
      latest.current({ proved: () => resolve(true), not: () => resolve(false) }),
    )
    setAsking(undefined)
    if (!proved) throw new ApiProblem('proof_needed', 'Nothing was changed.', 403)
    return act()
  }

  return {
    proving,
    dialog: asking && <ProofDialog onProved={asking.proved} onClose={asking.not} />,
  }
}
