import type { BoardState } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { mustBeManager } from '../agents/rights.ts'
import type { Background } from '../conversations/background.ts'
import type { Line } from '../conversations/line.ts'
import type { Ticks } from '../conversations/ticks.ts'
import type { Directory } from '../directory/directory.ts'
import type { Bus } from '../realtime/bus.ts'
import type { OpenTopic, TopicDoor } from '../realtime/doors.ts'
import { notThere } from '../refusal.ts'
import { actorFrom } from '../sign-in/actor.ts'
import { connectedAgents, countedChats } from '../store/board-rows.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import { boardChange, boardOf } from './board.ts'

/** The live board of a manager (C9). However much changes meanwhile, it is read once. */
export function createBoardTopic(deps: {
  store: Store
  bus: Bus
  directory: Directory
  clock: Clock
  line: Line
  ticks: Ticks
  background: Background
}): TopicDoor<'board'> {
  const { store, bus, directory, clock, line, ticks, background } = deps

  async function read(actor: AgentActor): Promise<BoardState> {
    const { chats, connected } = await store.read(async (db) => ({
      chats: await countedChats(db),
      connected: await connectedAgents(db, clock.now()),
    }))
    const now = actorFrom(directory.now, actor)
    if (!now) throw notThere('board')
    return boardOf(now, { picture: directory.now, chats, connected })
  }

  return {
    open: (actor, _params, out) =>
      line.add(async (): Promise<OpenTopic<'board'>> => {
        mustBeManager(actor)
        let held = await read(actor)
        const state = held
        let closed = false
        let reading = false

        const reread = () => {
          if (reading || closed) return
          reading = true
          background.run('board', () => line.add(readAgain))
        }
        const readAgain = async () => {
          reading = false
          if (closed || !actorFrom(directory.now, actor)) return
          const next = await read(actor)
          const event = boardChange(held, next)
          held = next
          if (event && !closed) out.emit(event)
        }
        const closers = [
          bus.subscribe(({ type }) => {
            if (type === 'chat' || type === 'standing') reread()
          }),
          directory.onChange(reread),
          // Consoles come and go without a word of ours.
          ticks.each(reread),
        ]
        return {
          state,
          flush: reread,
          close() {
            closed = true
            for (const close of closers) close()
          },
        }
      }),
  }
}
