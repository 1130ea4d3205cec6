import type { LinkStyle, LinkView, SiteView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiProblem, api, sentenceOf } from '../api.ts'
import { Unsaved, useSaveKey } from '../frame/unsaved.tsx'
import { Button } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Pill } from '../parts/pill.tsx'
import { toast } from '../parts/toast-queue.ts'
import { linksQuery, queryClient, sitesQuery } from '../queries.ts'
import { nameProblem } from './agent-rules.ts'
import { isColour } from './colour-contrast.ts'
import { DeleteButton } from './delete-button.tsx'
import { LinkForm } from './link-form.tsx'
import { LinkPreview } from './link-preview.tsx'
import { Blocks, Unread } from './list.tsx'
import { SettingsPage } from './settings-page.tsx'

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
    <SettingsPage title={<Path name="…" />} end={<span />}>
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

const Path = ({ name }: { name: string }) => (
  <>
    <Link to="/settings/links" className="font-normal text-text-3 hover:text-text">
      Live chat links
    </Link>
    <span className="px-1.5 font-normal text-text-3" aria-hidden>
      /
    </span>
    {name}
  </>
)

export type LinkDraft = { name: string; style: LinkStyle }

function Editor({ link, site }: { link: LinkView; site: SiteView | undefined }) {
  const stored: LinkDraft = { name: link.name, style: link.style }
  const [draft, setDraft] = useState(stored)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const navigate = useNavigate()
  const changes = changesIn(stored, draft)
  const wrong =
    nameProblem(draft.name) ??
    (isColour(draft.style.accent) ? undefined : 'The colour needs six figures.')

  async function publish() {
    if (busy || changes === 0 || wrong) return
    setBusy(true)
    setProblem(undefined)
    try {
      await api('PATCH', `/links/${link.id}`, { name: draft.name.trim(), style: draft.style })
      await queryClient.invalidateQueries({ queryKey: linksQuery.queryKey })
      toast.show({ text: `Published ${draft.name.trim()}` })
    } catch (thrown) {
      setProblem(thrown instanceof ApiProblem ? thrown.message : sentenceOf(thrown))
    }
    setBusy(false)
  }
  useSaveKey(() => void publish())

  async function makeMain() {
    try {
      await api('PATCH', `/sites/${link.siteId}`, { mainLinkId: link.id })
      await queryClient.invalidateQueries({ queryKey: linksQuery.queryKey })
      void queryClient.invalidateQueries({ queryKey: sitesQuery.queryKey })
      toast.show({ text: `${link.name} is the main link of ${site?.name ?? 'its site'}` })
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
    }
  }

  return (
    <SettingsPage
      wide
      title={<Path name={link.name} />}
      beside={
        link.main ? (
          <Pill hue="green" icon="disc">
            In use on {site?.name ?? 'its site'}
          </Pill>
        ) : (
          <Pill>Not on any page yet</Pill>
        )
      }
      end={
        <div className="flex flex-none items-center gap-2">
          {changes > 0 && (
            <>
              <span className="text-small text-text-2 max-xl:hidden">
                {changes === 1 ? '1 change' : `${changes} changes`} not published
              </span>
              <Button variant="ghost" onClick={() => setDraft(stored)}>
                Discard
              </Button>
            </>
          )}
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
      <main className="flex min-h-0 min-w-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
        <div className="w-[396px] flex-none overflow-y-auto border-e border-line px-5 py-5 max-xl:w-[340px] max-md:w-full max-md:overflow-visible max-md:border-e-0">
          {problem && (
            <p role="alert" className="mb-4 text-red-text">
              {problem}
            </p>
          )}
          <LinkForm draft={draft} onChange={setDraft} />
          <section className="mt-8 flex flex-col gap-3 border-t border-line pt-5">
            <h2 className="font-semibold">On the page</h2>
            {link.main ? (
              <p className="text-text-2">
                The snippet draws it on every page of {site?.name ?? 'its site'}.
              </p>
            ) : (
              <>
                <p className="text-text-2">
                  Make it the site’s main link, or put it on an element of your own:
                </p>
                <code className="rounded-input bg-sunken px-3 py-2 font-mono text-small break-all select-text">
                  {inlineCode(link.id)}
                </code>
                <div className="flex gap-2">
                  <Button onClick={() => void makeMain()}>Make it the main link</Button>
                  <CopyButton text={inlineCode(link.id)} label="Copy the code" />
                </div>
              </>
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
                  await queryClient.invalidateQueries({ queryKey: linksQuery.queryKey })
                  void queryClient.invalidateQueries({ queryKey: sitesQuery.queryKey })
                  await navigate({ to: '/settings/links' })
                }}
              />
            </div>
          </section>
        </div>
        <LinkPreview style={draft.style} site={site} />
      </main>
    </SettingsPage>
  )
}

const inlineCode = (id: string) => `<button data-beckon-link="${id}">Chat with us</button>`

function changesIn(stored: LinkDraft, draft: LinkDraft): number {
  const keys = Object.keys(draft.style) as (keyof LinkStyle)[]
  const styles = keys.filter((key) => draft.style[key] !== stored.style[key]).length
  return styles + (draft.name === stored.name ? 0 : 1)
}
