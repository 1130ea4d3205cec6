import type { AgentId, BrandId, GroupId, Role } from '@beckon/protocol'

/** The signed-in agent a request or connection acts for. Rights are asked of `rights.ts`, never derived here. */
export type AgentActor = {
  readonly agentId: AgentId
  readonly signInId: string
  /** Signed in with a second step. */
  readonly twoSteps?: boolean
  readonly name: string
  readonly chatName: string
  readonly roles: ReadonlySet<Role>
  /** Groups they are a member of, and the brands of those groups, as of now. */
  readonly groupIds: ReadonlySet<GroupId>
  readonly brandIds: ReadonlySet<BrandId>
}
