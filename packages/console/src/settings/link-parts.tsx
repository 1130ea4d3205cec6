import type { DepartmentView } from '@beckon/protocol'
import { CSS_CHARACTERS, LANGUAGE_CODES } from '@beckon/protocol'
import { refusedInCss } from '@beckon/protocol/link-css'
import { Checkbox } from '../parts/checkbox.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { RadioGroup } from '../parts/radio-group.tsx'
import { Select } from '../parts/select.tsx'
import { Textarea } from '../parts/textarea.tsx'
import { languageName } from './languages.ts'
import { cssRefusal } from './link-draft.ts'
import type { LinkPartProps } from './link-look.tsx'

/* The smaller parts of the editor, one tab each. */

export function LinkWords({ draft, set, setStyle }: LinkPartProps) {
  const { style } = draft
  const isText = draft.type === 'text'
  return (
    <>
      <Field
        label={isText ? 'Text, while somebody answers' : 'Button, while somebody answers'}
        hint={isText ? undefined : 'Its tooltip, and what screen readers say.'}
      >
        <Input
          maxLength={120}
          value={style.onlineText}
          onChange={(event) => setStyle({ onlineText: event.currentTarget.value })}
        />
      </Field>
      <Field label={isText ? 'Text, while nobody answers' : 'Button, while nobody answers'}>
        <Input
          maxLength={120}
          value={style.offlineText}
          onChange={(event) => setStyle({ offlineText: event.currentTarget.value })}
        />
      </Field>
      <Field label="Language" hint="What the chat says to visitors besides your own words.">
        <Select
          value={style.language ?? ''}
          onChoose={(language) => setStyle({ language: language || undefined })}
          choices={[
            { value: '', label: 'As the site says' },
            ...LANGUAGE_CODES.map((value) => ({ value, label: languageName(value) })),
          ]}
        />
      </Field>
      <Field
        label="Name of the link"
        hint="For you; visitors do not see it."
        error={draft.name.trim() ? undefined : 'Type a name.'}
      >
        <Input
          maxLength={80}
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </Field>
    </>
  )
}

/** Which departments a chat from here may go to. */
export function LinkDepartments({
  draft,
  set,
  departments,
}: LinkPartProps & { departments: readonly DepartmentView[] }) {
  const chosen = draft.departmentIds
  return (
    <>
      <RadioGroup
        label="Departments"
        value={chosen ? 'some' : 'all'}
        onChange={(which) =>
          set({ departmentIds: which === 'all' ? null : departments.map(({ id }) => id) })
        }
        options={[
          { value: 'all', label: 'All of them', hint: 'Also those that come later.' },
          { value: 'some', label: 'Only these' },
        ]}
      />
      {chosen && (
        <ul className="flex flex-col divide-y divide-line border-y border-line">
          {departments.map(({ id, name, liveChat }) => (
            <li key={id} className="flex min-h-10 items-center gap-2.5 px-2">
              <Checkbox
                aria-label={name}
                checked={chosen.includes(id)}
                onChange={(on) =>
                  set({
                    departmentIds: on ? [...chosen, id] : chosen.filter((one) => one !== id),
                  })
                }
              />
              <span className="flex-1">{name}</span>
              {!liveChat && <span className="text-small text-text-3">Live chat is off</span>}
            </li>
          ))}
        </ul>
      )}
      {chosen?.length === 0 && (
        <p role="alert" className="text-small text-red-text">
          Choose a department, or all of them.
        </p>
      )}
    </>
  )
}

/** What it does while nobody receives chats for its departments. */
export function LinkOffline({ draft: { offline }, set }: LinkPartProps) {
  const url = offline.do === 'url' ? offline.url : ''
  return (
    <>
      <RadioGroup
        label="While nobody answers"
        value={offline.do}
        onChange={(next) =>
          set({ offline: next === 'url' ? { do: 'url', url: 'https://' } : { do: next } })
        }
        options={[
          {
            value: 'message',
            label: 'Leave a message',
            hint: 'It is stored and mailed to the department.',
          },
          { value: 'url', label: 'Go to a page', hint: 'Such as your contact form.' },
          { value: 'hide', label: 'Hide it', hint: 'Nothing is there until somebody answers.' },
        ]}
      />
      {offline.do === 'url' && (
        <Field
          label="Address of the page"
          error={
            /^https?:\/\/[^\s/]+/.test(url)
              ? undefined
              : 'The address begins with http:// or https://.'
          }
        >
          <Input
            type="url"
            maxLength={2048}
            value={url}
            onChange={(event) => set({ offline: { do: 'url', url: event.currentTarget.value } })}
          />
        </Field>
      )}
    </>
  )
}

export function LinkCss({ draft: { css }, set }: LinkPartProps) {
  const refused = refusedInCss(css)
  return (
    <Field
      label="Custom CSS"
      hint="Inside the widget only; nothing of the page is touched. Classes: launcher, badge, card, panel, bar, bubble, button, box."
      error={refused && cssRefusal(refused)}
    >
      <Textarea
        rows={16}
        spellCheck={false}
        maxLength={CSS_CHARACTERS}
        value={css}
        placeholder={'.launcher { border-radius: 12px }'}
        onChange={(event) => set({ css: event.currentTarget.value })}
        className="font-mono"
      />
    </Field>
  )
}
