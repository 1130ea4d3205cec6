import {
  type DepartmentForm,
  type DepartmentFormView,
  fieldsProblem,
  languagesProblem,
} from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api, sentenceOf } from '../../api.ts'
import { Unsaved, useSaveKey } from '../../frame/unsaved.tsx'
import { Field } from '../../parts/field.tsx'
import { Input } from '../../parts/input.tsx'
import { Switch } from '../../parts/switch.tsx'
import { toast } from '../../parts/toast-queue.ts'
import { departmentFormQuery, departmentsQuery, queryClient } from '../../queries.ts'
import { Blocks, Unread } from '../list.tsx'
import { SaveButtons } from '../save-buttons.tsx'
import { SettingsPage } from '../settings-page.tsx'
import { SettingsPath } from '../settings-path.tsx'
import { SiteSection as Section } from '../site-section.tsx'
import { FieldRows } from './field-rows.tsx'
import { OwnWords } from './own-words.tsx'

export function DepartmentFormPage() {
  const { departmentId } = useParams({ from: '/frame/settings/forms/$departmentId' })
  const form = useQuery(departmentFormQuery(departmentId as DepartmentFormView['departmentId']))
  const departments = useQuery(departmentsQuery)
  const name = departments.data?.find(({ id }) => id === departmentId)?.name ?? '…'
  if (form.data) return <FormForm key={departmentId} stored={form.data} name={name} />
  return (
    <SettingsPage
      title={<SettingsPath to="/settings/forms" list="Forms and survey" name={name} />}
      end={<span />}
    >
      {form.error ? <Unread problem={form.error} again={() => void form.refetch()} /> : <Blocks />}
    </SettingsPage>
  )
}

function FormForm({ stored, name }: { stored: DepartmentFormView; name: string }) {
  const { departmentId, ...before } = stored
  const [draft, setDraft] = useState<DepartmentForm>(before)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const set = (part: Partial<DepartmentForm>) => setDraft((all) => ({ ...all, ...part }))
  const changed = JSON.stringify(draft) !== JSON.stringify(before)

  async function save() {
    if (busy || !changed) return
    const found = fieldsProblem(draft.fields) ?? languagesProblem(draft)
    setProblem(found)
    if (found) return
    setBusy(true)
    try {
      const next = await api<DepartmentFormView>(
        'PATCH',
        `/departments/${departmentId}/form`,
        draft,
      )
      queryClient.setQueryData(departmentFormQuery(departmentId).queryKey, next)
      const { departmentId: _, ...saved } = next
      setDraft(saved)
      toast.show({ text: `Saved the form of ${name}` })
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
    }
    setBusy(false)
  }
  useSaveKey(() => void save())

  return (
    <SettingsPage
      title={<SettingsPath to="/settings/forms" list="Forms and survey" name={name} />}
      end={
        <SaveButtons
          changed={changed}
          busy={busy}
          onDiscard={() => setDraft(before)}
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
        <Section name="Before a chat">
          <p className="text-text-2">
            Visitors see these above their question, in this order. What they answer stands above
            the chat, and is checked here as well.
          </p>
          <FieldRows fields={draft.fields} onChange={(fields) => set({ fields })} />
        </Section>
        <Section name="Own words">
          <OwnWords form={draft} name={name} onChange={set} />
        </Section>
        <Section name="Survey">
          <Switch
            label="Ask how the chat was"
            hint="On as shipped. Five faces with words, once a chat that somebody answered is over."
            checked={draft.survey.on}
            onChange={(on) => set({ survey: { ...draft.survey, on } })}
          />
          {draft.survey.on && (
            <>
              <Field label="Question" hint="Empty: How was it with …? in the visitor’s language.">
                <Input
                  maxLength={200}
                  value={draft.survey.question}
                  onChange={({ currentTarget: { value } }) =>
                    set({ survey: { ...draft.survey, question: value } })
                  }
                />
              </Field>
              <Switch
                label="Let visitors add a comment"
                checked={draft.survey.comment}
                onChange={(comment) => set({ survey: { ...draft.survey, comment } })}
              />
            </>
          )}
        </Section>
      </div>
    </SettingsPage>
  )
}
