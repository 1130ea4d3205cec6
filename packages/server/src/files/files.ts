import {
  type AgentCommand,
  type ChatFile,
  type FileId,
  LIMITS,
  type VisitorFrame,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { chatOfVisitor, chatVisibleTo, takesPart } from '../chats/access.ts'
import { type Said, say } from '../chats/messages.ts'
import type { Commit, Work } from '../conversations/commit.ts'
import type { Directory } from '../directory/directory.ts'
import { newId } from '../ids.ts'
import { notThere, Refusal } from '../refusal.ts'
import { type ChatRecord, chatById } from '../store/chat-rows.ts'
import { chatOfFile, type FileRow, fileById, filesIn, insertFile } from '../store/file-rows.ts'
import { messageByClientId } from '../store/message-rows.ts'
import type { Store, Tx } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import type { VisitorActor } from '../visits/presence.ts'
import { kindOf, safeName } from './file-kind.ts'
import { type Bringer, createPasses } from './passes.ts'
import { drawAnew } from './picture.ts'

type Frame<T extends VisitorFrame['type']> = Extract<VisitorFrame, { type: T }>
type Offer = Extract<AgentCommand, { type: 'file.offer' }>

/** Of one chat; more is what other services are for. */
const MOST_FILES = 50
const MOST_BYTES = 10 * LIMITS.fileBytes
/** Pictures drawn anew at once: each may need a few hundred megabytes for a moment. */
const DRAWN_AT_ONCE = 2

export type Files = ReturnType<typeof createFiles>

/** Files in chats, both ways (C5, C7): offered, brought, looked into, stored, said, read. */
export function createFiles(deps: {
  store: Store
  commit: Commit
  directory: Directory
  clock: Clock
}) {
  const { store, commit, directory, clock } = deps
  const passes = createPasses({ clock })
  const drawing = createTurns(DRAWN_AT_ONCE)
  const seenBy = (actor: AgentActor) => ({ actor, picture: directory.now })

  /** A pass, or what is stored already under this id. */
  async function offer(
    tx: Tx,
    chat: ChatRecord,
    { id, name, size, by }: Pick<Offer, 'id' | 'name' | 'size'> & { by: Bringer },
  ): Promise<{ pass: string } | Said> {
    const before = await messageByClientId(tx, {
      chatId: chat.id,
      from: by.from,
      clientId: id,
    })
    if (before) return { seq: before.seq, at: before.at }
    await mustHaveRoom(tx, chat, size)
    return { pass: await passes.give(tx, { do: 'bring', chatId: chat.id, clientId: id, name, by }) }
  }

  /** The bytes that came with a pass: stored and said in one work, or refused. */
  async function bring(pass: string, brought: Buffer): Promise<Said> {
    const what = await commit(({ tx }) => passes.take(tx, pass))
    if (what?.do !== 'bring') throw passIsSpent()
    if (brought.length > LIMITS.fileBytes) throw tooLarge()
    if (brought.length === 0) throw new Refusal('file_refused', 'The file is empty.')
    const file = await lookInto(brought, what.name)
    const { by, chatId, clientId } = what
    return commit(async (work) => {
      const chat = await chatById(work.tx, chatId)
      if (!chat) throw notThere('chat')
      await mustHaveRoom(work.tx, chat, file.bytes.length)
      return keep(work, chat, { ...file, clientId, by })
    })
  }

  async function keep(
    work: Work,
    chat: ChatRecord,
    { bytes, clientId, by, ...file }: Looked & { clientId: string; by: Bringer },
  ): Promise<Said> {
    const at = clock.now()
    const id = newId<FileId>()
    const { name, type } = file
    const said = await say(work, chat, {
      sender: by,
      clientId,
      text: name,
      file: { ...file, id, size: bytes.length },
      at,
    })
    await insertFile(work.tx, {
      id,
      chat_id: chat.id,
      sender: by.from,
      name,
      type,
      size: bytes.length,
      created_at: at,
      data: bytes.toString('base64'),
    })
    return said
  }

  async function lookInto(bytes: Buffer, named: string): Promise<Looked> {
    const kind = kindOf(bytes)
    if (!kind) {
      throw new Refusal(
        'file_refused',
        'This kind of file is not taken. Pictures, PDF, plain text and Office documents without macros are.',
      )
    }
    const { type } = kind
    const name = safeName(named, kind)
    if (!type.startsWith('image/')) return { bytes, type, name }
    const picture = await drawing(() => drawAnew(bytes, type))
    if (!picture) throw new Refusal('file_refused', 'The picture could not be read.')
    return { type, name, ...picture }
  }

  return {
    bring,

    /** The file a pass is for. */
    async read(pass: string): Promise<FileRow> {
      const what = await commit(({ tx }) => passes.take(tx, pass))
      const row = what?.do === 'read' && (await store.read((db) => fileById(db, what.fileId)))
      if (!row) throw passIsSpent()
      return row
    },

    /** For whoever may open its chat. */
    async forAgent(actor: AgentActor, id: FileId): Promise<FileRow> {
      return store.read(async (db) => {
        const row = await fileById(db, id)
        if (!row) throw notThere('file')
        try {
          await chatVisibleTo(db, seenBy(actor), row.chat_id)
        } catch {
          throw notThere('file')
        }
        return row
      })
    },

    visitorDoors: {
      'file.offer': async (visitor: VisitorActor, frame: Frame<'file.offer'>) => {
        const answer = await commit(async ({ tx }) =>
          offer(tx, await chatOfVisitor(tx, visitor, frame.chatId), {
            ...frame,
            by: { from: 'visitor' },
          }),
        )
        if ('seq' in answer) return { seq: answer.seq }
        visitor.say({ type: 'file.go', id: frame.id, pass: answer.pass })
        return undefined
      },
      'file.ask': async (visitor: VisitorActor, { fileId }: Frame<'file.ask'>) => {
        const pass = await commit(async ({ tx }) => {
          const file = await chatOfFile(tx, fileId)
          const chat = file && (await chatById(tx, file.chat_id))
          if (chat?.visitor_id !== visitor.visitorId) throw notThere('file')
          return passes.give(tx, { do: 'read', fileId })
        })
        visitor.say({ type: 'file.pass', fileId, pass })
      },
    },

    agentDoors: {
      'file.offer': (actor: AgentActor, command: Offer) =>
        commit(async ({ tx }) => {
          const chat = await chatVisibleTo(tx, seenBy(actor), command.chatId)
          if (!takesPart(actor, chat)) {
            throw new Refusal('not_allowed', 'Take this chat before you answer in it.')
          }
          const { agentId, chatName } = actor
          return offer(tx, chat, { ...command, by: { from: 'agent', agentId, name: chatName } })
        }),
    },
  }
}

type Looked = Pick<ChatFile, 'name' | 'type' | 'width' | 'height'> & { bytes: Buffer }

async function mustHaveRoom(tx: Tx, chat: ChatRecord, size: number): Promise<void> {
  if (chat.state === 'ended') {
    throw new Refusal('chat_ended', 'This chat has ended. Start a new one to go on.')
  }
  if (size > LIMITS.fileBytes) throw tooLarge()
  const { count, bytes } = await filesIn(tx, chat.id)
  if (count < MOST_FILES && bytes + size <= MOST_BYTES) return
  throw new Refusal('file_refused', 'This chat has as many files as it can hold.')
}

const tooLarge = () =>
  new Refusal(
    'file_refused',
    `A file may have ${LIMITS.fileBytes / 1024 / 1024} MB. Make it smaller, or send a link.`,
  )

const passIsSpent = () =>
  new Refusal('not_found', 'This pass is used up or too old. Choose the file again.')

/** So many at once; the others wait. */
function createTurns(most: number) {
  let busy = 0
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    busy += 1
    try {
      return await work()
    } finally {
      busy -= 1
      waiting.shift()?.()
    }
  }
}
