import type { ChatId } from '@beckon/protocol'
import { useEffect, useRef, useState } from 'react'
import { bring, sentenceOf } from '../api.ts'
import { sendCommand } from '../live/live.ts'
import { fileProblem } from './file-words.ts'

/** A file on its way into the chat; it goes when the chat has it. */
export type Upload = {
  /** Also the message's client id: tried again it is the same file. */
  readonly id: string
  readonly file: File
  /** Why it has not arrived. */
  readonly problem?: string | undefined
}

/** Files of one chat that are being sent, one after the other, in the order in which they were chosen. */
export function useUploads(chatId: ChatId) {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const line = useRef<Promise<void>>(Promise.resolve())

  const drop = (id: string) => setUploads((now) => now.filter((one) => one.id !== id))
  const note = (id: string, problem: string | undefined) =>
    setUploads((now) => now.map((one) => (one.id === id ? { ...one, problem } : one)))

  async function send({ id, file }: Upload): Promise<void> {
    try {
      const answer = await sendCommand({
        type: 'file.offer',
        id,
        chatId,
        name: file.name,
        size: file.size,
      })
      if ('pass' in answer) await bring(answer.pass, file)
      drop(id)
    } catch (thrown) {
      note(id, sentenceOf(thrown))
    }
  }

  const start = (upload: Upload) => {
    line.current = line.current.then(() => send(upload))
  }

  // Words wait on this computer; a file is lost with its page, so the browser asks.
  const going = uploads.some(({ problem }) => !problem)
  useEffect(() => {
    if (!going) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [going])

  return {
    uploads,
    add(files: Iterable<File>): void {
      const fresh = [...files].map(
        (file): Upload => ({ id: crypto.randomUUID(), file, problem: fileProblem(file) }),
      )
      setUploads((now) => [...now, ...fresh])
      for (const upload of fresh) if (!upload.problem) start(upload)
    },
    again(upload: Upload): void {
      note(upload.id, undefined)
      start(upload)
    },
    drop,
  }
}
