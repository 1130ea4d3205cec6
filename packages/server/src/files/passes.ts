import { createHash } from 'node:crypto'
import type { ChatId, FileId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { newToken } from '../ids.ts'
import { insertPass, takePass } from '../store/file-rows.ts'
import type { Tx } from '../store/store.ts'
import { type Clock, minutes } from '../time/clock.ts'

/** Who brings a file: names come from the account at that moment. */
export type Bringer =
  | { from: 'visitor' }
  | { from: 'agent'; agentId: AgentActor['agentId']; name: string }
export type Pass =
  | { do: 'bring'; chatId: ChatId; clientId: string; name: string; by: Bringer }
  | { do: 'read'; fileId: FileId }

const GOOD_FOR = minutes(5)

/** Passes to bring or read one file: good once, for five minutes, on any node. */
export function createPasses({ clock }: { clock: Clock }) {
  return {
    async give(tx: Tx, what: Pass): Promise<string> {
      const pass = newToken()
      await insertPass(tx, {
        hash: hashOf(pass),
        what: JSON.stringify(what),
        expires_at: clock.now() + GOOD_FOR,
      })
      return pass
    },
    async take(tx: Tx, pass: string): Promise<Pass | undefined> {
      const what = await takePass(tx, hashOf(pass), clock.now())
      return what === undefined ? undefined : (JSON.parse(what) as Pass)
    },
  }
}

const hashOf = (pass: string): string => createHash('sha256').update(pass).digest('hex')
