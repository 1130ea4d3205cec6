import type { CardPreview } from '@beckon/widget/card'
import { drawCard } from '@beckon/widget/card'
import { useEffect, useRef } from 'react'

type DrawnCardProps = { card: CardPreview; className?: string }

/** The very card visitors get, words and all, where nothing in it does anything. */
export function DrawnCard({ card, className }: DrawnCardProps) {
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<ReturnType<typeof drawCard>>(undefined)
  const latest = useRef(card)
  latest.current = card
  useEffect(() => {
    if (!place.current) return
    const card = drawCard(place.current, latest.current)
    drawn.current = card
    return () => {
      drawn.current = undefined
      card.destroy()
    }
  }, [])
  useEffect(() => drawn.current?.update(card))
  return <div ref={place} aria-hidden className={className} />
}
