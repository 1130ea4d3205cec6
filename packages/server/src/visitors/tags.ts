import { type AgentCommand, LIMITS, type Tag, type TagId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Commit } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import { newId } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import { insertEvent } from '../store/event-rows.ts'
import type { Tx } from '../store/store.ts'
import {
  insertTag,
  putTag,
  tagByName,
  tagsOf,
  tagsOfBrands,
  takeTag,
  visitorsOfSamePerson,
} from '../store/visitor-rows.ts'
import type { Clock } from '../time/clock.ts'
import type { Presence } from '../visits/presence.ts'
import { visitorSeenBy } from './access.ts'
import { folded, nextTint, tagName } from './tag.ts'

type Command<T extends AgentCommand['type']> = Extract<AgentCommand, { type: T }>

/** Tags on visitors: one list for each brand, made by using it. */
export function createTags(deps: { commit: Commit; clock: Clock; presence: Presence }) {
  const { commit, clock, presence } = deps

  async function put(actor: AgentActor, command: Command<'visitor.tag'>): Promise<{ tag: Tag }> {
    const at = clock.now()
    const { visitorId } = command
    const name = tagName(command.name)
    return commit(({ tx, announce }) =>
      once(tx, { actorId: actor.agentId, asked: command, at }, async () => {
        const brandId = await visitorSeenBy(tx, actor, { id: visitorId, presence })
        const on = await tagsOf(tx, await visitorsOfSamePerson(tx, visitorId))
        const there = on.find((tag) => folded(tag.name) === folded(name))
        if (there) return { tag: { id: there.id, name: there.name, tint: there.tint } }
        if (on.length >= LIMITS.visitorTags) {
          throw new Refusal(
            'limit_reached',
            `This visitor has ${on.length} tags, the most there may be. Remove one first.`,
          )
        }
        const tag = await tagNamed(tx, { brandId, name, at })
        await keep(tx, visitorId)
        const { agentId } = actor
        await putTag(tx, { visitor_id: visitorId, tag_id: tag.id, agent_id: agentId, at })
        await insertEvent(tx, {
          type: 'visitor.tagged',
          at,
          brandId,
          subjectId: visitorId,
          by: { kind: 'agent', id: agentId },
          data: { tagId: tag.id },
        })
        announce({ type: 'visitor', visitorId, brandId })
        return { tag }
      }),
    )
  }

  async function take(actor: AgentActor, command: Command<'visitor.untag'>) {
    const at = clock.now()
    const { visitorId, tagId } = command
    return commit(({ tx, announce }) =>
      once(tx, { actorId: actor.agentId, asked: command, at }, async () => {
        const brandId = await visitorSeenBy(tx, actor, { id: visitorId, presence })
        // Somebody else was faster: it is off, as was asked.
        if (!(await takeTag(tx, await visitorsOfSamePerson(tx, visitorId), tagId))) return {}
        await insertEvent(tx, {
          type: 'visitor.untagged',
          at,
          brandId,
          subjectId: visitorId,
          by: { kind: 'agent', id: actor.agentId },
          data: { tagId },
        })
        announce({ type: 'visitor', visitorId, brandId })
        return {}
      }),
    )
  }

  /** Whoever is tagged or noted about is in the database. */
  async function keep(tx: Tx, visitorId: Command<'visitor.tag'>['visitorId']) {
    const [visit] = presence.ofVisitor(visitorId)
    if (visit) await presence.upsert(tx, visit.id)
  }

  return { put, take }
}

/** The brand's tag of this name, made where there is none. */
export async function tagNamed(
  tx: Tx,
  { brandId, name, at }: { brandId: Parameters<typeof tagByName>[1]; name: string; at: number },
): Promise<Tag> {
  const known = await tagByName(tx, brandId, folded(name))
  if (known) return { id: known.id, name: known.name, tint: known.tint }
  const all = await tagsOfBrands(tx, [brandId])
  if (all.length >= LIMITS.brandTags) {
    throw new Refusal(
      'limit_reached',
      `There are ${all.length} tags already, the most there may be. Use one of them.`,
    )
  }
  const tag: Tag = { id: newId<TagId>(), name, tint: nextTint(all) }
  await insertTag(tx, { ...tag, brand_id: brandId, folded: folded(name), created_at: at })
  return tag
}
