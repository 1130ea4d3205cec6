import { type DepartmentForm, type FormWords, LANGUAGE_CODES } from '@beckon/protocol'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { Select } from '../../parts/select.tsx'
import { Textarea } from '../../parts/textarea.tsx'
import { languageName } from '../languages.ts'
import { TEXTS } from './texts.ts'
import { WordsInLanguage } from './words-in-language.tsx'

type OwnWordsProps = {
  form: DepartmentForm
  /** Of the department, which its topic is called unless a language says otherwise. */
  name: string
  onChange: (part: Partial<DepartmentForm>) => void
}

/** What the chat window says in the department's words: to everybody, and in single languages. */
export function OwnWords({ form, name, onChange }: OwnWordsProps) {
  const [code, setCode] = useState('')
  const { texts, languages } = form
  const spoken = LANGUAGE_CODES.filter((one) => saysSomething(languages[one]))
  const others = LANGUAGE_CODES.filter((one) => !spoken.includes(one))
  const setWords = (words: FormWords) => onChange({ languages: { ...languages, [code]: words } })

  return (
    <>
      <p className="text-text-2">
        Visitors read their own language where it has words here, else what is said to everybody
        else. Where that is empty too, the chat window’s own words stand, in the visitor’s language.
      </p>
      <div className="flex items-end gap-3 max-md:flex-col max-md:items-stretch">
        <div className="min-w-0 flex-1">
          <Field label="Said to visitors who read">
            <Select
              value={code}
              onChoose={setCode}
              choices={[
                { value: '', label: 'Everybody else' },
                ...group('With words of their own', spoken),
                ...group('Without', others),
              ]}
            />
          </Field>
        </div>
        {spoken.includes(code) && (
          <Button onClick={() => setWords({})}>Take {languageName(code)} out</Button>
        )}
      </div>
      {code ? (
        <WordsInLanguage
          key={code}
          code={code}
          form={form}
          name={name}
          words={languages[code] ?? {}}
          onChange={setWords}
        />
      ) : (
        TEXTS.map(([key, label, hint]) => (
          <Field key={key} label={label} hint={hint}>
            <Textarea
              rows={2}
              dir="auto"
              maxLength={300}
              value={texts[key]}
              onChange={({ currentTarget: { value } }) =>
                onChange({ texts: { ...texts, [key]: value } })
              }
            />
          </Field>
        ))
      )}
    </>
  )
}

const group = (name: string, codes: readonly string[]) =>
  codes.length === 0
    ? []
    : [
        {
          group: name,
          choices: codes
            .map((value) => ({ value, label: languageName(value) }))
            .sort((a, b) => a.label.localeCompare(b.label)),
        },
      ]

const saysSomething = (words: FormWords | undefined): boolean =>
  Object.values(words ?? {}).some((said) =>
    typeof said === 'string' ? said !== '' : Object.values(said).some((one) => one.length > 0),
  )
