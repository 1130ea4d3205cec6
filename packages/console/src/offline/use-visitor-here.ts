import type { VisitorId, VisitorState } from '@beckon/protocol'
import { useTopic } from '../live/use-topic.ts'

/** The visit that goes on now of whoever wrote. */
export function useVisitorHere(
  visitorId: VisitorId | undefined,
): NonNullable<VisitorState['here']> | undefined {
  const { state } = useTopic<'visitor'>(visitorId ? { topic: 'visitor', visitorId } : null)
  return state?.here ?? undefined
}
