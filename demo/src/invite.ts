import type { SimulatedAgent } from '@beckon/bench'
import type { GroupId, VisitId } from '@beckon/protocol'

/** Opens the dialog as the console would (values and their version), then sends. */
export async function invite(
  agent: SimulatedAgent,
  visitId: VisitId,
  template: string,
): Promise<void> {
  const { version, groupId } = await new Promise<{ version: string; groupId: GroupId }>(
    (resolve, reject) => {
      const stop = agent.watch<'values'>({ topic: 'values', visitId }, ({ snapshot }) => {
        if (!snapshot) return
        stop()
        const group = snapshot.groups[0]
        if (group) resolve({ version: snapshot.version, groupId: group.id })
        else reject(new Error('no group takes chats'))
      })
    },
  )
  await agent.ask({ type: 'invitation.send', visitId, groupId, template, version, again: true })
}
