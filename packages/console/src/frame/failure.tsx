import { sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'

/** A screen that could not be shown: what did not happen, what is safe, the next step. */
export function Failure({ error, reset }: { error: unknown; reset?: () => void }) {
  return (
    <div className="h-full min-h-72 flex-1">
      <Empty
        fact="This page could not be shown"
        next={`${sentenceOf(error)} Everything stored is safe.`}
        actions={
          <Button onClick={() => (reset ? reset() : window.location.reload())}>Try again</Button>
        }
      />
    </div>
  )
}
