import type { BrandId, SavedMessageView, SiteId } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Checkbox } from '../parts/checkbox.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Select } from '../parts/select.tsx'
import { Textarea } from '../parts/textarea.tsx'
import { meQuery, sitesQuery } from '../queries.ts'
import { DeleteButton } from '../settings/delete-button.tsx'
import { FieldProblems, FormDialog } from '../settings/form-dialog.tsx'
import { languageChoices } from '../settings/languages.ts'
import { deleteMessage, saveMessage } from './saved-messages.ts'

type SavedMessageFormProps = {
  message: SavedMessageView | undefined
  /** What a new one begins with. */
  text: string
  onClose: () => void
}

/** One saved message: its words, whom it is suggested for, and who has it (W13). */
export function SavedMessageForm({ message, text, onClose }: SavedMessageFormProps) {
  const { data: me } = useQuery(meQuery)
  const { data: sites = [] } = useQuery(sitesQuery)
  const before = {
    name: message?.name ?? '',
    text: message?.text ?? text,
    siteId: message?.siteId ?? null,
    language: message?.language ?? null,
    shared: message?.shared ?? false,
    brandId: message?.brandId ?? undefined,
    standard: message?.standard ?? false,
  }
  const [now, setNow] = useState(before)
  const [tried, setTried] = useState(false)
  const manager = me?.agent.roles.includes('manager') ?? false
  const brands = me?.brands ?? []
  // The brand it is shared with decides which sites it can be for; it keeps the one it has.
  const brandId = now.shared ? (now.brandId ?? brands[0]?.id) : undefined
  const offered = sites.filter((site) => brandId === undefined || site.brandId === brandId)
  const fields = {
    name: now.name.trim() === '' ? 'Give it a name you will find it by.' : undefined,
    text: now.text.trim() === '' ? 'There is nothing to save.' : undefined,
  }
  const set = (part: Partial<typeof now>) => setNow({ ...now, ...part })

  async function save() {
    setTried(true)
    if (fields.name || fields.text) throw new FieldProblems()
    const { brandId: _, ...input } = now
    const siteId = offered.some(({ id }) => id === now.siteId) ? now.siteId : null
    await saveMessage({ ...input, siteId, ...(brandId && { brandId }) }, message?.id)
  }

  return (
    <FormDialog
      title={message ? message.name : text ? 'Save this text' : 'New saved message'}
      save="Save"
      saving="Saving…"
      changed={(!message && text !== '') || JSON.stringify(now) !== JSON.stringify(before)}
      onSave={save}
      onClose={onClose}
      atField={(thrown) => thrown instanceof FieldProblems}
      last={
        message && (
          <DeleteButton
            label="Delete"
            title={`Delete the saved message ${message.name}?`}
            goes={
              message.shared ? 'It goes for everybody of the team.' : 'It cannot be brought back.'
            }
            onDelete={async () => {
              await deleteMessage(message.id)
              onClose()
            }}
          />
        )
      }
    >
      <Field label="Name" error={tried ? fields.name : undefined}>
        <Input
          autoFocus
          maxLength={80}
          value={now.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </Field>
      <Field
        label="Text"
        error={tried ? fields.text : undefined}
        hint="Variables are filled in for each visitor when it is sent."
      >
        <Textarea
          rows={5}
          maxLength={8_000}
          value={now.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Suggested on">
          <Select
            value={offered.some(({ id }) => id === now.siteId) ? (now.siteId ?? '') : ''}
            choices={[
              { value: '', label: 'Any site' },
              ...offered.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChoose={(id) => set({ siteId: id === '' ? null : (id as SiteId) })}
          />
        </Field>
        <Field label="Suggested for">
          <Select
            value={now.language ?? ''}
            choices={[
              { value: '', label: 'Any language' },
              ...languageChoices(now.language ?? 'en'),
            ]}
            onChoose={(tag) => set({ language: tag === '' ? null : tag })}
          />
        </Field>
      </div>
      <Tick
        label="Begin every invitation with it"
        checked={now.standard}
        onChange={(standard) => set({ standard })}
      />
      {manager && (
        <Tick
          label="Share it with the team"
          checked={now.shared}
          onChange={(shared) => set({ shared })}
        />
      )}
      {now.shared && !message?.shared && brands.length > 1 && (
        <Field label="Brand" hint="Everybody who works for it has the message.">
          <Select
            value={brandId ?? ''}
            choices={brands.map(({ id, name }) => ({ value: id, label: name }))}
            onChoose={(id) => set({ brandId: id as BrandId })}
          />
        </Field>
      )}
    </FormDialog>
  )
}

type TickProps = { label: string; checked: boolean; onChange: (on: boolean) => void }

const Tick = ({ label, checked, onChange }: TickProps) => (
  <span className="flex items-center gap-2">
    <Checkbox checked={checked} onChange={onChange} aria-label={label} />
    <span aria-hidden>{label}</span>
  </span>
)
