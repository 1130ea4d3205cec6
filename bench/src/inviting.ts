import { setTimeout as pause } from 'node:timers/promises'
import type { CommandResult, GroupId, VisitId } from '@beckon/protocol'
import type { SimulatedAgent } from './simulated-agent.ts'

const ANSWER_MS = 5_000

type Values = { version: string; groupId: GroupId }

/** What the dialog is shown before anything can be sent. */
export async function valuesOf(agent: SimulatedAgent, visitId: VisitId): Promise<Values> {
  let stop = () => {}
  const shown = new Promise<Values>((resolve, reject) => {
    stop = agent.watch<'values'>({ topic: 'values', visitId }, ({ snapshot }) => {
      if (!snapshot) return
      const group = snapshot.groups[0]
      if (group) resolve({ version: snapshot.version, groupId: group.id })
      else reject(new Error('no group takes chats'))
    })
  })
  const late = pause(ANSWER_MS).then(() => {
    throw new Error('the values of a visitor were not answered')
  })
  return Promise.race([shown, late]).finally(stop)
}

/** Opens the dialog as a console does, then sends. */
export async function invite(
  agent: SimulatedAgent,
  visitId: VisitId,
  template: string,
): Promise<CommandResult['invitation.send']> {
  const { version, groupId } = await valuesOf(agent, visitId)
  return agent.ask({ type: 'invitation.send', visitId, groupId, template, version })
}
