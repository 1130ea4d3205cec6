import type { AgentCommand, AgentServerFrame, CommandResult, RefusalCode } from '@beckon/protocol'

type CommandType = AgentCommand['type']
/** A command before it has its id, unless its sender has one: a message's is kept with its text. */
export type Asked<T extends CommandType> = Omit<Extract<AgentCommand, { type: T }>, 'id'> & {
  id?: string
}

type Refused = Extract<AgentServerFrame, { type: 'refused' }>
export type RefusalDetails = NonNullable<Refused['details']>

/** The server's “no” to a command, or `given_up` when the agent stopped waiting for the connection. */
export class CommandRefused extends Error {
  readonly code: RefusalCode | 'given_up'
  readonly details: RefusalDetails

  constructor(code: RefusalCode | 'given_up', message: string, details: RefusalDetails = {}) {
    super(message)
    this.name = 'CommandRefused'
    this.code = code
    this.details = details
  }
}

type Waiting = {
  command: AgentCommand
  sent: boolean
  done(result: unknown): void
  refused(problem: CommandRefused): void
}

/**
 * Commands on their way. One without an answer when the connection breaks is sent again with its
 * id after the next welcome: twice the same id means once, so nothing is lost and nothing doubled.
 */
export function createCommands(deps: { send(command: AgentCommand): boolean; newId(): string }) {
  const waiting = new Map<string, Waiting>()

  return {
    /** Without a connection it waits for one; `signal` takes it back as long as it has not left. */
    ask<T extends CommandType>(
      asked: Asked<T>,
      { signal }: { signal?: AbortSignal } = {},
    ): Promise<CommandResult[T]> {
      const command = { id: deps.newId(), ...asked } as unknown as AgentCommand
      return new Promise((resolve, reject) => {
        const entry: Waiting = {
          command,
          sent: deps.send(command),
          done: (result) => resolve(result as CommandResult[T]),
          refused: reject,
        }
        waiting.set(command.id, entry)
        signal?.addEventListener('abort', () => {
          if (entry.sent || !waiting.delete(command.id)) return
          reject(new CommandRefused('given_up', 'Not sent: there was no connection.'))
        })
      })
    },

    /** Give it every frame; true when the frame was an answer. */
    frame(frame: AgentServerFrame): boolean {
      if (frame.type === 'done') {
        waiting.get(frame.id)?.done(frame.result)
        waiting.delete(frame.id)
        return true
      }
      if (frame.type !== 'refused') return false
      if (frame.id === undefined) return true
      waiting.get(frame.id)?.refused(new CommandRefused(frame.code, frame.message, frame.details))
      waiting.delete(frame.id)
      return true
    },

    opened(): void {
      for (const entry of waiting.values()) entry.sent = deps.send(entry.command)
    },

    /** Signing out: nobody waits for these answers any more. */
    dropAll(): void {
      for (const { refused } of waiting.values()) {
        refused(new CommandRefused('given_up', 'Not sent: you are signed out.'))
      }
      waiting.clear()
    },
  }
}
