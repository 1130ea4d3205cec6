/** What the signs mean; screen readers hear it with each mark. */
export const MapLegend = () => (
  <ul
    aria-hidden
    className="pointer-events-none absolute start-4 bottom-4 flex items-center gap-4 rounded-button bg-popover px-3 py-1.5 text-small text-text-2 shadow-menu max-md:hidden"
  >
    <li className="flex items-center gap-1.5">
      <i className="size-2.5 rounded-full bg-green" /> Active
    </li>
    <li className="flex items-center gap-1.5">
      <i className="size-2.5 rounded-full bg-amber" /> Pending
    </li>
    <li className="flex items-center gap-1.5">
      <Ringed className="fill-violet stroke-violet" />
      Invited
    </li>
    <li className="flex items-center gap-1.5">
      <Ringed className="fill-green stroke-green" />
      In chat
    </li>
    <li className="flex items-center gap-1.5">
      <i className="h-2 w-10 rounded-full bg-linear-to-r from-transparent to-accent" /> Density
    </li>
  </ul>
)

const Ringed = ({ className }: { className: string }) => (
  <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden className={className}>
    <circle cx="7" cy="7" r="6" fill="none" strokeWidth="1.6" />
    <circle cx="7" cy="7" r="2.6" stroke="none" />
  </svg>
)
