import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router'
import { meQuery, setupQuery } from '../queries.ts'
import { AccountStep } from './account-step.tsx'
import { SetupFrame } from './setup-frame.tsx'
import type { Step } from './steps.ts'
import { TeamStep } from './team-step.tsx'
import { WebsiteStep } from './website-step.tsx'

/** First run in four steps (UI §5.1). Also reachable later by an administrator. */
export function SetupScreen() {
  const setup = useQuery(setupQuery)
  const known = useQueryClient().getQueryData(meQuery.queryKey) !== undefined
  const signedIn = known || setup.data?.signedIn === true
  const me = useQuery({ ...meQuery, retry: false, enabled: signedIn })
  const { step: asked } = useSearch({ from: '/setup' })
  const navigate = useNavigate()
  const go = (step: Step) => void navigate({ to: '/setup', search: { step }, replace: true })

  if (setup.isPending || me.isLoading) return <div className="h-dvh bg-canvas" />
  if (!me.data) {
    if (setup.data && !setup.data.needed) return <Navigate to="/sign-in" />
    return (
      <SetupFrame step="account" done={[]}>
        <AccountStep onDone={() => go('team')} />
      </SetupFrame>
    )
  }
  if (!me.data.agent.roles.includes('administrator')) return <Navigate to="/" />

  const step = asked === undefined || asked === 'account' ? 'team' : asked
  const foot = (
    <>Signed in as {me.data.agent.email}. Everything here can be changed later in Settings.</>
  )
  return step === 'team' ? (
    <SetupFrame step="team" done={['account']} foot={foot}>
      <TeamStep onDone={() => go('website')} />
    </SetupFrame>
  ) : (
    <WebsiteStep me={me.data} foot={foot} onBack={() => go('team')} />
  )
}
