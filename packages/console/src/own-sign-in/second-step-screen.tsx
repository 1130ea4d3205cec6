import { useQuery } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useSignOut } from '../frame/sign-out.tsx'
import { Button } from '../parts/button.tsx'
import { Mark } from '../parts/mark.tsx'
import { meQuery } from '../queries.ts'
import { Blocks, Unread } from '../settings/list.tsx'
import { CodesSection } from './codes-section.tsx'
import { ownAccessQuery } from './own-access-query.ts'
import { PasskeysSection } from './passkeys-section.tsx'

/** For whoever is asked for two steps and has signed in with one: the second is set up before anything else. */
export function SecondStepScreen() {
  const me = useQuery(meQuery)
  const access = useQuery(ownAccessQuery)
  const navigate = useNavigate()
  const { signOut } = useSignOut(0)
  const { refetch } = me
  // What was added may have been the second step; only the server knows.
  useEffect(() => {
    if (access.dataUpdatedAt > 0) void refetch()
  }, [access.dataUpdatedAt, refetch])

  if (me.error) return <Navigate to="/sign-in" />
  const done = me.data !== undefined && !me.data.mustAddStep
  const hasPasskey = !done && (access.data?.passkeys.length ?? 0) > 0
  return (
    <main className="flex h-dvh items-start justify-center overflow-y-auto bg-canvas px-5 pt-[min(12vh,110px)] pb-10">
      <div className="flex w-[460px] flex-col gap-7">
        <div className="flex flex-col items-center gap-3 text-center">
          <Mark size={34} />
          <h1 className="text-[20px] leading-7 font-semibold tracking-[-0.018em]">
            {done ? 'Your second step is set up' : 'Add a second step'}
          </h1>
          <p className="text-text-2">
            {done
              ? 'From now on a password that somebody has found out is not enough to be you.'
              : hasPasskey
                ? 'Your team asks two steps of you at the sign-in. You have a passkey: sign out and use it to sign in, or switch codes on.'
                : 'Your team asks two steps of you at the sign-in: the password, and something only you have. Choose one of these.'}
          </p>
        </div>
        {access.data ? (
          <>
            <CodesSection codes={access.data.codes} />
            <PasskeysSection passkeys={access.data.passkeys} />
          </>
        ) : access.error ? (
          <Unread problem={access.error} again={() => void access.refetch()} />
        ) : (
          <Blocks />
        )}
        <div className="flex justify-between gap-2">
          <Button size={36} onClick={signOut}>
            Sign out
          </Button>
          {done && (
            <Button
              variant="primary"
              size={36}
              onClick={() => void navigate({ to: '/', replace: true })}
            >
              Go on
            </Button>
          )}
        </div>
      </div>
    </main>
  )
}
