import { sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { isMissingPart } from './missing-part.ts'

/** A screen that could not be shown: what did not happen, what is safe, the next step. */
export function Failure({ error, reset }: { error: unknown; reset?: () => void }) {
  // Asked for again, a part that is not there any more would fail for ever.
  const missing = isMissingPart(error)
  const sentence = missing
    ? 'A part of it did not come: Beckon has been updated since, or the network is away.'
    : sentenceOf(error)
  return (
    <div className="h-full min-h-72 flex-1">
      <Empty
        fact="This page could not be shown"
        next={`${sentence} Everything stored is safe.`}
        actions={
          <Button onClick={() => (reset && !missing ? reset() : window.location.reload())}>
            {missing ? 'Reload' : 'Try again'}
          </Button>
        }
      />
    </div>
  )
}
