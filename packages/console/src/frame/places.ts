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
  // Managers find their bans there.
  if (settingsHomeFor(roles)) {
    places.push({ to: '/settings', name: 'Settings', icon: 'settings', low: true })
  }
  places.push({ to: '/help', name: 'Help', icon: 'help', low: true })
  return places
}

/** Managers set the bans, administrators everything else (R). */
export const maySet = (path: string, roles: readonly Role[]): boolean =>
  roles.includes(path.includes('/settings/bans') ? 'manager' : 'administrator')

/** The page of settings to begin with; none where there is nothing to set. */
export const settingsHomeFor = (
  roles: readonly Role[],
): '/settings/sites' | '/settings/bans' | undefined =>
  (['/settings/sites', '/settings/bans'] as const).find((path) => maySet(path, roles))
