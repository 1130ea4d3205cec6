import { expect } from 'vitest'
import type { ActOf } from './act.ts'
import type { Person, World } from './world.ts'

/* What goes on around invitations and chats: pages, switches, restarts, frames said twice. */

export function move(
  { scene, newId }: World,
  person: Person,
  how: 'closeTab' | 'navigate' | 'leave',
) {
  if (how === 'leave') {
    const visit = person.visits.shift()
    if (visit) scene.presence.remove(visit)
  } else if (how === 'navigate') {
    const visit = person.visits[0]
    if (visit) scene.presence.navigate(visit, { url: `https://shop.example/${newId()}` })
  } else {
    const visit = person.visits.find((one) => one.tabs.length > 0)
    if (visit?.tabs[0]) scene.presence.closeTab(visit, visit.tabs[0])
  }
}

export async function toggle({ scene }: World, what: ActOf<'toggle'>['what']) {
  const { ids } = scene
  const { departments, agents, sites } = scene.directory.now
  const flip = (on: boolean | undefined) => (on ? 0 : 1)
  if (what === 'support') {
    return scene.set('departments', ids.support, {
      live_chat: flip(departments.get(ids.support)?.liveChat),
    })
  }
  if (what === 'shop') return scene.set('sites', ids.shop, { off: flip(sites.get(ids.shop)?.off) })
  // Ben, not Ada: hers are the subscriptions that are followed.
  if (what === 'ben') {
    return scene.set('agents', ids.ben, { disabled: flip(agents.get(ids.ben)?.disabled) })
  }
  return scene.set('agents', ids.ada, { available: flip(agents.get(ids.ada)?.available) })
}

export async function restart({ scene, ledger, people, followAll }: World) {
  const visits = people.flatMap((person) => person.visits)
  const counts = visits.map(({ tabs }) => tabs.length)
  await scene.restart()
  delete ledger.done
  // Browsers say hello again, consoles subscribe again.
  for (const [n, visit] of visits.entries()) {
    // Those of other nodes are connected still.
    if (!scene.several) visit.tabs = []
    for (let tabs = visit.tabs.length; tabs < (counts[n] ?? 0); tabs++) {
      scene.use(tabs)
      await scene.presence.openTab(visit)
    }
  }
  return followAll()
}

export async function repeat(world: World) {
  const { done } = world.ledger
  if (!done) return
  const counts = await countRows(world)
  expect(JSON.stringify(await done.again()), 'I13 the same answer').toBe(done.answer)
  expect(await countRows(world), 'I13 no second effect').toEqual(counts)
}

const countRows = ({ scene }: World) =>
  scene.store.read(async (db) => {
    const counts: Record<string, number> = {}
    for (const table of ['invitations', 'chats', 'messages', 'events', 'done_commands'] as const) {
      const row = await db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      counts[table] = Number(row.n)
    }
    return counts
  })
