import type {
  AgentCommand,
  AgentId,
  BanId,
  BanInput,
  BanView,
  BrandId,
  CommandResult,
  PersonId,
  VisitorId,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { record } from '../agents/record.ts'
import { managesBrand, mustBeManager } from '../agents/rights.ts'
import { createBackground, type FaultLog } from '../conversations/background.ts'
import { createCommit, type Work } from '../conversations/commit.ts'
import type { Directory } from '../directory/directory.ts'
import { newId } from '../ids.ts'
import { agentName } from '../invitations/view.ts'
import type { Bus } from '../realtime/bus.ts'
import { notThere, Refusal } from '../refusal.ts'
import {
  type BanRecord,
  banById,
  bansInForce,
  countMatches,
  deleteBan,
  forgetEndedBans,
  insertBan,
} from '../store/ban-rows.ts'
import type { Store } from '../store/store.ts'
import { type Clock, minutes, seconds } from '../time/clock.ts'
import type { BanList } from './ban-list.ts'
import { readRange } from './range.ts'

type BanCommand = Extract<AgentCommand, { type: 'visitor.ban' }>

/** What a ban does to those who are here. */
export type Reach = {
  /** Who this is and where, as it may be written down; from the list or from the database. */
  visitor(
    id: VisitorId,
  ): Promise<{ brandId: BrandId; who: string; personId: PersonId | null } | undefined>
  /** From now on nothing that a banned visitor's pages say is heard. Says whom it caught. */
  silence(list: BanList): Map<VisitorId, BanRecord>
  /** Their visits leave the list, their connections end. */
  putOut(visitorIds: Iterable<VisitorId>): void
  /** Their open invitation fails and their open chat ends, in the caller's work. */
  endTalk(work: Work, visitorId: VisitorId, by: AgentId): Promise<void>
}

/** Long enough for the page to hear how its chat ended, well within the promised 2 s. */
const LAST_WORDS_MS = 500
const TIDY_EVERY = minutes(1)

export type Bans = ReturnType<typeof createBans>

/** Who may not visit (C12): managers make and lift bans in the brands where they have a department. */
export function createBans(deps: {
  store: Store
  directory: Directory
  bus: Bus
  clock: Clock
  log: FaultLog
  list: BanList
  reach: Reach
}) {
  const { store, directory, bus, clock, log, list, reach } = deps
  const commit = createCommit({ store, bus })
  const background = createBackground({ log })
  const stops = [
    bus.subscribe((word) => {
      if (word.type === 'bans') background.run('bans', refresh)
    }),
    list.onFound(() => background.run('bans', refresh)),
  ]

  /** Reads the bans anew and carries them out on whoever is here. The database is the truth. */
  async function refresh(): Promise<void> {
    await list.load()
    const caught = reach.silence(list)
    if (caught.size === 0) return
    await Promise.all(
      [...caught].map(([visitorId, ban]) =>
        commit((work) => reach.endTalk(work, visitorId, ban.agent_id)),
      ),
    )
    clock.after(LAST_WORDS_MS, () => reach.putOut(caught.keys()))
  }

  async function brandOf(actor: AgentActor, { visitorId, brandId }: BanInput) {
    if (visitorId !== undefined) {
      const visitor = await reach.visitor(visitorId)
      const fits = visitor && (brandId === undefined || brandId === visitor.brandId)
      if (!fits || !managesBrand(actor, visitor.brandId)) throw notThere('visitor')
      return visitor
    }
    const [only, another] = actor.brandIds
    const named = brandId ?? (another === undefined ? only : undefined)
    if (named === undefined) throw new Refusal('bad_input', 'Say in which brand: send brandId.')
    if (!managesBrand(actor, named)) throw notThere('brand')
    return { brandId: named, who: null, personId: null }
  }

  async function add(actor: AgentActor, input: BanInput): Promise<BanView> {
    mustBeManager(actor)
    const range = input.range === undefined ? null : readRange(input.range).text
    if (input.visitorId === undefined && range === null) {
      throw new Refusal('bad_input', 'Say who is banned: a visitor, an address or a range.')
    }
    const { brandId, who, personId } = await brandOf(actor, input)
    const now = clock.now()
    const ban = {
      id: newId<BanId>(),
      brand_id: brandId,
      visitor_id: input.visitorId ?? null,
      person_id: personId,
      who,
      range,
      reason: input.reason?.trim() ?? '',
      agent_id: actor.agentId,
      created_at: now,
      until: input.seconds === undefined ? null : now + seconds(input.seconds),
      matches: 0,
      matched_at: null,
    }
    return settled(async (work) => {
      const made = await insertBan(work.tx, ban)
      await record(work.tx, {
        type: 'ban.made',
        subjectId: made.id,
        at: now,
        agentId: actor.agentId,
        brandId,
        // Not the address: it goes when the ban goes.
        data: { visitorId: ban.visitor_id, who, reason: ban.reason, until: ban.until },
      })
      if (input.visitorId) await reach.endTalk(work, input.visitorId, actor.agentId)
      return view(made)
    })
  }

  /** A change that is in force on this node when it resolves. */
  async function settled<T>(change: (work: Work) => Promise<T>): Promise<T> {
    const result = await commit(async (work) => {
      work.announce({ type: 'bans' })
      return change(work)
    })
    await background.settled()
    return result
  }

  const view = (ban: BanRecord): BanView => ({
    id: ban.id,
    brandId: ban.brand_id,
    ...(ban.visitor_id !== null && { visitorId: ban.visitor_id }),
    ...(ban.who !== null && { who: ban.who }),
    ...(ban.range !== null && { range: ban.range }),
    reason: ban.reason,
    agentId: ban.agent_id,
    agentName: agentName(directory.now, ban.agent_id),
    createdAt: ban.created_at,
    ...(ban.until !== null && { until: ban.until }),
    matches: ban.matches,
    ...(ban.matched_at !== null && { matchedAt: ban.matched_at }),
  })

  /** Counts go to their rows; what has ended by itself goes away, with the address it was about. */
  const tidy = (): Promise<void> => {
    const matches = list.takeMatches()
    return store.commit(async (tx) => {
      for (const [id, match] of matches) await countMatches(tx, id, match)
      await forgetEndedBans(tx, clock.now())
    })
  }

  return {
    async list(actor: AgentActor): Promise<BanView[]> {
      mustBeManager(actor)
      const bans = await store.read((db) => bansInForce(db, clock.now()))
      return bans.filter((ban) => managesBrand(actor, ban.brand_id)).map(view)
    },

    add,

    /** From the next page on they are visitors like all others. */
    async lift(actor: AgentActor, id: BanId): Promise<void> {
      mustBeManager(actor)
      await settled(async (work) => {
        const ban = await banById(work.tx, id)
        if (!ban || !managesBrand(actor, ban.brand_id)) throw notThere('ban')
        await deleteBan(work.tx, id)
        await record(work.tx, {
          type: 'ban.lifted',
          subjectId: id,
          at: clock.now(),
          agentId: actor.agentId,
          brandId: ban.brand_id,
          data: { visitorId: ban.visitor_id, who: ban.who },
        })
      })
    },

    agentDoors: {
      async 'visitor.ban'(
        actor: AgentActor,
        command: BanCommand,
      ): Promise<CommandResult['visitor.ban']> {
        const { type: _, id: __, ...input } = command
        return { ban: await add(actor, input) }
      },
    },

    async start(): Promise<void> {
      await refresh()
      stops.push(clock.every(TIDY_EVERY, () => background.run('tidying bans', tidy)))
    },
    async stop(): Promise<void> {
      for (const stop of stops.splice(0)) stop()
      await background.settled()
      await tidy()
    },
  }
}
