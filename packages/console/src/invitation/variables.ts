import { BUILT_IN_VARIABLES, type GroupChoice, type ValuesState } from '@beckon/protocol'

/** One line of the dialog's list (S26). */
export type Variable = {
  name: string
  token: string
  value: string | null
  /** Words with it tell the visitor what was watched. */
  reveals: boolean
}

const BUILT_IN = new Map(BUILT_IN_VARIABLES.map(({ name, reveals }, at) => [name, { reveals, at }]))

/** The values that preview and server render with: the visitor's, and those of the chosen group. */
export function valuesWith(
  state: Pick<ValuesState, 'values'>,
  group: Pick<GroupChoice, 'name' | 'department'> | undefined,
): Record<string, string | null> {
  return { ...state.values, group: group?.name ?? null, department: group?.department ?? null }
}

/** Every variable with this visitor's value: those that have one first, in the product's order. */
export function variablesOf(values: Readonly<Record<string, string | null>>): Variable[] {
  const place = (name: string) => BUILT_IN.get(name)?.at ?? BUILT_IN.size
  return Object.entries(values)
    .map(([name, value]) => ({
      name,
      token: `#${name}#`,
      value: value || null,
      reveals: BUILT_IN.get(name)?.reveals ?? false,
    }))
    .sort(
      (a, b) =>
        Number(a.value === null) - Number(b.value === null) ||
        place(a.name) - place(b.name) ||
        a.name.localeCompare(b.name),
    )
}

/** What typing its name inserts: with a fallback where this visitor has no value. */
export const tokenOf = ({ name, token, value }: Variable): string =>
  value === null ? `#${name}|there#` : token

/** Looks in names and values alike. */
export function findVariables(variables: readonly Variable[], query: string): Variable[] {
  const words = query.trim().toLowerCase().replaceAll('#', '')
  if (words === '') return [...variables]
  return variables.filter(
    ({ name, value }) => name.includes(words) || value?.toLowerCase().includes(words),
  )
}

/** The variable being typed before the caret: from its `#` on, as long as it could become a name. */
export function typedVariable(text: string, caret: number): { from: number; query: string } | null {
  const match = /(^|[^#\p{L}\p{N}])#([a-z][a-z0-9_]{0,39})?$/iu.exec(text.slice(0, caret))
  if (!match) return null
  const query = match[2] ?? ''
  return { from: caret - query.length - 1, query: query.toLowerCase() }
}
