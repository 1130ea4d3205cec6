import type { AgentId, DepartmentId, GroupId, Timestamp } from './ids.ts'

/** A group as its managers watch over it. */
export type BoardGroup = {
  id: GroupId
  name: string
  departmentId: DepartmentId
  department: string
  brand: string
  liveChat: boolean
  queued: number
  /** When the one who waits longest began to wait. */
  waitingSince?: Timestamp
  active: number
  members: { agentId: AgentId; active: boolean }[]
}

/** An agent of one of these groups, with all their chats, wherever they are. */
export type BoardAgent = {
  id: AgentId
  name: string
  available: boolean
  connected: boolean
  activeChats: number
  chatLimit: number
}

/** The groups of a manager's departments and who works in them. */
export type BoardState = {
  groups: Record<GroupId, BoardGroup>
  agents: Record<AgentId, BoardAgent>
}
export type BoardEvent = {
  groups?: BoardGroup[]
  agents?: BoardAgent[]
  dropGroups?: GroupId[]
  dropAgents?: AgentId[]
}
