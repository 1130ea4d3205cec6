import { type AgentCommand, LIMITS, type NoteId } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { mayChangeNote } from '../agents/rights.ts'
import type { Commit } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import { newId } from '../ids.ts'
import { notThere, Refusal } from '../refusal.ts'
import { insertEvent } from '../store/event-rows.ts'
import type { Tx } from '../store/store.ts'
import {
  countNotes,
  deleteNote,
  editNote,
  insertNote,
  type NoteRecord,
  noteById,
} from '../store/visitor-rows.ts'
import type { Clock } from '../time/clock.ts'
import type { Presence } from '../visits/presence.ts'
import { mustSeeVisitor, visitorSeenBy } from './access.ts'

type Command<T extends AgentCommand['type']> = Extract<AgentCommand, { type: T }>

/** Notes on visitors: for agents only, changed by who wrote them and by managers. */
export function createNotes(deps: { commit: Commit; clock: Clock; presence: Presence }) {
  const { commit, clock, presence } = deps

  async function add(actor: AgentActor, command: Command<'visitor.note'>) {
    const at = clock.now()
    const { visitorId } = command
    const text = wordsOf(command.text)
    return commit(({ tx, announce }) =>
      once(tx, { actorId: actor.agentId, asked: command, at }, async () => {
        const brandId = await visitorSeenBy(tx, actor, { id: visitorId, presence })
        if ((await countNotes(tx, visitorId)) >= LIMITS.notes) {
          throw new Refusal(
            'limit_reached',
            `This visitor has ${LIMITS.notes} notes, the most there may be. Delete one first.`,
          )
        }
        const [visit] = presence.ofVisitor(visitorId)
        if (visit) await presence.upsert(tx, visit.id)
        const note: NoteRecord = {
          id: newId<NoteId>(),
          brand_id: brandId,
          visitor_id: visitorId,
          agent_id: actor.agentId,
          text,
          at,
          edited_at: null,
        }
        await insertNote(tx, note)
        await log(tx, 'visitor.noted', note, actor)
        announce({ type: 'visitor', visitorId, brandId })
        return { noteId: note.id }
      }),
    )
  }

  async function edit(actor: AgentActor, command: Command<'note.edit'>) {
    const at = clock.now()
    const text = wordsOf(command.text)
    return commit(({ tx, announce }) =>
      once(tx, { actorId: actor.agentId, asked: command, at }, async () => {
        const note = await changeable(tx, actor, command.noteId)
        if (note.text === text) return {}
        await editNote(tx, note.id, { text, at })
        await log(tx, 'visitor.note_edited', note, actor)
        announce({ type: 'visitor', visitorId: note.visitor_id, brandId: note.brand_id })
        return {}
      }),
    )
  }

  async function remove(actor: AgentActor, command: Command<'note.delete'>) {
    const at = clock.now()
    return commit(({ tx, announce }) =>
      once(tx, { actorId: actor.agentId, asked: command, at }, async () => {
        const note = await changeable(tx, actor, command.noteId)
        await deleteNote(tx, note.id)
        await log(tx, 'visitor.note_deleted', note, actor)
        announce({ type: 'visitor', visitorId: note.visitor_id, brandId: note.brand_id })
        return {}
      }),
    )
  }

  /** Who may not see the visitor is not told of the note; who may see it is told whose it is. */
  async function changeable(tx: Tx, actor: AgentActor, id: NoteId): Promise<NoteRecord> {
    const note = await noteById(tx, id)
    if (!note) throw notThere('note')
    try {
      await mustSeeVisitor(tx, actor, { id: note.visitor_id, brandId: note.brand_id })
    } catch {
      throw notThere('note')
    }
    if (!mayChangeNote(actor, { agentId: note.agent_id, brandId: note.brand_id })) {
      throw new Refusal('not_allowed', 'Only who wrote a note, or a manager, may change it.')
    }
    return note
  }

  const log = (tx: Tx, type: string, note: NoteRecord, actor: AgentActor) =>
    insertEvent(tx, {
      type,
      at: clock.now(),
      brandId: note.brand_id,
      subjectId: note.visitor_id,
      by: { kind: 'agent', id: actor.agentId },
      data: { noteId: note.id },
    })

  return { add, edit, remove }
}

function wordsOf(text: string): string {
  const words = text.trim()
  if (!words) throw new Refusal('nothing_to_say', 'Write something first.')
  return words
}
