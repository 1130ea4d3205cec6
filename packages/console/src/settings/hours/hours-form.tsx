import type { DepartmentView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api, sentenceOf } from '../../api.ts'
import { Unsaved, useSaveKey } from '../../frame/unsaved.tsx'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Field } from '../../parts/field.tsx'
import { Pill } from '../../parts/pill.tsx'
import { Select } from '../../parts/select.tsx'
import { Switch } from '../../parts/switch.tsx'
import { toast } from '../../parts/toast-queue.ts'
import { departmentsQuery, queryClient } from '../../queries.ts'
import { Blocks, Unread } from '../list.tsx'
import { SaveButtons } from '../save-buttons.tsx'
import { SettingsPage } from '../settings-page.tsx'
import { SettingsPath } from '../settings-path.tsx'
import { HolidayFields } from './holiday-fields.tsx'
import { DAYS, type HoursDraft, hoursDraft, hoursIn } from './hours-draft.ts'
import { hoursWords } from './hours-words.ts'
import { TimesFields } from './times-fields.tsx'

export function DepartmentHoursPage() {
  const { departmentId } = useParams({ from: '/frame/settings/hours/$departmentId' })
  const departments = useQuery(departmentsQuery)
  const department = departments.data?.find(({ id }) => id === departmentId)
  if (department) return <HoursForm key={department.id} department={department} />
  return (
    <SettingsPage
      title={<SettingsPath to="/settings/hours" list="Business hours" name="…" />}
      end={<span />}
    >
      {departments.error ? (
        <Unread problem={departments.error} again={() => void departments.refetch()} />
      ) : departments.isPending ? (
        <Blocks />
      ) : (
        <Empty fact="There is no such department" next="It may have been deleted." />
      )}
    </SettingsPage>
  )
}

const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

function HoursForm({ department }: { department: DepartmentView }) {
  const stored = hoursDraft(department, ownZone())
  const [draft, setDraft] = useState(stored)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const set = (part: Partial<HoursDraft>) => setDraft((before) => ({ ...before, ...part }))
  const changed = JSON.stringify(draft) !== JSON.stringify(stored)

  async function save() {
    if (busy || !changed) return
    const taken = hoursIn(draft)
    setProblem('problem' in taken ? taken.problem : undefined)
    if ('problem' in taken) return
    setBusy(true)
    try {
      const body = { hours: taken.hours, closedOutside: draft.kept && draft.closedOutside }
      const next = await api<DepartmentView>('PATCH', `/departments/${department.id}`, body)
      await queryClient.invalidateQueries({ queryKey: departmentsQuery.queryKey })
      setDraft(hoursDraft(next, ownZone()))
      toast.show({ text: `Saved the hours of ${next.name}` })
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
    }
    setBusy(false)
  }
  useSaveKey(() => void save())

  return (
    <SettingsPage
      title={<SettingsPath to="/settings/hours" list="Business hours" name={department.name} />}
      beside={
        <Pill hue={department.open ? 'green' : 'gray'} icon="disc">
          {hoursWords(department)}
        </Pill>
      }
      end={
        <SaveButtons
          changed={changed}
          busy={busy}
          onDiscard={() => {
            setDraft(stored)
            setProblem(undefined)
          }}
          onSave={() => void save()}
        />
      }
    >
      <Unsaved changed={changed} />
      <div className="flex flex-col gap-8">
        {problem && (
          <p role="alert" className="text-red-text">
            {problem}
          </p>
        )}
        <section className="flex flex-col gap-4">
          <Switch
            label="Keep business hours"
            hint="Off as shipped: open at any time."
            checked={draft.kept}
            onChange={(kept) => set({ kept })}
          />
          {draft.kept && (
            <>
              <Switch
                label="No new chats outside these hours"
                hint="Off as shipped. On: links show their offline face and say when you open again. Invitations go out all the same, and chats under way go on."
                checked={draft.closedOutside}
                onChange={(closedOutside) => set({ closedOutside })}
              />
              <Field label="Time zone">
                <Select
                  value={draft.timeZone}
                  onChoose={(timeZone) => set({ timeZone })}
                  choices={zonesWith(draft.timeZone)}
                />
              </Field>
            </>
          )}
        </section>
        {draft.kept && (
          <>
            <Section name="Week">
              <div className="flex flex-col gap-2">
                {DAYS.map((day, at) => (
                  <div key={day} className="flex items-start gap-4 max-md:flex-col max-md:gap-0">
                    <span className="flex h-[34px] w-[92px] flex-none items-center">{day}</span>
                    <TimesFields
                      day={day}
                      open={draft.week[at] ?? []}
                      onChange={(open) =>
                        set({ week: draft.week.map((one, index) => (index === at ? open : one)) })
                      }
                    />
                  </div>
                ))}
              </div>
              <Button
                className="self-start"
                onClick={() =>
                  set({
                    week: draft.week.map((one, at) => (at < 5 ? (draft.week[0] ?? one) : one)),
                  })
                }
              >
                Monday to Friday as on Monday
              </Button>
            </Section>
            <Section name="Holidays">
              <p className="text-text-2">
                On these days other hours are kept. A day without times is closed.
              </p>
              <HolidayFields holidays={draft.holidays} onChange={(holidays) => set({ holidays })} />
            </Section>
          </>
        )}
      </div>
    </SettingsPage>
  )
}

const Section = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <section className="flex flex-col gap-4">
    <h2 className="border-b border-line pb-1.5 text-read font-semibold">{name}</h2>
    {children}
  </section>
)

/** By continent; the one in use is always there, also under an older name. */
function zonesWith(used: string) {
  const names = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), used])]
  const areas = new Map<string, { value: string; label: string }[]>()
  for (const name of names) {
    const [area = '', ...rest] = name.split('/')
    const place = rest.join(' / ').replaceAll('_', ' ')
    const key = place ? area : 'World'
    areas.set(key, [...(areas.get(key) ?? []), { value: name, label: place || name }])
  }
  return [...areas].map(([group, choices]) => ({ group, choices }))
}
