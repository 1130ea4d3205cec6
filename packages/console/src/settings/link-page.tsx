import type { LinkStyle, LinkView, SiteView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Code } from 'lucide-react'
import { useEffect, useState } from 'react'
import { ApiProblem, api, sentenceOf } from '../api.ts'
import { Unsaved, useSaveKey } from '../frame/unsaved.tsx'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { toast } from '../parts/toast-queue.ts'
import { departmentsQuery, linksQuery, queryClient, sitesQuery } from '../queries.ts'
import { DeleteButton } from './delete-button.tsx'
import { LinkCode } from './link-code.tsx'
import { changesIn, draftOf, keepDraft, keptDraft, type LinkTab, problemOf } from './link-draft.ts'
import { LinkLook } from './link-look.tsx'
import { LinkCss, LinkDepartments, LinkOffline, LinkWords } from './link-parts.tsx'
import { LinkPreview } from './link-preview.tsx'
import { LinkTabs } from './link-tabs.tsx'
import { LinkUse } from './link-use.tsx'
import { Blocks, Unread } from './list.tsx'
import { SettingsPage } from './settings-page.tsx'
import { SettingsPath } from './settings-path.tsx'

/** Live chat link editor: every edit shows at once, nothing is live until Publish (UI §5.7). */
export function LinkPage() {
  const { linkId } = useParams({ from: '/frame/settings/links/$linkId' })
  const links = useQuery(linksQuery)
  const { data: sites = [] } = useQuery(sitesQuery)
  const link = links.data?.find((one) => one.id === linkId)
  if (link) {
    const site = sites.find((one) => one.id === link.siteId)
    return <Editor key={link.id} link={link} site={site} />
  }
  return (
    <SettingsPage
      title={<SettingsPath to="/settings/links" list="Live chat links" name="…" />}
      end={<span />}
    >
      {links.error ? (
        <Unread problem={links.error} again={() => void links.refetch()} />
      ) : links.isPending ? (
        <Blocks />
      ) : (
        <Empty fact="There is no such live chat link" next="It may have been deleted." />
      )}
    </SettingsPage>
  )
}

function Editor({ link, site }: { link: LinkView; site: SiteView | undefined }) {
  const { data: departments = [] } = useQuery(departmentsQuery)
  const stored = draftOf(link)
  const [draft, setDraft] = useState(() => keptDraft(link.id, stored))
  const [tab, setTab] = useState<LinkTab>('look')
  const [asksForCode, askForCode] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const changes = changesIn(stored, draft)
  const wrong = problemOf(draft)

  useEffect(() => keepDraft(link.id, changes > 0 ? draft : undefined), [link.id, changes, draft])

  const parts = {
    draft,
    set: (part: Partial<typeof draft>) => setDraft({ ...draft, ...part }),
    setStyle: (part: Partial<LinkStyle>) =>
      setDraft({ ...draft, style: { ...draft.style, ...part } }),
  }

  async function publish() {
    if (busy || changes === 0) return
    if (wrong) return setTab(wrong.at)
    setBusy(true)
    setProblem(undefined)
    try {
      await api('PATCH', `/links/${link.id}`, { ...draft, name: draft.name.trim() })
      await queryClient.invalidateQueries({ queryKey: linksQuery.queryKey })
      void queryClient.invalidateQueries({ queryKey: sitesQuery.queryKey })
      setDraft({ ...draft, name: draft.name.trim() })
      toast.show({ text: `Published ${draft.name.trim()}` })
    } catch (thrown) {
      setProblem(thrown instanceof ApiProblem ? thrown.message : sentenceOf(thrown))
    }
    setBusy(false)
  }
  useSaveKey(() => void publish())

  return (
    <SettingsPage
      wide
      title={<SettingsPath to="/settings/links" list="Live chat links" name={link.name} />}
      beside={<LinkUse link={link} site={site} />}
      end={
        <div className="flex flex-none items-center gap-2">
          {changes > 0 && (
            <>
              <span className="text-small text-text-2 max-xl:hidden" title={wrong?.words}>
                {wrong?.words ??
                  `${changes === 1 ? '1 change' : `${changes} changes`} not published`}
              </span>
              <Button variant="ghost" onClick={() => setDraft(stored)}>
                Discard
              </Button>
            </>
          )}
          <Button icon={<Code size={15} aria-hidden />} onClick={() => askForCode(true)}>
            Get the code
          </Button>
          <Button
            variant="primary"
            kbd="⌘S"
            disabled={changes === 0 || wrong !== undefined}
            busy={busy && 'Publishing…'}
            onClick={() => void publish()}
          >
            Publish
          </Button>
        </div>
      }
    >
      <Unsaved changed={changes > 0} />
      {asksForCode && <LinkCode link={link} site={site} onClose={() => askForCode(false)} />}
      <main className="flex min-h-0 min-w-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
        <div className="flex w-[412px] flex-none flex-col border-e border-line max-xl:w-[360px] max-md:w-full max-md:border-e-0">
          {problem && (
            <p role="alert" className="px-5 pt-4 text-red-text">
              {problem}
            </p>
          )}
          <LinkTabs
            tab={tab}
            onTab={setTab}
            wrong={wrong?.at}
            parts={[
              {
                tab: 'look',
                name: 'Look',
                content: (
                  <>
                    <LinkLook {...parts} siteId={link.siteId} />
                    <OnThePage link={link} site={site} />
                  </>
                ),
              },
              { tab: 'words', name: 'Words', content: <LinkWords {...parts} /> },
              {
                tab: 'departments',
                name: 'Departments',
                content: (
                  <LinkDepartments
                    {...parts}
                    departments={departments.filter(({ brandId }) => brandId === site?.brandId)}
                  />
                ),
              },
              { tab: 'offline', name: 'Offline', content: <LinkOffline {...parts} /> },
              { tab: 'css', name: 'Custom CSS', content: <LinkCss {...parts} /> },
            ]}
          />
        </div>
        <LinkPreview draft={draft} site={site} />
      </main>
    </SettingsPage>
  )
}

/** Whether the snippet draws it, and deleting, last. */
function OnThePage({ link, site }: { link: LinkView; site: SiteView | undefined }) {
  const navigate = useNavigate()
  const siteName = site?.name ?? 'its site'

  async function makeMain() {
    try {
      await api('PATCH', `/sites/${link.siteId}`, { mainLinkId: link.id })
      await queryClient.invalidateQueries({ queryKey: linksQuery.queryKey })
      void queryClient.invalidateQueries({ queryKey: sitesQuery.queryKey })
      toast.show({ text: `${link.name} is the main link of ${siteName}` })
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
    }
  }

  return (
    <section className="mt-3 flex flex-col gap-3 border-t border-line pt-5">
      <h2 className="font-semibold">On the page</h2>
      {link.main ? (
        <p className="text-text-2">
          The main link: the snippet draws it on every page of {siteName}. A text or an image would
          leave there and go where your pages put it.
        </p>
      ) : link.type === 'button' || link.type === 'tab' ? (
        <div className="flex flex-wrap items-center gap-3">
          <p className="min-w-0 flex-1 text-text-2">
            Only where an element of your pages asks for it.
          </p>
          <Button onClick={() => void makeMain()}>Make it the main link</Button>
        </div>
      ) : (
        <p className="text-text-2">Where an element of your pages asks for it.</p>
      )}
      <div>
        <DeleteButton
          label="Delete this link"
          title={`Delete the live chat link ${link.name}?`}
          goes={
            link.main
              ? 'Its button leaves every page at once. Invitations there use the default style.'
              : 'Elements that open it stop doing so.'
          }
          onDelete={async () => {
            await api('DELETE', `/links/${link.id}`)
            keepDraft(link.id, undefined)
            await queryClient.invalidateQueries({ queryKey: linksQuery.queryKey })
            void queryClient.invalidateQueries({ queryKey: sitesQuery.queryKey })
            await navigate({ to: '/settings/links' })
          }}
        />
      </div>
    </section>
  )
}
