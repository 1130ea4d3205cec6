import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Empty } from '../parts/empty.tsx'
import { linksQuery, meQuery, sitesQuery } from '../queries.ts'
import { Blocks, Unread } from './list.tsx'
import { SettingsPage } from './settings-page.tsx'
import { SettingsPath } from './settings-path.tsx'
import { SiteForm } from './site-form.tsx'

export function SitePage() {
  const { siteId } = useParams({ from: '/frame/settings/sites/$siteId' })
  const sites = useQuery(sitesQuery)
  const links = useQuery(linksQuery)
  const { data: me } = useSuspenseQuery(meQuery)
  const site = sites.data?.find((one) => one.id === siteId)
  if (site) {
    const own = (links.data ?? []).filter((link) => link.siteId === site.id)
    return <SiteForm key={site.id} site={site} links={own} me={me} />
  }
  return (
    <SettingsPage
      title={<SettingsPath to="/settings/sites" list="Sites" name="…" />}
      end={<span />}
    >
      {sites.error ? (
        <Unread problem={sites.error} again={() => void sites.refetch()} />
      ) : sites.isPending ? (
        <Blocks />
      ) : (
        <Empty fact="There is no such site" next="It may have been deleted." />
      )}
    </SettingsPage>
  )
}
