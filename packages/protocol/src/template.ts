/**
 * The invitation template renderer (DESIGN §5, Grammar), used alike by the dialog's preview and by
 * the server at sending, so that delivered = previewed byte for byte (S29).
 *
 * What the grammar leaves open is settled here. A fallback is any text without `#` or a line break;
 * it is inserted as it stands, and an empty one is no value. `##name#` is the way to write `#name#`.
 * Where variables without value stand in a row, with nothing but spaces between them, they leave one
 * hole. The spaces touching a hole shrink to one, or to none beside a line's start or end, before
 * punctuation, after an opening bracket and beside a space that a value brought along.
 */

/** Value of each known variable by lower-case name; null = known, but without a value. */
export type Values = Readonly<Record<string, string | null>>

/** A known variable as it stands in a template: `template.slice(start, end)` is its whole form. */
export type UsedVariable = { name: string; start: number; end: number }

/** `reveals`: words with it tell the visitor what was watched, so the editor says so (UI, copy). */
export type BuiltInVariable = { readonly name: string; readonly reveals: boolean }

/** S31a, in the order the dialog lists them. */
export const BUILT_IN_VARIABLES: readonly BuiltInVariable[] = [
  { name: 'displayname', reveals: false },
  { name: 'username', reveals: false },
  { name: 'email', reveals: false },
  { name: 'ip', reveals: true },
  { name: 'hostname', reveals: true },
  { name: 'hostdomain', reveals: false },
  { name: 'country', reveals: false },
  { name: 'region', reveals: false },
  { name: 'city', reveals: false },
  { name: 'language', reveals: false },
  { name: 'browser', reveals: false },
  { name: 'os', reveals: false },
  { name: 'device', reveals: false },
  { name: 'site', reveals: false },
  { name: 'brand', reveals: false },
  { name: 'pagetitle', reveals: false },
  { name: 'pageurl', reveals: true },
  { name: 'referrer', reveals: true },
  { name: 'searchphrase', reveals: true },
  { name: 'landingpage', reveals: false },
  { name: 'hits', reveals: true },
  { name: 'duration', reveals: true },
  { name: 'idle', reveals: false },
  { name: 'startedat', reveals: false },
  { name: 'previousvisits', reveals: false },
  { name: 'agentname', reveals: false },
  { name: 'group', reveals: false },
  { name: 'department', reveals: false },
]

/** What the visitor reads: one pass over the template, in time linear in its length. */
export function renderTemplate(template: string, values: Values): string {
  const writer = createWriter()
  for (const part of partsOf(template, values)) {
    if ('text' in part) writer.text(part.text)
    else if (part.value) writer.value(part.value)
    else writer.hole()
  }
  return writer.end()
}

/** The known variables of a template in order, for tinting them where they are typed. */
export function usedVariables(template: string, values: Values): UsedVariable[] {
  const used: UsedVariable[] = []
  for (const part of partsOf(template, values)) {
    if ('name' in part) used.push({ name: part.name, start: part.start, end: part.end })
  }
  return used
}

type Part = { text: string } | (UsedVariable & { value: string | null })

function partsOf(template: string, values: Values): Part[] {
  const parts: Part[] = []
  let from = 0
  let at = template.indexOf('#')
  while (at >= 0) {
    const variable = variableAt(template, at, values)
    if (variable) {
      if (at > from) parts.push({ text: template.slice(from, at) })
      parts.push(variable)
      from = variable.end
    } else if (template[at + 1] === '#') {
      // The whole run at once: n signs give ⌊n/2⌋, and an odd last one may still begin a variable.
      let end = at + 2
      while (template[end] === '#' && template[end + 1] === '#') end += 2
      parts.push({ text: template.slice(from, at + (end - at) / 2) })
      from = end
    }
    at = template.indexOf('#', Math.max(from, at + 1))
  }
  if (from < template.length) parts.push({ text: template.slice(from) })
  return parts
}

const LONGEST_NAME = 40

function variableAt(
  template: string,
  start: number,
  values: Values,
): (UsedVariable & { value: string | null }) | undefined {
  let at = start + 1
  while (at - start <= LONGEST_NAME && isNameCode(template.charCodeAt(at), at === start + 1)) at++
  if (at === start + 1) return undefined
  const sign = template[at]
  if (sign !== '#' && sign !== '|') return undefined

  // ASCII only, so lower-casing cannot turn another script's letter into one of ours.
  const name = template.slice(start + 1, at).toLowerCase()
  if (!Object.hasOwn(values, name)) return undefined
  const value = values[name]
  if (sign === '#') return { name, start, end: at + 1, value: value ?? null }

  const end = fallbackEnd(template, at + 1)
  if (end < 0) return undefined
  return { name, start, end: end + 1, value: value || template.slice(at + 1, end) }
}

function isNameCode(code: number, first: boolean): boolean {
  const letter = code | 32
  if (letter >= 97 && letter <= 122 && code >= 65) return true
  return !first && (code === 95 || (code >= 48 && code <= 57))
}

/** Where the closing sign stands, or −1. Stops at the next `#` anyway, so no character is read twice. */
function fallbackEnd(template: string, from: number): number {
  for (let at = from; at < template.length; at++) {
    const sign = template[at]
    if (sign === '#') return at
    if (sign === '\n' || sign === '\r') return -1
  }
  return -1
}

const SPACES = ' \t\u00a0\u202f'
const LINE_BREAKS = '\n\r\u2028\u2029'
/** Marks that always close what stands before them; quotes do not, they also open. */
const PUNCTUATION = ',.;:!?…)]}،؛؟、。，！？；：）」』】'
const OPENING = '([{（「『【'

/** Joins parts; keeps back the template's last spaces until it is known what follows them. */
function createWriter() {
  let written = ''
  // Kept apart: reading the end of a long concatenation would copy all of it every time.
  let last = ''
  let gap = ''
  let hole = false

  const write = (text: string) => {
    if (gap) {
      const between = hole ? tidied(gap, last, text[0] ?? '') : gap
      written += between + text
    } else {
      written += text
    }
    last = text.at(-1) ?? last
    gap = ''
    hole = false
  }

  return {
    text(text: string): void {
      let start = 0
      while (start < text.length && SPACES.includes(text.charAt(start))) start++
      if (start > 0) gap += text.slice(0, start)
      if (start === text.length) return
      let end = text.length
      while (SPACES.includes(text.charAt(end - 1))) end--
      write(text.slice(start, end))
      gap = text.slice(end)
    },
    value(text: string): void {
      write(text)
    },
    hole(): void {
      hole = true
    },
    end(): string {
      if (gap && !hole) written += gap
      return written
    },
  }
}

function tidied(gap: string, before: string, after: string): string {
  const nothing =
    !before ||
    (LINE_BREAKS + SPACES + OPENING).includes(before) ||
    (LINE_BREAKS + SPACES + PUNCTUATION).includes(after)
  return nothing ? '' : gap.charAt(0)
}
