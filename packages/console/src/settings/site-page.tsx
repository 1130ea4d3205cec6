import type { LinkView, Me, SiteInput, SiteView } from '@beckon/protocol'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { ApiProblem, api, sentenceOf } from '../api.ts'
import { Unsaved, useSaveKey } from '../frame/unsaved.tsx'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Pill } from '../parts/pill.tsx'
import { Select } from '../parts/select.tsx'
import { Switch } from '../parts/switch.tsx'
import { Textarea } from '../parts/textarea.tsx'
import { toast } from '../parts/toast-queue.ts'
import { linksQuery, meQuery, queryClient, sitesQuery } from '../queries.ts'
import { ColourChoice } from './colour-choice.tsx'
import { DeleteButton } from './delete-button.tsx'
import { languageChoices } from './languages.ts'
import { Blocks, Unread } from './list.tsx'
import { linesOf, originProblem, originsIn } from './origin-lines.ts'
import { SettingsPage } from './settings-page.tsx'
import { SiteTest } from './site-test.tsx'
import { Snippet } from './snippet.tsx'

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
    <SettingsPage title={<Path name="…" />} end={<span />}>
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

const Path = ({ name }: { name: string }) => (
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

type Draft = Required<
  Pick<SiteInput, 'name' | 'privacy' | 'ipMode' | 'language' | 'color' | 'off'>
> & { origins: string; mainLinkId: string }

const draftOf = (site: SiteView): Draft => ({
  name: site.name,
  origins: linesOf(site.origins),
  privacy: site.privacy,
  ipMode: site.ipMode,
  language: site.language,
  color: site.color,
  off: site.off,
  mainLinkId: site.mainLinkId ?? '',
})

type SiteFormProps = { site: SiteView; links: readonly LinkView[]; me: Me }

function SiteForm({ site, links, me }: SiteFormProps) {
  const [draft, setDraft] = useState(() => draftOf(site))
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<{ name?: string; origins?: string; page?: string }>({})
  const navigate = useNavigate()
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const stored = draftOf(site)
  const changed = (Object.keys(stored) as (keyof Draft)[]).some((key) => stored[key] !== draft[key])

  async function save() {
    if (busy || !changed) return
    const found = {
      ...(draft.name.trim() ? {} : { name: 'Type a name.' }),
      ...(originProblem(draft.origins) ? { origins: originProblem(draft.origins) } : {}),
    }
    setProblems(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    try {
      const patch = {
        ...draft,
        name: draft.name.trim(),
        origins: originsIn(draft.origins),
        mainLinkId: draft.mainLinkId || null,
      }
      const next = await api<SiteView>('PATCH', `/sites/${site.id}`, patch)
      await queryClient.invalidateQueries({ queryKey: sitesQuery.queryKey })
      setDraft(draftOf(next))
      toast.show({ text: `Saved ${next.name}` })
    } catch (thrown) {
      setProblems(refusalAt(thrown))
    }
    setBusy(false)
  }
  useSaveKey(() => void save())

  async function allow(origin: string) {
    try {
      const origins = [...site.origins, origin]
      await api('PATCH', `/sites/${site.id}`, { origins })
      await queryClient.invalidateQueries({ queryKey: sitesQuery.queryKey })
      setDraft((before) => ({
        ...before,
        origins: linesOf([...originsIn(before.origins), origin]),
      }))
      toast.show({ text: `Allowed ${origin}` })
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
    }
  }

  async function remove() {
    await api('DELETE', `/sites/${site.id}`)
    await queryClient.invalidateQueries({ queryKey: sitesQuery.queryKey })
    await navigate({ to: '/settings/sites' })
    toast.show({ text: `Deleted ${site.name}` })
  }

  return (
    <SettingsPage
      title={<Path name={site.name} />}
      beside={site.off && <Pill hue="amber">Switched off</Pill>}
      end={
        <div className="flex items-center gap-2">
          {changed && (
            <Button variant="ghost" onClick={() => setDraft(stored)}>
              Discard
            </Button>
          )}
          <Button
            variant="primary"
            kbd="⌘S"
            disabled={!changed}
            busy={busy && 'Saving…'}
            onClick={() => void save()}
          >
            Save
          </Button>
        </div>
      }
    >
      <Unsaved changed={changed} />
      <div className="flex flex-col gap-8">
        {problems.page && (
          <p role="alert" className="text-red-text">
            {problems.page}
          </p>
        )}
        {site.kind === 'website' && (
          <Part name="Snippet">
            <Snippet publicUrl={me.publicUrl} siteKey={site.key} />
            <SiteTest site={site} me={me} onAllow={(origin) => void allow(origin)} />
          </Part>
        )}
        <Part name="Site">
          <Field label="Name" hint="Shown to agents and on invitations." error={problems.name}>
            <Input
              maxLength={80}
              value={draft.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
          </Field>
          <ColourChoice value={draft.color} onChange={(color) => set({ color })} />
          {site.kind === 'website' && (
            <Field
              label="Allowed origins"
              hint="One a line: shop.example, https://shop.example:8443, *.shop.example. Visitors from elsewhere are refused."
              error={problems.origins}
            >
              <Textarea
                rows={Math.min(8, Math.max(3, draft.origins.split('\n').length))}
                spellCheck={false}
                className="font-mono text-small"
                value={draft.origins}
                onChange={(event) => set({ origins: event.currentTarget.value })}
              />
            </Field>
          )}
          <Field
            label="Main live chat link"
            hint="Drawn on every page by the snippet, and the style of invitations there."
          >
            <Select
              value={draft.mainLinkId}
              onChoose={(mainLinkId) => set({ mainLinkId })}
              choices={[
                { value: '', label: 'None: invitations use the default style' },
                ...links.map((link) => ({ value: link.id, label: link.name })),
              ]}
            />
          </Field>
          <Field
            label="Language"
            hint="Of dates and names in invitations to visitors of this site."
          >
            <Select
              value={draft.language}
              onChoose={(language) => set({ language })}
              choices={languageChoices(draft.language)}
            />
          </Field>
        </Part>
        <Part name="Privacy">
          <Field
            label="What is kept in the visitor’s browser"
            hint="A visitor’s Global Privacy Control lowers it to nothing."
          >
            <Select
              value={draft.privacy}
              onChoose={(privacy) => set({ privacy: privacy as Draft['privacy'] })}
              choices={[
                { value: 'returning', label: 'Returning visitors are recognised (default)' },
                { value: 'visit', label: 'Visitors are recognised for one visit' },
                { value: 'presence', label: 'Nothing, until they reply' },
              ]}
            />
          </Field>
          <Field label="Stored IP address">
            <Select
              value={draft.ipMode}
              onChoose={(ipMode) => set({ ipMode: ipMode as Draft['ipMode'] })}
              choices={[
                { value: 'masked', label: 'Masked (default)' },
                { value: 'full', label: 'In full' },
                { value: 'none', label: 'Not at all' },
              ]}
            />
          </Field>
        </Part>
        <Part name="Off">
          <Switch
            label="Switch this site off"
            hint="The snippet stays in its pages and does nothing; open invitations there end."
            checked={draft.off}
            onChange={(off) => set({ off })}
          />
          {site.kind === 'website' && (
            <div>
              <DeleteButton
                label={`Delete the site ${site.name}`}
                title={`Delete the site ${site.name}?`}
                goes="Its key stops working and its live chat links go. A site with visits, invitations or chats cannot be deleted; switch it off instead."
                onDelete={remove}
              />
            </div>
          )}
        </Part>
      </div>
    </SettingsPage>
  )
}

const Part = ({ name, children }: { name: string; children: ReactNode }) => (
  <section className="flex flex-col gap-4">
    <h2 className="border-b border-line pb-1.5 text-read font-semibold">{name}</h2>
    {children}
  </section>
)

function refusalAt(thrown: unknown): { name?: string; origins?: string; page?: string } {
  const message = sentenceOf(thrown)
  if (!(thrown instanceof ApiProblem)) return { page: message }
  if (thrown.code === 'name_taken') return { name: message }
  if (thrown.code === 'bad_input' && /origin/i.test(message)) return { origins: message }
  return { page: message }
}
