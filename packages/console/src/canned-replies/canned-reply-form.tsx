import { type BrandId, type CannedReplyView, type DepartmentId, LIMITS } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { ApiProblem } from '../api.ts'
import { Checkbox } from '../parts/checkbox.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Select } from '../parts/select.tsx'
import { Textarea } from '../parts/textarea.tsx'
import { departmentsQuery, meQuery } from '../queries.ts'
import { DeleteButton } from '../settings/delete-button.tsx'
import { FieldProblems, FormDialog } from '../settings/form-dialog.tsx'
import { languageChoices } from '../settings/languages.ts'
import { deleteReply, saveReply } from './canned-replies.ts'

type CannedReplyFormProps = {
  reply: CannedReplyView | undefined
  /** Headings that are there already. */
  categories: readonly string[]
  onClose: () => void
}

/** One canned reply: its words, what is typed for it, in which chats it is offered, who has it. */
export function CannedReplyForm({ reply, categories, onClose }: CannedReplyFormProps) {
  const { data: me } = useQuery(meQuery)
  const { data: departments = [] } = useQuery(departmentsQuery)
  const before = {
    name: reply?.name ?? '',
    shortcut: reply?.shortcut ?? '',
    text: reply?.text ?? '',
    category: reply?.category ?? '',
    departmentId: reply?.departmentId ?? null,
    language: reply?.language ?? null,
    shared: reply?.shared ?? false,
    brandId: reply?.brandId ?? undefined,
  }
  const [now, setNow] = useState(before)
  const [tried, setTried] = useState(false)
  const [taken, setTaken] = useState<string>()
  const listId = useId()
  const manager = me?.agent.roles.includes('manager') ?? false
  const brands = me?.brands ?? []
  // The brand it is shared with decides which departments it can be for; it keeps the one it has.
  const brandId = now.shared ? (now.brandId ?? brands[0]?.id) : undefined
  const offered = departments.filter((one) => brandId === undefined || one.brandId === brandId)
  const fields = {
    name: now.name.trim() === '' ? 'Give it a name you will find it by.' : undefined,
    shortcut: shortcutProblem(now.shortcut) ?? (taken === now.shortcut ? TAKEN : undefined),
    text: now.text.trim() === '' ? 'There is nothing to answer yet.' : undefined,
  }
  const set = (part: Partial<typeof now>) => setNow({ ...now, ...part })

  async function save() {
    setTried(true)
    if (fields.name || fields.shortcut || fields.text) throw new FieldProblems()
    const { brandId: _, ...input } = now
    const departmentId = offered.some(({ id }) => id === now.departmentId) ? now.departmentId : null
    try {
      await saveReply({ ...input, departmentId, ...(brandId && { brandId }) }, reply?.id)
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem) || thrown.code !== 'name_taken') throw thrown
      setTaken(now.shortcut)
      throw new FieldProblems()
    }
  }

  return (
    <FormDialog
      title={reply ? reply.name : 'New canned reply'}
      save="Save"
      saving="Saving…"
      changed={JSON.stringify(now) !== JSON.stringify(before)}
      onSave={save}
      onClose={onClose}
      atField={(thrown) => thrown instanceof FieldProblems}
      last={
        reply && (
          <DeleteButton
            label="Delete"
            title={`Delete the canned reply ${reply.name}?`}
            goes={
              reply.shared ? 'It goes for everybody of the team.' : 'It cannot be brought back.'
            }
            onDelete={async () => {
              await deleteReply(reply.id)
              onClose()
            }}
          />
        )
      }
    >
      <div className="grid grid-cols-[1fr_160px] gap-3">
        <Field label="Name" error={tried ? fields.name : undefined}>
          <Input
            autoFocus
            maxLength={LIMITS.savedMessageName}
            value={now.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
        </Field>
        <Field
          label="Shortcut"
          hint={now.shortcut && `Type /${now.shortcut}`}
          error={tried ? fields.shortcut : undefined}
        >
          <Input
            maxLength={LIMITS.shortcutCharacters}
            autoCapitalize="off"
            spellCheck={false}
            value={now.shortcut}
            onChange={(event) =>
              set({ shortcut: event.currentTarget.value.toLowerCase().replace(/^\//, '') })
            }
            className="font-mono"
          />
        </Field>
      </div>
      <Field
        label="Text"
        error={tried ? fields.text : undefined}
        hint="Variables such as #agentname# are filled in for each visitor; #displayname|there# says “there” to one who gave no name."
      >
        <Textarea
          rows={6}
          maxLength={2 * LIMITS.messageCharacters}
          value={now.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
      </Field>
      <Field label="Category" hint="The heading it stands under here. Leave it empty for none.">
        <Input
          maxLength={LIMITS.categoryCharacters}
          list={listId}
          value={now.category}
          onChange={(event) => set({ category: event.currentTarget.value })}
        />
      </Field>
      <datalist id={listId}>
        {categories.map((category) => (
          <option key={category} value={category} />
        ))}
      </datalist>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Offered in chats of">
          <Select
            value={
              offered.some(({ id }) => id === now.departmentId) ? (now.departmentId ?? '') : ''
            }
            choices={[
              { value: '', label: 'All departments' },
              ...offered.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChoose={(id) => set({ departmentId: id === '' ? null : (id as DepartmentId) })}
          />
        </Field>
        <Field label="Offered first for">
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
      {manager && (
        <span className="flex items-center gap-2">
          <Checkbox
            checked={now.shared}
            onChange={(shared) => set({ shared })}
            aria-label="Share it with the team"
          />
          <span aria-hidden>Share it with the team</span>
        </span>
      )}
      {now.shared && !reply?.shared && brands.length > 1 && (
        <Field label="Brand" hint="Everybody who works for it has the reply.">
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

const TAKEN = 'Another reply has this shortcut. Choose another one.'

function shortcutProblem(shortcut: string): string | undefined {
  if (shortcut === '') return 'What will you type after the slash?'
  return /[\s/#]/.test(shortcut) ? 'No spaces, / or # in it.' : undefined
}
