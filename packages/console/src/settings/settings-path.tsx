import { Link } from '@tanstack/react-router'

/** Where a page stands: the list it is reached from, then what it is about. */
export const SettingsPath = (props: {
  to: '/settings/forms' | '/settings/hours' | '/settings/links' | '/settings/sites'
  list: string
  name: string
}) => (
  <>
    <Link to={props.to} className="font-normal text-text-3 hover:text-text">
      {props.list}
    </Link>
    <span className="px-1.5 font-normal text-text-3" aria-hidden>
      /
    </span>
    {props.name}
  </>
)
