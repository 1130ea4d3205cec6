import type { ChatNote, ChatWork } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Picture } from '../directory/directory.ts'
import { agentName } from '../invitations/view.ts'
import { type ChatNoteRecord, notesOfChat, tagsOfChat } from '../store/chat-note-rows.ts'
import type { ChatEntry } from '../store/chat-rows.ts'
import { eventsOf } from '../store/event-rows.ts'
import { answersOf, surveyOf } from '../store/form-rows.ts'
import type { Db } from '../store/store.ts'
import { actsOn } from './access.ts'
import { chatLog } from './log.ts'

/** What agents have of a chat besides what is said in it. No visitor's door leads here. */
export async function readChatWork(
  db: Db,
  chat: ChatEntry,
  reader: { actor: AgentActor; picture: Picture },
): Promise<ChatWork> {
  const { picture } = reader
  const notes = await notesOfChat(db, chat.id)
  return {
    notes: notes.map((note) => noteView(note, picture)),
    log: chatLog(await eventsOf(db, chat.id), picture),
    tags: await tagsOfChat(db, chat.id),
    answers: await answersOf(db, chat.id),
    survey: (await surveyOf(db, chat.id)) ?? null,
    joined: joinedIn(chat, picture),
    may: actsOn(reader, chat),
  }
}

export const joinedIn = (
  { joinedIds }: Pick<ChatEntry, 'joinedIds'>,
  picture: Picture,
): ChatWork['joined'] =>
  joinedIds.map((agentId) => ({ agentId, name: agentName(picture, agentId) }))

/** What changed: of the lists that only grow the lines that did, the rest whole. */
export function workChange(before: ChatWork, after: ChatWork): Partial<ChatWork> | undefined {
  const change: Partial<ChatWork> = {}
  const notes = newIn(before.notes, after.notes)
  const log = newIn(before.log, after.log)
  if (notes.length > 0) change.notes = notes
  if (log.length > 0) change.log = log
  for (const key of ['tags', 'answers', 'survey', 'joined', 'may'] as const) {
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) {
      Object.assign(change, { [key]: after[key] })
    }
  }
  return Object.keys(change).length > 0 ? change : undefined
}

function newIn<T extends { id: string }>(before: readonly T[], after: readonly T[]): T[] {
  const held = new Map(before.map((line) => [line.id, JSON.stringify(line)]))
  return after.filter((line) => held.get(line.id) !== JSON.stringify(line))
}

const noteView = (note: ChatNoteRecord, picture: Picture): ChatNote => ({
  id: note.id,
  kind: note.kind,
  agentId: note.agent_id,
  agentName: agentName(picture, note.agent_id),
  text: note.text,
  at: note.at,
})
