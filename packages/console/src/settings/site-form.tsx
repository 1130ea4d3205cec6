import type { LinkView, Me, SiteView } from '@beckon/protocol'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiProblem, api, sentenceOf } from '../api.ts'
import { Unsaved, useSaveKey } from '../frame/unsaved.tsx'
import { Pill } from '../parts/pill.tsx'
import { toast } from '../parts/toast-queue.ts'
import { queryClient, sitesQuery } from '../queries.ts'
import { linesOf, originProblem, originsIn } from './origin-lines.ts'
import { SaveButtons } from './save-buttons.tsx'
import { SettingsPage } from './settings-page.tsx'
import { SettingsPath } from './settings-path.tsx'
import { SiteBasics } from './site-basics.tsx'
import { differs, draftOf, patchOf, queryKeysProblem, type SiteDraft } from './site-draft.ts'
import { SiteIdentity } from './site-identity.tsx'
import { SiteOff } from './site-off.tsx'
import { SitePrivacy } from './site-privacy.tsx'
import { SiteSection } from './site-section.tsx'
import { SiteTest } from './site-test.tsx'
import { Snippet } from './snippet.tsx'

type SiteFormProps = { site: SiteView; links: readonly LinkView[]; me: Me }

/** One site: what it is, what it needs, and whether it works. */
export function SiteForm({ site, links, me }: SiteFormProps) {
  const [draft, setDraft] = useState(() => draftOf(site))
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<{ name?: string; origins?: string; page?: string }>({})
  const navigate = useNavigate()
  const set = (part: Partial<SiteDraft>) => setDraft((before) => ({ ...before, ...part }))
  const stored = draftOf(site)
  const section = { site, draft, set }
  const changed = differs(stored, draft)
  const isAdministrator = me.agent.roles.includes('administrator')

  async function save() {
    if (busy || !changed) return
    if (queryKeysProblem(draft)) return
    const found = {
      ...(draft.name.trim() ? {} : { name: 'Type a name.' }),
      ...(originProblem(draft.origins) ? { origins: originProblem(draft.origins) } : {}),
    }
    setProblems(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    try {
      const next = await api<SiteView>('PATCH', `/sites/${site.id}`, patchOf(draft))
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
      title={<SettingsPath to="/settings/sites" list="Sites" name={site.name} />}
      beside={site.off && <Pill hue="amber">Switched off</Pill>}
      end={
        <SaveButtons
          changed={changed}
          busy={busy}
          onDiscard={() => setDraft(stored)}
          onSave={() => void save()}
        />
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
          <SiteSection name="Snippet">
            <Snippet publicUrl={me.publicUrl} siteKey={site.key} />
            <SiteTest site={site} me={me} onAllow={(origin) => void allow(origin)} />
          </SiteSection>
        )}
        <SiteBasics {...section} links={links} problems={problems} />
        <SitePrivacy {...section} />
        {site.kind === 'website' && isAdministrator && <SiteIdentity site={site} />}
        <SiteOff {...section} onDelete={remove} />
      </div>
    </SettingsPage>
  )
}

function refusalAt(thrown: unknown): { name?: string; origins?: string; page?: string } {
  const message = sentenceOf(thrown)
  if (!(thrown instanceof ApiProblem)) return { page: message }
  if (thrown.code === 'name_taken') return { name: message }
  if (thrown.code === 'bad_input' && /origin/i.test(message)) return { origins: message }
  return { page: message }
}
