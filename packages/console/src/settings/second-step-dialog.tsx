import type { Role, SecondStep } from '@beckon/protocol'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'
import { useProof } from '../own-sign-in/use-proof.tsx'
import { Checkbox } from '../parts/checkbox.tsx'
import { toast } from '../parts/toast-queue.ts'
import { queryClient } from '../queries.ts'
import { FormDialog } from './form-dialog.tsx'
import { Blocks, Unread } from './list.tsx'
import { ROLE_NAMES, ROLES } from './roles.ts'

const secondStepQuery = queryOptions({
  queryKey: ['second-step'],
  queryFn: () => api<SecondStep>('GET', '/second-step'),
})

/** Of whom two steps are asked when they sign in. */
export function SecondStepDialog({ onClose }: { onClose: () => void }) {
  const asked = useQuery(secondStepQuery)
  const [chosen, setChosen] = useState<readonly Role[]>()
  const { proving, dialog } = useProof()
  const roles = chosen ?? asked.data?.roles ?? []

  async function save() {
    const now = await proving(() => api<SecondStep>('PUT', '/second-step', { roles }))
    queryClient.setQueryData(secondStepQuery.queryKey, now)
    toast.show(
      now.roles.length > 0
        ? {
            text: `Two steps are asked of ${namesOf(now.roles)}`,
            second: 'Whoever has none sets one up before anything else.',
          }
        : { text: 'Two steps are asked of nobody' },
    )
  }

  return (
    <>
      <FormDialog
        title="Two-step sign-in"
        description="A code from an app, or a passkey, besides the password. Whoever has neither sets one up before they can do anything else; that begins at once, also for those who are signed in."
        save="Save"
        saving="Saving…"
        changed={chosen !== undefined}
        onSave={save}
        onClose={onClose}
      >
        {asked.data ? (
          <fieldset>
            <legend className="mb-1.5 font-medium">Ask it of everybody who is</legend>
            <div className="flex flex-col gap-2">
              {ROLES.map((role) => (
                <label key={role} htmlFor={`step-${role}`} className="flex items-center gap-3">
                  <Checkbox
                    id={`step-${role}`}
                    checked={roles.includes(role)}
                    onChange={(on) =>
                      setChosen(ROLES.filter((one) => (one === role ? on : roles.includes(one))))
                    }
                  />
                  {ROLE_NAMES[role]}
                </label>
              ))}
            </div>
          </fieldset>
        ) : asked.error ? (
          <Unread problem={asked.error} again={() => void asked.refetch()} />
        ) : (
          <Blocks />
        )}
      </FormDialog>
      {dialog}
    </>
  )
}

const namesOf = (roles: readonly Role[]): string =>
  new Intl.ListFormat('en').format(roles.map((role) => `${ROLE_NAMES[role].toLowerCase()}s`))
