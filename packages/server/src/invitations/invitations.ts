import type { VisitorId } from '@beckon/protocol'
import type { Background } from '../conversations/background.ts'
import type { Commit } from '../conversations/commit.ts'
import type { Line } from '../conversations/line.ts'
import type { Ticks } from '../conversations/ticks.ts'
import type { Directory } from '../directory/directory.ts'
import type { Bus } from '../realtime/bus.ts'
import type { AgentDoors, VisitorDoors } from '../realtime/doors.ts'
import { allOpenInvitations, invitationsOf } from '../store/invitation-rows.ts'
import type { Db, Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import type { Presence } from '../visits/presence.ts'
import { createAnswers } from './answers.ts'
import { createCardTyping } from './card-typing.ts'
import { createDelivery } from './delivery.ts'
import { createEnds } from './ends.ts'
import type { Terms } from './invitation.ts'
import { createKeystrokes } from './keystrokes.ts'
import { createMoves } from './moves.ts'
import { createSend } from './send.ts'
import { createValuesTopic } from './values-topic.ts'
import { createVersions } from './versions.ts'
import { invitationView, rowMark } from './view.ts'

/** Of one visitor, in the details pane. */
const SHOWN = 50

/** Everything about invitations: sent, shown, answered and ended; and their doors. */
export function createInvitations(deps: {
  store: Store
  commit: Commit
  bus: Bus
  directory: Directory
  clock: Clock
  presence: Presence
  line: Line
  ticks: Ticks
  background: Background
  terms: Terms
}) {
  const { store, commit, bus, directory, clock, presence, background, terms } = deps
  const versions = createVersions({ clock })
  const typing = createCardTyping({ commit, directory, clock, background })
  const moves = createMoves({ directory, clock, isTyping: typing.has })
  const keystrokes = createKeystrokes({ commit, clock, moves, background, terms })
  const delivery = createDelivery({
    bus,
    directory,
    clock,
    presence,
    onEnd(id) {
      keystrokes.forget(id)
      typing.set(id, false)
    },
  })
  const values = createValuesTopic({ ...deps, versions, delivery })
  const send = createSend({ ...deps, versions, moves, freshValues: values.fresh })
  const answers = createAnswers({ ...deps, moves, typing, keystroke: keystrokes.typed })
  const ends = createEnds({ store, commit, directory, clock, moves })

  presence.provideInvitations?.(async (visitorId: VisitorId) => {
    const rows = await store.read((db) => invitationsOf(db, visitorId, SHOWN))
    return rows.map((row) => invitationView(row, directory.now, delivery.isWriting(row.id)))
  })

  return {
    moves,
    delivery,
    ends,
    values: values.door,
    visitorDoors: {
      'invitation.delivered': answers.delivered,
      'invitation.viewed': answers.viewed,
      'invitation.typing': answers.typed,
      'invitation.keep': answers.kept,
      'invitation.decline': answers.declined,
      'invitation.reply': answers.reply,
    } satisfies Partial<VisitorDoors>,
    agentDoors: {
      'invitation.send': send,
      'invitation.withdraw': ends.withdrawn,
    } satisfies Partial<AgentDoors>,
    /** Who is invited has it in their row. */
    async mark(db: Db): Promise<void> {
      for (const row of await allOpenInvitations(db)) {
        const view = invitationView(row, directory.now, false)
        presence.mark(row.visitor_id, { invitation: rowMark(view) ?? null })
      }
    },
    forgetVersions: versions.forget,
    hush(): void {
      keystrokes.stop()
      typing.stop()
    },
  }
}
