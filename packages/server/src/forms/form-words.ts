import type { DepartmentForm, FormField, FormWords } from '@beckon/protocol'

/* A department's own words in the visitor's language. */

/** What it has no words for in the language, it says as it does to everybody else. */
export function formIn(
  { fields, texts, survey, languages }: DepartmentForm,
  language = 'en',
): Omit<DepartmentForm, 'languages'> & { name: string } {
  const words: FormWords = languages[language] ?? {}
  const { greeting, waiting, ended, offline } = texts
  return {
    name: words.name ?? '',
    fields: fields.map((field) => fieldIn(field, words)),
    texts: {
      greeting: words.greeting ?? greeting,
      waiting: words.waiting ?? waiting,
      ended: words.ended ?? ended,
      offline: words.offline ?? offline,
    },
    survey: { ...survey, question: words.question ?? survey.question },
  }
}

function fieldIn(field: FormField, { labels = {}, options = {} }: FormWords): FormField {
  const said = own(options, field.id)
  return { ...field, label: own(labels, field.id) ?? field.label, ...(said && { options: said }) }
}

/** Ids of fields may be names that every object knows. */
const own = <T>(all: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(all, id) ? all[id] : undefined

/** The choice as agents read it, whatever language it was made in. */
export function asChosen(
  { id, options = [] }: FormField,
  value: string,
  languages: DepartmentForm['languages'],
): string {
  if (options.includes(value)) return value
  for (const words of Object.values(languages)) {
    const place = own(words.options ?? {}, id)?.indexOf(value) ?? -1
    if (place >= 0) return options[place] ?? value
  }
  return value
}

/** To be stored: without what says nothing, and without words of fields that are gone. */
export function wordsOfFields({ fields, languages }: DepartmentForm): DepartmentForm['languages'] {
  const ids = new Set(fields.map(({ id }) => id))
  const choices = new Set(fields.filter(({ kind }) => kind === 'select').map(({ id }) => id))
  const kept = Object.entries(languages).map(([code, { labels = {}, options = {}, ...texts }]) => {
    const words: FormWords = {
      ...only(texts, () => true),
      ...part(
        'labels',
        only(labels, (id) => ids.has(id)),
      ),
      ...part(
        'options',
        only(options, (id) => choices.has(id)),
      ),
    }
    return [code, words] as const
  })
  return Object.fromEntries(kept.filter(([, words]) => Object.keys(words).length > 0))
}

const only = <T extends string | readonly string[]>(
  all: Readonly<Record<string, T>>,
  fits: (name: string) => boolean,
): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([name, said]) => fits(name) && said.length > 0))

const part = <T extends object>(name: string, said: T) =>
  Object.keys(said).length > 0 ? { [name]: said } : {}
