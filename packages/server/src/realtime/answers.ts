import { createHash } from 'node:crypto'
import type { AgentCommand, AgentId, Timestamp } from '@beckon/protocol'
import { Refusal } from '../refusal.ts'
import { minutes } from '../time/clock.ts'

const KEPT_MS = minutes(10)
const KEPT = 500

type Answer = { fingerprint: string; at: Timestamp; result: Promise<unknown> }

/**
 * Recent commands of each agent and their answers, so that a command repeated after a lost
 * connection gets the same answer and has no second effect (I13). What must survive a restart is
 * remembered by the nouns, in the transaction of the command itself.
 */
export function createAnswers(now: () => Timestamp) {
  const byAgent = new Map<AgentId, Map<string, Answer>>()

  return {
    obey(agentId: AgentId, command: AgentCommand, work: () => Promise<unknown>): Promise<unknown> {
      const answers = byAgent.get(agentId) ?? new Map<string, Answer>()
      byAgent.set(agentId, answers)
      const fingerprint = fingerprintOf(command)
      const known = answers.get(command.id)
      if (known && known.at > now() - KEPT_MS) {
        if (known.fingerprint === fingerprint) return known.result
        throw new Refusal(
          'client_id_reused',
          'This id was used for another command. Use a new one.',
        )
      }
      const result = work()
      answers.set(command.id, { fingerprint, at: now(), result })
      // A refusal or a fault changed nothing: the same command may be tried again.
      result.catch(() => answers.delete(command.id))
      for (const [id, answer] of answers) {
        if (answers.size <= KEPT && answer.at > now() - KEPT_MS) break
        answers.delete(id)
      }
      return result
    },
  }
}
export type Answers = ReturnType<typeof createAnswers>

const fingerprintOf = (command: AgentCommand): string =>
  createHash('sha256').update(JSON.stringify(command)).digest('base64url')
