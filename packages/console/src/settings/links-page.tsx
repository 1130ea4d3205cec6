import type { LinkView, SiteView } from '@beckon/protocol'
import { DEFAULT_STYLE } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { MessageCircle, Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Select } from '../parts/select.tsx'
import { linksQuery, queryClient, sitesQuery } from '../queries.ts'
import { nameProblem } from './agent-rules.ts'
import { FieldProblems, FormDialog } from './form-dialog.tsx'
import { LinkUse } from './link-use.tsx'
import { List } from './list.tsx'
import { SettingsPage } from './settings-page.tsx'

export function LinksPage() {
  const links = useQuery(linksQuery)
  const { data: sites = [] } = useQuery(sitesQuery)
  const [adding, setAdding] = useState(false)
  return (
    <SettingsPage
      title="Live chat links"
      end={
        <Button
          variant="primary"
          icon={<Plus size={15} aria-hidden />}
          disabled={sites.length === 0}
          onClick={() => setAdding(true)}
        >
          Add a link
        </Button>
      }
    >
      <p className="mb-4 text-text-2">
        A live chat link is how visitors open a chat, and how invitations look on its site.
      </p>
      <List
        query={links}
        keyOf={(link) => link.id}
        empty={
          <Empty
            drawing={<MessageCircle size={56} strokeWidth={1} />}
            fact="There is no live chat link yet"
            next="Invitations use the default style until there is one."
          />
        }
      >
        {(link) => <Row link={link} site={sites.find((one) => one.id === link.siteId)} />}
      </List>
      {adding && <AddLink sites={sites} onClose={() => setAdding(false)} />}
    </SettingsPage>
  )
}

const KINDS = { button: 'Button', tab: 'Tab', text: 'Text', image: 'Image' }

const Row = ({ link, site }: { link: LinkView; site: SiteView | undefined }) => (
  <Link
    to="/settings/links/$linkId"
    params={{ linkId: link.id }}
    className="ring-inside flex min-h-[52px] items-center gap-3 rounded-item px-2 hover:bg-hover"
  >
    <span
      aria-hidden
      className="size-[22px] flex-none rounded-full shadow-[inset_0_0_0_1px_var(--line)]"
      style={{ background: link.style.accent }}
    />
    <span className="min-w-0 flex-1">
      <span className="block truncate font-medium">{link.name}</span>
      <span className="block truncate text-small text-text-3">
        {site?.name} · {KINDS[link.type]}
        {link.main && ', main link'}
      </span>
    </span>
    <LinkUse link={link} site={site} />
  </Link>
)

function AddLink({ sites, onClose }: { sites: readonly SiteView[]; onClose: () => void }) {
  const [name, setName] = useState('')
  const [siteId, setSiteId] = useState<string>(sites[0]?.id ?? '')
  const [problem, setProblem] = useState<string>()
  const navigate = useNavigate()

  async function save() {
    const found = nameProblem(name)
    setProblem(found)
    if (found) throw new FieldProblems()
    const link = await api<LinkView>('POST', '/links', {
      siteId,
      name: name.trim(),
      type: 'button',
      style: DEFAULT_STYLE,
    })
    await queryClient.invalidateQueries({ queryKey: linksQuery.queryKey })
    void queryClient.invalidateQueries({ queryKey: sitesQuery.queryKey })
    await navigate({ to: '/settings/links/$linkId', params: { linkId: link.id } })
  }

  return (
    <FormDialog
      title="Add a live chat link"
      description="The first link of a site is drawn on its pages by the snippet, as a button at the corner."
      save="Add the link"
      saving="Adding…"
      changed={name !== ''}
      onSave={save}
      onClose={onClose}
      atField={(thrown) => thrown instanceof FieldProblems}
    >
      <Field label="Name" hint="For you; visitors do not see it." error={problem}>
        <Input
          autoFocus
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <Field label="Site">
        <Select
          value={siteId}
          onChoose={setSiteId}
          choices={sites.map((site) => ({ value: site.id, label: site.name }))}
        />
      </Field>
    </FormDialog>
  )
}
