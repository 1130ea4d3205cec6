const AROUND = 2 * Math.PI * 5

type RingProps = {
  /** Share that is left, 0 to 1. */
  left: number
  /** Its stroke; `transition-[stroke-dasharray]` where it runs smoothly. */
  className: string
}

/** Countdown ring: the part that is left is dark. */
export const Ring = ({ left, className }: RingProps) => (
  <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden className="flex-none -rotate-90">
    <circle
      cx="7"
      cy="7"
      r="5"
      fill="none"
      strokeWidth="2.4"
      className={className}
      strokeOpacity={0.25}
    />
    <circle
      cx="7"
      cy="7"
      r="5"
      fill="none"
      strokeWidth="2.4"
      className={className}
      strokeDasharray={`${AROUND * left} ${AROUND}`}
    />
  </svg>
)
