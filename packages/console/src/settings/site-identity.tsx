import type {
  IdentityKeyId,
  IdentityKeyView,
  IdentityProblem,
  NewIdentityKey,
  SiteSignals,
  SiteView,
} from '@beckon/protocol'
import { LIMITS } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { BadgeCheck, KeyRound } from 'lucide-react'
import { useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { toast } from '../parts/toast-queue.ts'
import { identityKeysQuery, queryClient, signalsQuery } from '../queries.ts'
import { DeleteButton } from './delete-button.tsx'
import { IdentityExamples } from './identity-examples.tsx'
import { SiteSection } from './site-section.tsx'

/** Who visitors are, signed by the website's own server: its keys, how to sign, and whether it works. */
export function SiteIdentity({ site }: { site: SiteView }) {
  const keys = useQuery(identityKeysQuery(site.id))
  const { data } = useQuery(signalsQuery(site.id))
  const [made, setMade] = useState<NewIdentityKey>()
  const [busy, setBusy] = useState(false)
  const items = keys.data ?? []
  const full = items.length >= LIMITS.identityKeys
  const again = () =>
    queryClient.invalidateQueries({ queryKey: identityKeysQuery(site.id).queryKey })

  async function make() {
    setBusy(true)
    try {
      setMade(await api<NewIdentityKey>('POST', `/sites/${site.id}/identity-keys`))
      await again()
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
    }
    setBusy(false)
  }

  async function revoke(id: IdentityKeyId) {
    await api('DELETE', `/identity-keys/${id}`)
    if (made?.id === id) setMade(undefined)
    await again()
    toast.show({ text: 'Revoked the key' })
  }

  return (
    <SiteSection name="Verified identity">
      <p className="text-small text-text-3">
        A page may say who its visitor is, and agents read it as said. What your own server signs is
        marked as verified. Sign for people who are signed in on your website, and call{' '}
        <code className="font-mono">beckon.identify(null)</code> when they sign out.
      </p>
      {keys.error && (
        <p role="alert" className="text-red-text">
          {sentenceOf(keys.error)}
        </p>
      )}
      {items.length > 0 && (
        <ul className="flex flex-col divide-y divide-line rounded-menu border border-line">
          {items.map((key) => (
            <li key={key.id} className="flex items-center gap-3 px-3 py-2">
              <KeyRound size={16} aria-hidden className="flex-none text-text-3" />
              <span className="min-w-0 flex-1">
                <span className="block">Key made {dayOf(key.createdAt)}</span>
                <span className="block text-small text-text-3">{usedWords(key)}</span>
              </span>
              <DeleteButton
                label="Revoke"
                title={`Revoke the key made ${dayOf(key.createdAt)}?`}
                goes={
                  items.length > 1
                    ? 'Tokens signed with it prove nothing from now on. The other key stays.'
                    : 'Nobody on this site can be verified any more until there is another key.'
                }
                verb={['Revoke', 'Revoking…']}
                onDelete={() => revoke(key.id)}
              />
            </li>
          ))}
        </ul>
      )}
      {made && <Secret secret={made.secret} onDone={() => setMade(undefined)} />}
      <div>
        <Button
          onClick={() => void make()}
          disabled={full || keys.isPending}
          busy={busy && 'Making…'}
        >
          {items.length === 0 ? 'Make a key' : 'Make the next key'}
        </Button>
        <p className="mt-1.5 text-small text-text-3">
          {full
            ? 'Both keys are good. Revoke the old one when your server signs with the new one.'
            : 'Two may be good at once, so that your server can go from one to the next.'}
        </p>
      </div>
      <LastToken identity={data?.signals.identity} />
      <IdentityExamples />
    </SiteSection>
  )
}

function Secret({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <div className="flex flex-col gap-2 rounded-menu border border-line-strong bg-canvas p-3">
      <p className="font-medium">Copy the secret now. It is not shown again.</p>
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 font-mono text-small break-all select-text">{secret}</code>
        <CopyButton text={secret} label="Copy the secret" />
        <Button variant="ghost" onClick={onDone}>
          I have it
        </Button>
      </div>
      <p className="text-small text-text-3">
        Keep it in your server’s settings, as IDENTITY_KEY in the examples. Never put it into a
        page.
      </p>
    </div>
  )
}

const CAUSES: Record<IdentityProblem, string> = {
  no_identity_key: 'there is no key yet',
  token_not_signed: 'it is not signed with a key of this site',
  token_expired: 'it has expired',
  token_malformed: 'it is not a token that may be used now',
  token_without_expiry: 'it does not say until when it may be used',
  token_without_subject: 'it does not say whom it is for',
}

function LastToken({ identity }: Pick<SiteSignals, 'identity'>) {
  const { verifiedAt = null, refused = null } = identity ?? {}
  if (refused && refused.at > (verifiedAt ?? 0)) {
    return (
      <p role="status" className="rounded-item bg-amber-soft px-3 py-2 text-small text-amber-text">
        The last token, {timeOf(refused.at)}, proved nothing: {CAUSES[refused.code]}. The visitor is
        shown as not verified, and the page’s console says so, too.
      </p>
    )
  }
  if (verifiedAt === null) return null
  return (
    <p role="status" className="flex items-center gap-1.5 text-small text-green-text">
      <BadgeCheck size={14} aria-hidden /> It works: somebody was verified {timeOf(verifiedAt)}.
    </p>
  )
}

const dayOf = (at: number): string =>
  new Date(at).toLocaleDateString(undefined, { dateStyle: 'medium' })
const timeOf = (at: number): string =>
  `at ${new Date(at).toLocaleTimeString(undefined, { timeStyle: 'short' })}`

const usedWords = ({ usedAt }: IdentityKeyView): string =>
  usedAt === null
    ? 'Not used since the server started'
    : `Used last ${dayOf(usedAt)}, ${timeOf(usedAt)}`
