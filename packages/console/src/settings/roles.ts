import type { Role } from '@beckon/protocol'

export const ROLES = ['agent', 'manager', 'administrator'] as const satisfies readonly Role[]

export const ROLE_NAMES: Record<Role, string> = {
  agent: 'Agent',
  manager: 'Manager',
  administrator: 'Administrator',
}

export const ROLE_HINTS: Record<Role, string> = {
  agent: 'Sees visitors, invites them and chats.',
  manager: 'Sees the chats of their departments and reports; replaces invitations of others.',
  administrator:
    'Accounts, sites and settings. Visitors and chats only with the agent role as well.',
}
