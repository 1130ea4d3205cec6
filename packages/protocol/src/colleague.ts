import type { AgentId, Timestamp, VisitId, VisitorId } from './ids.ts'

/** What another agent is doing with a visitor just now: looking at the details, or writing an invitation. */
export type Colleague = {
  /** Of one agent and one visit. */
  key: string
  visitId: VisitId
  visitorId: VisitorId
  agentId: AgentId
  name: string
  doing: 'looking' | 'writing'
  since: Timestamp
}

/** Everybody else at visitors this agent sees (W10). Claims run out by themselves after 30 s. */
export type ColleaguesState = { colleagues: Record<string, Colleague> }
export type ColleaguesEvent = { set?: Colleague[]; drop?: string[] }
