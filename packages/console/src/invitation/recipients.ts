import {
  type GroupChoice,
  LIMITS,
  renderTemplate,
  usedVariables,
  type ValuesState,
  type VisitId,
  type VisitorId,
} from '@beckon/protocol'
import type { Audience } from '../saved-messages/suggestions.ts'
import type { Notice } from './invitation-notice.tsx'
import { valuesWith } from './variables.ts'

/** One of those the dialog is for: who, what is known now, and what came of sending. */
export type Recipient = {
  visitId: VisitId
  visitorId: VisitorId
  name: string
  audience: Audience
  values: ValuesState | undefined
  /** Left the list, or not this agent's any more. */
  gone: boolean
}

export type Outcome = { kind: 'sent' } | { kind: 'not_sent'; notice: Notice }

/** What the template comes to for one recipient. */
export type Rendered = {
  known: Record<string, string | null>
  text: string
  /** Variables used without a fallback that this visitor has no value for. */
  empty: string[]
  /** Why nothing can be sent to them now. */
  problem: string | undefined
}

export function rendered(
  template: string,
  { values, gone }: Pick<Recipient, 'values' | 'gone'>,
  group: GroupChoice | undefined,
): Rendered {
  if (!values) {
    const problem = gone ? 'Not there any more.' : 'Still being read.'
    return { known: {}, text: '', empty: [], problem }
  }
  const known = valuesWith(values, group)
  const text = renderTemplate(template, known)
  return {
    known,
    text,
    empty: emptyIn(template, known),
    problem: problemOf({ values, gone, text }),
  }
}

/** Variables of the text that leave nothing with this visitor, each once. */
export function emptyIn(
  template: string,
  known: Readonly<Record<string, string | null>>,
): string[] {
  const names = usedVariables(template, known)
    .filter(({ start, end }) => !template.slice(start, end).includes('|'))
    .map(({ name }) => name)
  return [...new Set(names)].filter((name) => !known[name])
}

type Standing = { values: ValuesState; gone: boolean; text: string }

function problemOf({ values, gone, text }: Standing): string | undefined {
  if (values.chatId) return 'Whoever is in a chat cannot be invited.'
  if (values.open) return `${values.open.agentName} has invited them already.`
  if (gone || values.status === 'removed') return 'The visitor has left. Your text is kept.'
  if (text.trim() === '') return 'Nothing would be left to read.'
  if (text.length > LIMITS.messageCharacters) return 'Too long for an invitation. Shorten it.'
  return undefined
}

/** The groups that can take the chats of all of them, in the order of the first. */
export function sharedGroups(all: readonly (ValuesState | undefined)[]): GroupChoice[] {
  const [first, ...rest] = all.filter((values) => values !== undefined)
  return (first?.groups ?? []).filter(({ id }) =>
    rest.every(({ groups }) => groups.some((group) => group.id === id)),
  )
}

/** “Sent to 2 of 3.” */
export const resultWords = (sent: number, all: number): string =>
  sent === all ? `Sent to all ${all}.` : `Sent to ${sent} of ${all}.`
