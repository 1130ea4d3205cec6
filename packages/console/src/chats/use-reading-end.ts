import type { AgentId, ChatDetailState } from '@beckon/protocol'
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'
import { type LeftAt, leftAt, newSince } from './reading-end.ts'

/** Nearer to the end than this, new messages keep the end in view. */
const NEAR_END_PX = 80

type ReadingEnd = {
  /** Out of view, because somebody reads further up. */
  away: boolean
  /** What came meanwhile. */
  fresh: number
  onScroll: () => void
  toEnd: () => void
}

/** Keeps the end of a conversation in view, unless somebody reads further up; then counts what comes. */
export function useReadingEnd(
  list: RefObject<HTMLElement | null>,
  detail: ChatDetailState | undefined,
  /** `besides`: how much stands among the words that the chat itself does not count. */
  { reader, besides }: { reader: AgentId; besides: number },
): ReadingEnd {
  const [left, setLeft] = useState<LeftAt>()
  const away = left !== undefined
  const { chat, work, typing, typed } = detail ?? {}

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when something was said
  useLayoutEffect(() => {
    if (!away) show(list.current)
  }, [away, chat?.lastSeq, work?.notes.length, work?.log.length, besides, typing, typed])

  // The box below it grows with what is written, and the window may become smaller.
  useEffect(() => {
    const area = list.current
    if (!area || away || !chat?.id) return
    const watch = new ResizeObserver(() => show(area))
    watch.observe(area)
    return () => watch.disconnect()
  }, [list, away, chat?.id])

  return {
    away,
    fresh: left && detail ? newSince(left, detail, reader) : 0,
    onScroll() {
      const area = list.current
      if (!area || !detail) return
      const far = area.scrollHeight - area.scrollTop - area.clientHeight > NEAR_END_PX
      setLeft((was) => (far ? (was ?? leftAt(detail)) : undefined))
    },
    toEnd() {
      setLeft(undefined)
    },
  }
}

function show(area: HTMLElement | null): void {
  if (area) area.scrollTop = area.scrollHeight
}
