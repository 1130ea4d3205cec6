import type { Role } from '@beckon/protocol'

export type Place = {
  to: '/whos-on' | '/chats' | '/reports' | '/settings' | '/help'
  name: string
  icon: 'radar' | 'chats' | 'reports' | 'settings' | 'help'
  /** At the rail's lower end. */
  low?: true
}

/** Where an account with these roles can go: what a role cannot use is not shown (R). */
export function placesFor(roles: readonly Role[]): Place[] {
  const answers = roles.includes('agent') || roles.includes('manager')
  const places: Place[] = []
  if (answers) {
    places.push({ to: '/whos-on', name: "Who's On", icon: 'radar' })
    places.push({ to: '/chats', name: 'Chats', icon: 'chats' })
  }
  places.push({ to: '/reports', name: 'Reports', icon: 'reports' })
  // Agents find their saved messages there, managers their bans too.
  if (settingsHomeFor(roles)) {
    places.push({ to: '/settings', name: 'Settings', icon: 'settings', low: true })
  }
  places.push({ to: '/help', name: 'Help', icon: 'help', low: true })
  return places
}

/** Saved messages and canned replies are set by whoever works with visitors, bans by managers, the rest by administrators (R). */
export const maySet = (path: string, roles: readonly Role[]): boolean =>
  settersOf(path).some((role) => roles.includes(role))

function settersOf(path: string): readonly Role[] {
  if (/\/settings\/(messages|replies)/.test(path)) return ['agent', 'manager']
  if (path.includes('/settings/articles')) return ['manager', 'administrator']
  if (path.includes('/settings/bans')) return ['manager']
  return ['administrator']
}

const HOMES = ['/settings/sites', '/settings/bans', '/settings/messages'] as const

/** The page of settings to begin with; none where there is nothing to set. */
export const settingsHomeFor = (roles: readonly Role[]): (typeof HOMES)[number] | undefined =>
  HOMES.find((path) => maySet(path, roles))
