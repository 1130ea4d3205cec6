import type { DepartmentForm, FormField, FormWords } from '@beckon/protocol'
import { Field } from '../../parts/field.tsx'
import { Input } from '../../parts/input.tsx'
import { Textarea } from '../../parts/textarea.tsx'
import { languageName } from '../languages.ts'
import { optionsIn } from './field-rows.tsx'
import { TEXTS } from './texts.ts'

type WordsInLanguageProps = {
  code: string
  form: DepartmentForm
  name: string
  words: FormWords
  onChange: (words: FormWords) => void
}

/** All that a visitor reads of the department, in one language; what is said without it stands in the boxes. */
export function WordsInLanguage({ code, form, name, words, onChange }: WordsInLanguageProps) {
  const { texts, fields, survey } = form
  const set = (part: Partial<FormWords>) => onChange({ ...words, ...part })
  const { labels = {}, options = {} } = words
  const named = fields.filter(({ label }) => label.trim() !== '')
  const spoken = { dir: 'auto', lang: code } as const
  return (
    <>
      {TEXTS.map(([key, label, hint]) => (
        <Field key={key} label={label} hint={hint}>
          <Textarea
            {...spoken}
            rows={2}
            maxLength={300}
            placeholder={texts[key]}
            value={words[key] ?? ''}
            onChange={({ currentTarget: { value } }) => set({ [key]: value })}
          />
        </Field>
      ))}
      <Field label="Topic" hint="What the department is called where visitors choose one.">
        <Input
          {...spoken}
          maxLength={80}
          placeholder={name}
          value={words.name ?? ''}
          onChange={({ currentTarget: { value } }) => set({ name: value })}
        />
      </Field>
      {survey.on && (
        <Field label="Question of the survey">
          <Input
            {...spoken}
            maxLength={200}
            placeholder={survey.question}
            value={words.question ?? ''}
            onChange={({ currentTarget: { value } }) => set({ question: value })}
          />
        </Field>
      )}
      {named.map((field) => (
        <Field key={field.id} label={`Field “${field.label}”`}>
          <Input
            {...spoken}
            maxLength={80}
            placeholder={field.label}
            value={labels[field.id] ?? ''}
            onChange={({ currentTarget: { value } }) =>
              set({ labels: { ...labels, [field.id]: value } })
            }
          />
        </Field>
      ))}
      {named.filter(isChoice).map(({ id, label, options: own = [] }) => (
        <Field
          key={id}
          label={`To choose from in “${label}”`}
          hint={`One a line, ${own.length} in all and in the same order. Agents read the answer as it is there.`}
        >
          <Textarea
            {...spoken}
            rows={Math.max(3, own.length)}
            placeholder={own.join('\n')}
            value={(options[id] ?? []).join('\n')}
            onChange={({ currentTarget: { value } }) =>
              set({ options: { ...options, [id]: value === '' ? [] : value.split('\n') } })
            }
            onBlur={() => set({ options: { ...options, [id]: optionsIn(options[id]) } })}
          />
        </Field>
      ))}
      <p className="text-small text-text-3">
        Empty: what stands in the box. Where nothing stands there, the chat window’s own words in{' '}
        {languageName(code)}.
      </p>
    </>
  )
}

const isChoice = ({ kind }: FormField): boolean => kind === 'select'
