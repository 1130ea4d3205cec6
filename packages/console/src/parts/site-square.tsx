const COLOURS = [
  'bg-(--site-0)',
  'bg-(--site-1)',
  'bg-(--site-2)',
  'bg-(--site-3)',
  'bg-(--site-4)',
  'bg-(--site-5)',
  'bg-(--site-6)',
  'bg-(--site-7)',
]

/** The site's colour, following it through list, filters and reports. Its name stands beside it. */
export function SiteSquare({ color }: { color: number }) {
  return (
    <span
      aria-hidden
      className={`inline-block size-[9px] flex-none rounded-[2px] ${COLOURS[((color % 8) + 8) % 8]}`}
    />
  )
}
