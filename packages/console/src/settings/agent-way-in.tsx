import type { AgentAccess, AgentView, LinkMade } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { useProof } from '../own-sign-in/use-proof.tsx'
import { Button } from '../parts/button.tsx'
import { toast } from '../parts/toast-queue.ts'
import { queryClient, setupQuery } from '../queries.ts'
import { serverClock } from '../server-clock.ts'
import { whenWords } from '../whos-on/details/times.ts'
import { agentAccessQuery } from './agent-access-query.ts'
import { DeleteButton } from './delete-button.tsx'
import type { HandedLink } from './handed-link-dialog.tsx'

type AgentWayInProps = {
  agent: AgentView
  access: AgentAccess
  onLink: (link: HandedLink) => void
}

/** What an administrator can do for somebody who has not come yet, or cannot get in. */
export function AgentWayIn({ agent, access, onLink }: AgentWayInProps) {
  const { data: setup } = useQuery(setupQuery)
  const { proving, dialog } = useProof()
  const [busy, setBusy] = useState<string>()
  const mail = setup?.resetByMail ?? false
  const kind = access.password ? 'reset' : 'welcome'

  async function run(key: string, act: () => Promise<void>) {
    setBusy(key)
    try {
      await act()
      await queryClient.invalidateQueries({ queryKey: agentAccessQuery.queryKey })
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
    }
    setBusy(undefined)
  }
  const make = (by: 'mail' | 'link') =>
    run(by, async () => {
      const made = await proving(() => api<LinkMade>('POST', `/agents/${agent.id}/${kind}`, { by }))
      if (made.url) onLink({ name: agent.name, url: made.url, until: made.until })
      else toast.show({ text: `Mailed to ${agent.email}` })
    })
  const withdraw = () =>
    run('withdraw', async () => {
      await api('DELETE', `/agents/${agent.id}/welcome`)
      toast.show({ text: `Withdrew the invitation of ${agent.name}` })
    })

  return (
    <section aria-label="How they get in" className="flex flex-col gap-2">
      <p className="font-medium">How they get in</p>
      <p className="text-small text-text-2">{waysWords(access)}</p>
      <div className="flex flex-wrap gap-2">
        {mail && (
          <Button busy={busy === 'mail' && 'Mailing…'} onClick={() => void make('mail')}>
            {kind === 'reset' ? 'Mail a link for a new password' : 'Mail an invitation'}
          </Button>
        )}
        <Button busy={busy === 'link' && 'Making…'} onClick={() => void make('link')}>
          {kind === 'reset' ? 'Make a link for a new password' : 'Make a link to pass on'}
        </Button>
        {access.welcomeUntil !== null && (
          <Button
            variant="danger"
            busy={busy === 'withdraw' && 'Withdrawing…'}
            onClick={() => void withdraw()}
          >
            Withdraw the invitation
          </Button>
        )}
        {access.codes && (
          <DeleteButton
            label="Switch codes off"
            title={`Switch the codes of ${agent.name} off?`}
            goes="For when phone and recovery codes are lost. Make sure that it is them who ask. They are signed out, and the password alone lets them in."
            verb={['Switch off', 'Switching off…']}
            onDelete={async () => {
              await proving(() => api('DELETE', `/agents/${agent.id}/codes`))
              await queryClient.invalidateQueries({ queryKey: agentAccessQuery.queryKey })
              toast.show({ text: `Switched the codes of ${agent.name} off` })
            }}
          />
        )}
      </div>
      {dialog}
    </section>
  )
}

function waysWords({ password, codes, passkeys, welcomeUntil }: AgentAccess): string {
  if (!password) {
    return welcomeUntil === null
      ? 'They have no password yet, and no invitation is open.'
      : `Invited; the link is good until ${whenWords(welcomeUntil, serverClock.now())}.`
  }
  const ways = [
    codes ? 'Password and codes from an app' : 'Password',
    passkeys > 0 && (passkeys === 1 ? '1 passkey' : `${passkeys} passkeys`),
  ]
  return `${ways.filter(Boolean).join(' · ')}.`
}
