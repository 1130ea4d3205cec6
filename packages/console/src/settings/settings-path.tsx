import { Link } from '@tanstack/react-router'

/** Where the page stands: Sites, then the site. */
export const SitePath = ({ name }: { name: string }) => (
  <>
    <Link to="/settings/sites" className="font-normal text-text-3 hover:text-text">
      Sites
    </Link>
    <span className="px-1.5 font-normal text-text-3" aria-hidden>
      /
    </span>
    {name}
  </>
)
