import type { SiteView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Globe, Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { shortAge } from '../parts/durations.ts'
import { Empty } from '../parts/empty.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Pill } from '../parts/pill.tsx'
import { SiteSquare } from '../parts/site-square.tsx'
import { queryClient, sitesQuery } from '../queries.ts'
import { useNow } from '../server-clock.ts'
import { BrandChoice, useBrandChoice, useBrandName } from './brand-choice.tsx'
import { FieldProblems, FormDialog } from './form-dialog.tsx'
import { List } from './list.tsx'
import { SettingsPage } from './settings-page.tsx'
import { readSiteAddress } from './site-address.ts'

export function SitesPage() {
  const sites = useQuery({ ...sitesQuery, refetchInterval: 10_000 })
  const [adding, setAdding] = useState(false)
  const add = (
    <Button variant="primary" icon={<Plus size={15} aria-hidden />} onClick={() => setAdding(true)}>
      Add a website
    </Button>
  )
  return (
    <SettingsPage title="Sites" end={add}>
      <List
        query={sites}
        keyOf={(site) => site.id}
        empty={
          <Empty
            drawing={<Globe size={56} strokeWidth={1} />}
            fact="No website sends visitors yet"
            next="Add one, then paste one line into it."
          />
        }
      >
        {(site) => <SiteRow site={site} />}
      </List>
      {adding && <AddSite onClose={() => setAdding(false)} />}
    </SettingsPage>
  )
}

function SiteRow({ site }: { site: SiteView }) {
  const brand = useBrandName()(site.brandId)
  const now = useNow()
  return (
    <Link
      to="/settings/sites/$siteId"
      params={{ siteId: site.id }}
      className="ring-inside flex min-h-[52px] items-center gap-3 rounded-item px-2 py-2 hover:bg-hover"
    >
      <SiteSquare color={site.color} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{site.name}</span>
          {site.kind === 'portal' && <Pill>Portal</Pill>}
          {brand && <Pill>{brand}</Pill>}
          {site.off && <Pill hue="amber">Switched off</Pill>}
        </span>
        <span className="block truncate text-small text-text-3">
          {site.kind === 'portal'
            ? 'A public page that Beckon serves'
            : site.origins.join(', ') || 'No origin is allowed yet'}
        </span>
      </span>
      <span className="flex-none text-small text-text-3 tabular-nums">
        {site.lastHitAt === null ? 'No hit yet' : `Last hit ${agoWords(now - site.lastHitAt)}`}
      </span>
    </Link>
  )
}

function agoWords(ms: number): string {
  const age = shortAge(Math.max(0, ms))
  return age === 'just now' ? age : `${age} ago`
}

function AddSite({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [address, setAddress] = useState('')
  const [problem, setProblem] = useState<string>()
  const [chosen, choose] = useState('')
  const brand = useBrandChoice(chosen)
  const navigate = useNavigate()

  async function save() {
    const read = readSiteAddress(address)
    if (!read) {
      setProblem('Type an address such as shop.example or http://localhost:3000.')
      throw new FieldProblems()
    }
    const site = await api<SiteView>('POST', '/sites', {
      name: name.trim() || read.host.slice(0, 80),
      origins: read.origins,
      ...brand,
    })
    await queryClient.invalidateQueries({ queryKey: sitesQuery.queryKey })
    await navigate({ to: '/settings/sites/$siteId', params: { siteId: site.id } })
  }

  return (
    <FormDialog
      title="Add a website"
      description="It gets a key of its own; you paste one line into its pages."
      save="Add the website"
      saving="Adding…"
      changed={name !== '' || address !== ''}
      onSave={save}
      onClose={onClose}
      atField={(thrown) => thrown instanceof FieldProblems}
    >
      <Field label="Address" hint="Subdomains are included." error={problem}>
        <Input
          autoFocus
          inputMode="url"
          spellCheck={false}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
      </Field>
      <Field label="Name" hint="Shown to agents and on invitations. Empty: the address.">
        <Input
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <BrandChoice value={brand.brandId ?? ''} onChoose={choose} />
    </FormDialog>
  )
}
