import { type Static, Type } from 'typebox'
import { type ChatId, ClientId, type DepartmentId, Id, type Timestamp } from './ids.ts'
import { LANGUAGE_CODES } from './languages.ts'
import { LIMITS } from './limits.ts'

/*
 * What a department's panel asks and says: its fields before a chat, its own words, and the survey
 * after one (C2, C3, C5). What visitors answer is hostile and checked against it.
 */

const strict = { additionalProperties: false } as const
const Words = Type.String({ maxLength: 300 })
const Question = Type.String({ maxLength: 200 })
const Label = Type.String({ maxLength: 80 })
const FieldId = Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' })
const Options = Type.Array(Type.String({ minLength: 1, maxLength: 80 }), {
  maxItems: LIMITS.fieldOptions,
  uniqueItems: true,
})

export const FIELD_KINDS = ['text', 'email', 'select', 'checkbox'] as const
export type FieldKind = (typeof FIELD_KINDS)[number]

export const FormField = Type.Object(
  {
    /** Stays the same when the field is called otherwise. */
    id: FieldId,
    kind: Type.Unsafe<FieldKind>(Type.String({ enum: [...FIELD_KINDS] })),
    /** Empty only for `name` and `email`: then it is called so in the visitor's language. */
    label: Label,
    required: Type.Boolean(),
    /** What a `select` offers. */
    options: Type.Optional(Options),
    /** What the answer is of the visitor besides: `name`, `email`, or an attribute of this name. */
    as: Type.Optional(FieldId),
  },
  strict,
)
export type FormField = Static<typeof FormField>

/** What a department says in one language; what is absent is said as it is to everybody else. */
export const FormWords = Type.Object(
  {
    /** Of the department, where a topic is chosen. */
    name: Type.Optional(Label),
    greeting: Type.Optional(Words),
    waiting: Type.Optional(Words),
    ended: Type.Optional(Words),
    offline: Type.Optional(Words),
    /** Of the survey. */
    question: Type.Optional(Question),
    /** By the ids of fields. */
    labels: Type.Optional(Type.Record(FieldId, Label, strict)),
    /** As many as the field has, in its order: what is chosen is kept as the field has it. */
    options: Type.Optional(Type.Record(FieldId, Options, strict)),
  },
  strict,
)
export type FormWords = Static<typeof FormWords>

export const DepartmentFormInput = Type.Object(
  {
    fields: Type.Array(FormField, { maxItems: LIMITS.formFields }),
    /** Its own words instead of the panel's; empty is the panel's, in the visitor's language. */
    texts: Type.Object(
      {
        /** Above the fields. */
        greeting: Words,
        /** In the queue. */
        waiting: Words,
        /** When a chat is over. */
        ended: Words,
        /** Above the form for a message while nobody is there. */
        offline: Words,
      },
      strict,
    ),
    survey: Type.Object(
      {
        on: Type.Boolean(),
        /** Empty is the panel's, in the visitor's language. */
        question: Question,
        /** A comment may be added. */
        comment: Type.Boolean(),
      },
      strict,
    ),
    /** Its own words by language, for visitors who are spoken to in it; `en` is one of them. */
    languages: Type.Record(
      Type.String({ pattern: `^(${LANGUAGE_CODES.join('|')})$` }),
      FormWords,
      strict,
    ),
  },
  strict,
)
export type DepartmentForm = Static<typeof DepartmentFormInput>
export const DepartmentFormView = Type.Object({
  departmentId: Id<DepartmentId>(),
  ...DepartmentFormInput.properties,
})
export type DepartmentFormView = Static<typeof DepartmentFormView>

/** As shipped. */
export const DEFAULT_FORM: DepartmentForm = {
  fields: [
    { id: 'name', kind: 'text', label: '', required: false, as: 'name' },
    { id: 'email', kind: 'email', label: '', required: false, as: 'email' },
  ],
  texts: { greeting: '', waiting: '', ended: '', offline: '' },
  survey: { on: true, question: '', comment: true },
  languages: {},
}

/** What is wrong with fields beyond their shape, as a sentence; the page and the server ask alike. */
export function fieldsProblem(fields: readonly FormField[]): string | undefined {
  const ids = new Set<string>()
  const meanings = new Set<string>()
  for (const { id, kind, label, options = [], as } of fields) {
    const name = label.trim() || as || id
    if (ids.has(id)) return `Two fields have the id ${id}. Give one of them another.`
    ids.add(id)
    if (label.trim() === '' && as !== 'name' && as !== 'email') return 'Give every field a label.'
    if (kind === 'select' && options.length === 0) return `Give “${name}” something to choose from.`
    if (as === 'email' && kind !== 'email')
      return `“${name}” is kept as the email: make it an email.`
    if (as === 'name' && kind !== 'text') return `“${name}” is kept as the name: make it a text.`
    if (as && meanings.has(as)) return `Two fields are kept as ${as}. Keep one of them so.`
    if (as) meanings.add(as)
  }
  return undefined
}

/** What is wrong with a form's words in other languages, as a sentence. */
export function languagesProblem({
  fields,
  languages,
}: Pick<DepartmentForm, 'fields' | 'languages'>): string | undefined {
  for (const [code, { options = {} }] of Object.entries(languages)) {
    for (const { id, label, options: own = [] } of fields) {
      const said = Object.hasOwn(options, id) ? options[id] : undefined
      if (said && said.length !== own.length) {
        return `“${label}” has ${own.length} to choose from, and ${said.length} in ${code}. Give as many.`
      }
    }
  }
  return undefined
}

/** A department as a visitor may choose it. */
export type OfferedDepartment = {
  id: DepartmentId
  name: string
  /** Somebody there would get a chat now. */
  online: boolean
  opensAt?: Timestamp
  fields: FormField[]
  greeting?: string
  offline?: string
}

/** An answer as it is kept with the chat, under the label that was shown. */
export type FormAnswer = { label: string; value: string }

/** What the visitor said of a chat, 1 (bad) to 5 (great). */
export type SurveyAnswer = { rating: number; comment: string; at: Timestamp }

/** After a chat: asked, and what was answered so far. Absent where there is no survey. */
export type VisitorSurvey = {
  question?: string
  /** A comment may still be added. */
  comment: boolean
  rating?: number
}

/** `linkId` is the look's: a live chat link may offer some departments only. */
export const FormAsk = Type.Object(
  {
    type: Type.Literal('form.ask'),
    linkId: Type.Optional(Type.String({ maxLength: 64 })),
  },
  strict,
)
export const SurveyAnswerFrame = Type.Object(
  {
    type: Type.Literal('survey.answer'),
    id: ClientId,
    chatId: Id<ChatId>(),
    rating: Type.Integer({ minimum: 1, maximum: 5 }),
    comment: Type.Optional(Type.String({ maxLength: LIMITS.surveyCharacters })),
  },
  strict,
)
/** Beside the first question. Answers by the ids of fields. */
export const Answers = Type.Record(
  Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' }),
  Type.String({ maxLength: LIMITS.answerCharacters }),
  { additionalProperties: false, maxProperties: LIMITS.formFields },
)
