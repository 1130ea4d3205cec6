import type { ChatFile, ChatId, VisitorServerFrame } from '@beckon/protocol'
import { newClientId } from '../../../client/src/client-id.ts'
import type { Port } from '../../../tracker/src/port.ts'
import type { Waiting } from '../panel/lines.ts'
import { filled } from '../panel/words.ts'
import { words } from './words.ts'

/*
 * Files of a chat, loaded when the first one is sent or read. Each is offered over the connection
 * and brought with the pass that comes back; what became of it arrives as a message.
 */

/** On its way, or with the reason why it is not any more: a line of the chat until it is a message. */
export type Upload = Waiting

type Stage = {
  port: Port
  signal: AbortSignal
  /** The list is another one now. */
  changed(uploads: readonly Upload[]): void
}
export type FileDesk = ReturnType<typeof mountFiles>

/** As in the protocol's limits; numbers, so that the table stays out of visitors' scripts. */
const MOST_MB = 10
const NAME_CHARACTERS = 200
/** How long the server may take to answer what has no answer of its own. */
const PATIENCE_MS = 10_000

export function mountFiles({ port, signal, changed }: Stage) {
  let uploads: readonly Upload[] = []
  const show = (next: readonly Upload[]) => {
    uploads = next
    changed(next)
  }
  /** What went wrong before has been read by then. */
  const inWork = () => uploads.filter(({ refused }) => !refused)

  /** The answer to a frame, sent anew after every connection; undefined when there is none to come. */
  function asked<T>(
    say: () => void,
    answerIn: (frame: VisitorServerFrame) => T | undefined,
    patience?: number,
  ): Promise<T | undefined> {
    return new Promise((resolve) => {
      const end = (answer?: T) => {
        unhear()
        resolve(answer)
      }
      const unhear = port.on((happening) => {
        if (happening.type === 'state') {
          if (happening.state === 'open') say()
          return
        }
        const answer = answerIn(happening.frame)
        if (answer !== undefined) end(answer)
      })
      signal.addEventListener('abort', () => end())
      if (patience) port.timers.after(patience, () => end())
      say()
    })
  }

  const post = (path: string, pass: string, file?: Blob) =>
    fetch(`${port.origin}${path}`, {
      method: 'POST',
      body: new Blob([`${pass}\n`, ...(file ? [file] : [])], { type: 'text/plain' }),
      credentials: 'omit',
      signal,
    })

  async function send(chatId: ChatId, file: File): Promise<void> {
    const id = newClientId()
    const { name, size } = file
    show([...uploads, { id, text: name, at: Date.now() }])
    const went = size > 0 && size <= MOST_MB * 1_048_576 && (await bring(id, chatId, file))
    if (went) return
    const message = filled(words.fileNo, { size: MOST_MB })
    show(uploads.map((one) => (one.id === id ? { ...one, refused: { message } } : one)))
  }

  /** True once it is stored; it may have been before, when the answer was lost. */
  async function bring(id: string, chatId: ChatId, file: File): Promise<boolean> {
    const name = file.name.slice(-NAME_CHARACTERS) || 'file'
    for (let tries = 0; tries < 3; tries++) {
      const answer = await asked(
        () => port.send({ type: 'file.offer', id, chatId, name, size: file.size }),
        (frame) =>
          (frame.type === 'file.go' || frame.type === 'done' || frame.type === 'refused') &&
          frame.id === id
            ? frame
            : undefined,
      )
      if (answer?.type === 'done') return true
      if (answer?.type !== 'file.go') return false
      try {
        return (await post('/files', answer.pass, file)).ok
      } catch {
        // The network went in the middle: whether it arrived is asked by offering it again.
      }
    }
    return false
  }

  return {
    /** Lets the visitor choose, and sends one after the other. */
    choose(chatId: ChatId): void {
      const input = document.createElement('input')
      input.type = 'file'
      input.multiple = true
      input.onchange = async () => {
        show(inWork())
        for (const file of input.files ?? []) await send(chatId, file)
      }
      input.click()
    },

    /** What has become a message is no upload any more. */
    arrived(ids: readonly string[]): void {
      const left = uploads.filter(({ id }) => !ids.includes(id))
      if (left.length < uploads.length) show(left)
    },

    /** Saves it: a picture too, since a page's policy may refuse to show one. */
    async save({ id, name }: ChatFile): Promise<void> {
      show(inWork())
      try {
        const pass = await asked(
          () => port.send({ type: 'file.ask', fileId: id }),
          (frame) => (frame.type === 'file.pass' && frame.fileId === id ? frame.pass : undefined),
          PATIENCE_MS,
        )
        const answer = pass && (await post('/files/read', pass))
        if (!(answer instanceof Response && answer.ok)) throw answer
        const link = document.createElement('a')
        link.href = URL.createObjectURL(await answer.blob())
        link.download = name
        link.click()
        port.timers.after(60_000, () => URL.revokeObjectURL(link.href))
      } catch {
        const refused = { message: words.fileLost }
        show([...uploads, { id: newClientId(), text: name, at: Date.now(), refused }])
      }
    },
  }
}
