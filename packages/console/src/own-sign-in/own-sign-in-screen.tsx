import { useQuery } from '@tanstack/react-query'
import { TopBar } from '../frame/top-bar.tsx'
import { Blocks, Unread } from '../settings/list.tsx'
import { CodesSection } from './codes-section.tsx'
import { ownAccessQuery } from './own-access-query.ts'
import { PasskeysSection } from './passkeys-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { SignInsSection } from './sign-ins-section.tsx'

/** Your own ways in, and where you are signed in. */
export function OwnSignInScreen() {
  const access = useQuery(ownAccessQuery)
  return (
    <>
      <TopBar title="Your sign-in" />
      <main className="min-h-0 flex-1 overflow-y-auto px-8 py-6 max-md:px-4">
        <div className="flex max-w-[640px] flex-col gap-9 pb-6">
          {access.data ? (
            <>
              <PasswordSection />
              <PasskeysSection passkeys={access.data.passkeys} />
              <CodesSection codes={access.data.codes} />
              <SignInsSection signIns={access.data.signIns} />
            </>
          ) : access.error ? (
            <Unread problem={access.error} again={() => void access.refetch()} />
          ) : (
            <Blocks />
          )}
        </div>
      </main>
    </>
  )
}
