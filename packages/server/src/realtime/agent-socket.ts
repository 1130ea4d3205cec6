import {
  type AgentCommand,
  AgentFrame,
  AgentHello,
  type AgentServerFrame,
  CLOSE,
  PROTOCOL_VERSION,
  type Timestamp,
} from '@beckon/protocol'
import { Compile } from 'typebox/compile'
import type { AgentActor } from '../agents/actor.ts'
import { Refusal } from '../refusal.ts'
import type { Answers } from './answers.ts'
import { type Carrier, Connection } from './connection.ts'
import type { AgentDoors, TopicDoors } from './doors.ts'
import { idOf, readFrame } from './frame.ts'
import type { Refusals } from './refusals.ts'
import { createSubscriptions, type Subscriptions } from './subscriptions.ts'

const hello = Compile(AgentHello)
const frames = Compile(AgentFrame)

/** Of quiet, after which a beat says that the data is still current. */
const BEAT_MS = 2_000
const TOUCH_MS = 60_000
const TOUCH_ALONE_MS = 1_500

export type AgentWorld = {
  doors: AgentDoors
  topics: TopicDoors
  answers: Answers
  /** Whom the cookie signs in now. */
  actorOf(token: string | undefined): Promise<AgentActor | undefined>
  /** Whether nobody says when a sign-in ends: then it is looked up all the time. */
  alone?(): boolean
  fault(error: unknown, what: string): void
  refused: Refusals
  left(connection: AgentConnection): void
}

/** A console's connection. Who it acts for is looked up at the upgrade and again when rights change. */
export class AgentConnection extends Connection {
  actor: AgentActor
  readonly #token: string | undefined
  readonly #world: AgentWorld
  readonly #subs: Subscriptions
  #greeted = false
  #checkedAt: Timestamp
  #checking = false
  /** Messages of one chat keep their order. */
  readonly #last = new Map<string, Promise<void>>()
  busy = 0

  constructor(
    id: string,
    socket: Carrier,
    made: { actor: AgentActor; token: string | undefined; world: AgentWorld; now: () => Timestamp },
  ) {
    super(id, socket, made.now)
    this.actor = made.actor
    this.#token = made.token
    this.#world = made.world
    this.#checkedAt = this.openedAt
    this.#subs = createSubscriptions({
      topics: made.world.topics,
      actor: () => this.actor,
      send: (frame) => this.send(frame),
      refused: made.world.refused,
      waitingBytes: () => this.waitingBytes,
      fault: made.world.fault,
    })
  }

  get welcomed(): boolean {
    return this.#greeted
  }

  override send(frame: AgentServerFrame) {
    super.send(frame)
  }

  #refuse(refusal: Omit<Extract<AgentServerFrame, { type: 'refused' }>, 'type'>) {
    this.#world.refused.count(refusal.code)
    this.send({ type: 'refused', ...refusal })
  }

  hear(text: string) {
    const frame = readFrame(text)
    if (!this.#greeted) return this.#hello(frame)
    if (!frames.Check(frame)) {
      return this.#refuse({
        id: idOf(frame),
        code: 'bad_input',
        message: 'This frame is not part of the protocol. Reload the console.',
      })
    }
    switch (frame.type) {
      case 'subscribe':
        return void this.#subs.open(frame.sub, frame.topic)
      case 'unsubscribe':
        return this.#subs.close(frame.sub)
      case 'chat.typing':
        return this.#quietly(() => this.#world.doors['chat.typing']?.(this.actor, frame))
      case 'chat.seen':
        return this.#quietly(() => this.#world.doors['chat.seen']?.(this.actor, frame))
      case 'chat.delivered':
        return this.#quietly(() => this.#world.doors['chat.delivered']?.(this.actor, frame))
      case 'attend':
        return this.#quietly(() => this.#world.doors.attend?.(this.actor, frame, this.id))
      default:
        return this.#command(frame)
    }
  }

  ended() {
    this.#subs.closeAll()
    this.#quietly(() => this.#world.doors.left?.(this.id))
    this.#world.left(this)
  }

  /** Once a second: a beat after quiet, a new snapshot where events were dropped, rights from time to time. */
  tick(now: Timestamp) {
    if (!this.#greeted || this.closedAt !== 0) return
    if (now >= this.saidAt + BEAT_MS) this.send({ type: 'beat', now })
    void this.#subs.refresh()
    const every = this.#world.alone?.() ? TOUCH_ALONE_MS : TOUCH_MS
    if (now >= this.#checkedAt + every) void this.recheck()
  }

  /** Looks up again who this is; another set of rights begins every subscription anew. */
  async recheck(): Promise<void> {
    if (this.#checking) return
    this.#checking = true
    this.#checkedAt = this.now()
    try {
      const actor = await this.#world.actorOf(this.#token)
      if (!actor) return this.close(CLOSE.signed_out, 'signed out')
      const changed = rightsOf(actor) !== rightsOf(this.actor)
      this.actor = actor
      if (changed) await this.#subs.reopen()
    } catch (error) {
      // The database is away: whoever was signed in stays so; the next look decides.
      this.#world.fault(error, 'looking up a sign-in failed')
    } finally {
      this.#checking = false
    }
  }

  #hello(frame: unknown) {
    if (!hello.Check(frame)) return this.close(CLOSE.no_hello, 'no hello')
    if (frame.v !== PROTOCOL_VERSION) {
      this.#refuse({
        code: 'unsupported_version',
        message: 'The server has been updated. Reload the console.',
      })
      return this.close(CLOSE.bad_frame, 'unsupported version')
    }
    this.#greeted = true
    const { agentId, roles } = this.actor
    this.send({ type: 'welcome', v: PROTOCOL_VERSION, now: this.now(), agentId, roles: [...roles] })
    this.#quietly(() => this.#world.doors.came?.(this.actor, this.id))
  }

  #command(command: AgentCommand) {
    const door = this.#world.doors[command.type] as
      | ((actor: AgentActor, command: AgentCommand) => Promise<unknown>)
      | undefined
    if (!door) {
      return this.#refuse({
        id: command.id,
        code: 'not_found',
        message: 'The server has no such command.',
      })
    }
    const { actor } = this
    const before = command.type === 'message.send' ? this.#last.get(command.chatId) : undefined
    this.busy++
    const work = (async () => {
      await before
      try {
        const result = await this.#world.answers.obey(actor.agentId, command, () =>
          door(actor, command),
        )
        this.send({ type: 'done', id: command.id, result })
      } catch (error) {
        this.#failed(error, command)
      }
    })().finally(() => {
      this.busy--
      if (command.type === 'message.send' && this.#last.get(command.chatId) === work) {
        this.#last.delete(command.chatId)
      }
    })
    if (command.type === 'message.send') this.#last.set(command.chatId, work)
  }

  #failed(error: unknown, command: AgentCommand) {
    const { id } = command
    if (error instanceof Refusal) {
      const { code, message, details } = error
      return this.#refuse({ id, code, message, ...(details ? { details } : {}) })
    }
    this.#world.fault(error, `${command.type} failed`)
    this.#refuse({
      id,
      code: 'internal',
      message: 'Something went wrong on our side. Try again.',
    })
  }

  #quietly(work: () => void) {
    try {
      work()
    } catch (error) {
      if (error instanceof Refusal) this.#world.refused.count(error.code)
      else this.#world.fault(error, 'a frame without an answer failed')
    }
  }
}

const rightsOf = (actor: AgentActor): string =>
  JSON.stringify([[...actor.roles].sort(), [...actor.brandIds].sort(), [...actor.groupIds].sort()])
