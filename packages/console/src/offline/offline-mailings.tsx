import type { DepartmentView, OfflineMailing } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Select } from '../parts/select.tsx'
import { toast } from '../parts/toast-queue.ts'
import { departmentsQuery, queryClient } from '../queries.ts'

const WHERE = [
  { value: 'agents', label: 'To each agent of its front-line group' },
  { value: 'address', label: 'To an address' },
  { value: 'nobody', label: 'To nobody' },
]

/** Where each department has its offline messages mailed. They are in the list of chats either way. */
export function OfflineMailings() {
  const { data: departments = [] } = useQuery(departmentsQuery)
  if (departments.length === 0) return null
  return (
    <section>
      <h2 className="mb-1 text-read font-semibold">Offline messages</h2>
      <p className="mb-3 text-text-2">
        What visitors leave while nobody can chat is listed under Chats, and mailed:
      </p>
      <ul className="flex flex-col gap-4">
        {departments.map((department) => (
          <li key={department.id}>
            <Mailing department={department} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Mailing({ department: { id, name } }: { department: DepartmentView }) {
  const path = `/departments/${id}/mailing`
  const key = ['department-mailing', id]
  const { data: stored } = useQuery({
    queryKey: key,
    queryFn: () => api<OfflineMailing>('GET', path),
  })
  const [wish, setWish] = useState<OfflineMailing>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  if (!stored) return <div className="h-[60px]" aria-busy />
  const { to, address = '' } = wish ?? stored

  async function save(mailing: OfflineMailing) {
    setBusy(true)
    setProblem(undefined)
    try {
      const { to: where, address: whither } = mailing
      const body = where === 'address' ? { to: where, address: whither?.trim() } : { to: where }
      queryClient.setQueryData(key, await api<OfflineMailing>('PUT', path, body))
      setWish(undefined)
      toast.show({ text: `Saved for ${name}` })
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
    }
    setBusy(false)
  }

  return (
    <div className="flex flex-col gap-2">
      <Field label={name} error={to === 'address' ? undefined : problem}>
        <Select
          value={to}
          choices={WHERE}
          onChoose={(value) => {
            const next = WHERE.find((one) => one.value === value)?.value as OfflineMailing['to']
            // An address has to be written first; the rest is in force at once.
            if (next === 'address') setWish({ to: next, address })
            else void save({ to: next })
          }}
        />
      </Field>
      {to === 'address' && (
        <form
          noValidate
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            void save({ to, address })
          }}
        >
          <div className="min-w-0 flex-1">
            <Field label={`Address of ${name}`} error={problem}>
              <Input
                type="email"
                maxLength={254}
                value={address}
                onChange={(event) => setWish({ to, address: event.currentTarget.value })}
              />
            </Field>
          </div>
          <Button type="submit" busy={busy && 'Saving…'} className="h-[34px]">
            Save
          </Button>
        </form>
      )}
    </div>
  )
}
