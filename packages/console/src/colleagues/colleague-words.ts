import type { Colleague } from '@beckon/protocol'
import { shortAge } from '../parts/durations.ts'

/** “Priya has been writing an invitation for 20 s” for the tooltip of a mark. */
export function colleagueStory({ name, doing, since }: Colleague, now: number): string {
  const did = doing === 'writing' ? 'writing an invitation' : 'looking'
  const age = shortAge(now - since)
  return age === 'just now' ? `${name} is ${did}` : `${name} is ${did}, for ${age} now`
}

/** The amber line over the details of a visitor (UI §5.3). */
export function colleaguesHere(colleagues: readonly Colleague[]): string {
  const writers = colleagues.filter(({ doing }) => doing === 'writing')
  const who = writers.length > 0 ? writers : colleagues
  const names = listed(who.map(({ name }) => name))
  const are = who.length === 1 ? 'is' : 'are'
  return writers.length > 0
    ? `${names} ${are} writing an invitation to this visitor.`
    : `${names} ${are} looking at this visitor too.`
}

/** “Priya”, “Priya and Tomasz”, “Priya and 2 others”. */
function listed(names: readonly string[]): string {
  const [first = '', second] = names
  if (names.length <= 1) return first
  return names.length === 2 ? `${first} and ${second}` : `${first} and ${names.length - 1} others`
}

/** The same in the dialog, where it matters who began (UI §5.5). */
export const beganWords = (since: number, now: number): string => {
  const age = shortAge(now - since)
  return `began an invitation to this visitor ${age === 'just now' ? age : `${age} ago`}. Only the first one sent goes out.`
}
