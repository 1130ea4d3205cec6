/** The product's mark. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 28 28"
      aria-hidden
      className="flex-none text-on-accent"
    >
      <rect width="28" height="28" rx="7" className="fill-accent" />
      <g fill="none" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round">
        <path d="M8.9 6.2v12.6" />
        <circle cx="15" cy="16.2" r="6.1" />
      </g>
      <circle cx="15" cy="16.2" r="2.1" fill="currentColor" />
    </svg>
  )
}
