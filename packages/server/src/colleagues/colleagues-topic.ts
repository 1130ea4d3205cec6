import type { Colleague, ColleaguesEvent, ColleaguesState } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { seesVisitor, worksWithVisitors } from '../agents/rights.ts'
import type { Ticks } from '../conversations/ticks.ts'
import type { Directory } from '../directory/directory.ts'
import { ownersOf } from '../invitations/send.ts'
import type { TopicDoor } from '../realtime/doors.ts'
import { Refusal } from '../refusal.ts'
import { actorFrom } from '../sign-in/actor.ts'
import type { Presence } from '../visits/presence.ts'
import { together } from './attention.ts'
import type { Colleagues } from './colleagues.ts'

/** Who else is at a visitor this agent sees, one picture for the whole console. */
export function createColleaguesTopic(deps: {
  colleagues: Pick<Colleagues, 'all' | 'watch'>
  directory: Directory
  presence: Presence
  ticks: Ticks
}): TopicDoor<'colleagues'> {
  const { colleagues, directory, presence, ticks } = deps

  function read(actor: AgentActor): ColleaguesState['colleagues'] {
    const found: ColleaguesState['colleagues'] = {}
    for (const [key, { brandId, ...claim }] of together(colleagues.all())) {
      const agent = directory.now.agents.get(claim.agentId)
      const visit = presence.find(claim.visitId)
      if (!agent || !visit || claim.agentId === actor.agentId) continue
      if (seesVisitor(actor, brandId, ownersOf(visit))) {
        found[key] = { key, ...claim, name: agent.name }
      }
    }
    return found
  }

  return {
    async open(actor, _params, out) {
      if (!worksWithVisitors(actor)) {
        throw new Refusal(
          'not_allowed',
          "Who's On is for agents. Ask an administrator for the agent role.",
        )
      }
      let told = read(actor)
      const look = () => {
        const fresh = read(actorFrom(directory.now, actor) ?? actor)
        const event = difference(told, fresh)
        if (!event) return
        told = fresh
        out.emit(event)
      }
      const closers = [
        colleagues.watch(look),
        presence.onChange(({ type }) => {
          if (type === 'removed' || type === 'reset') look()
        }),
        directory.onChange(look),
        // Whose visitor it is changes with invitations and chats.
        ticks.each(look),
      ]
      return {
        state: { colleagues: told },
        flush: look,
        close() {
          for (const close of closers) close()
        },
      }
    },
  }
}

function difference(
  before: Record<string, Colleague>,
  after: Record<string, Colleague>,
): ColleaguesEvent | undefined {
  const same = (key: string) => JSON.stringify(before[key]) === JSON.stringify(after[key])
  const set = Object.values(after).filter(({ key }) => !same(key))
  const drop = Object.keys(before).filter((key) => !(key in after))
  if (set.length === 0 && drop.length === 0) return undefined
  return { ...(set.length > 0 && { set }), ...(drop.length > 0 && { drop }) }
}
