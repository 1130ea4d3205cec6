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
  if (roles.includes('administrator')) {
    places.push({ to: '/settings', name: 'Settings', icon: 'settings', low: true })
  }
  places.push({ to: '/help', name: 'Help', icon: 'help', low: true })
  return places
}
