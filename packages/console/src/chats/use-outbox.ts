import { leaseLock } from '@beckon/client/lease-lock'
import {
  createOutbox,
  newClientId,
  type Outbox,
  type UnsentList,
  webLock,
} from '@beckon/client/outbox'
import type { ChatId, RefusalCode } from '@beckon/protocol'
import { useEffect, useRef, useState } from 'react'
import { CommandRefused } from '../live/commands.ts'
import { live, sendCommand } from '../live/live.ts'
import { useLiveStatus } from '../live/use-freshness.ts'
import { browserStorage } from './browser-storage.ts'

const NONE: UnsentList = []

const timers = {
  after(ms: number, work: () => void) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}
const lock =
  'locks' in navigator
    ? webLock(navigator.locks)
    : leaseLock(browserStorage, { timers, now: Date.now, owner: newClientId() })

/**
 * Messages of one chat on their way. Kept in this browser until the server has them: a reload, a
 * lost connection or a closed tab loses none, and none is sent twice.
 */
export function useOutbox(chatId: ChatId): {
  unsent: UnsentList
  outbox: () => Outbox | undefined
} {
  const [unsent, setUnsent] = useState<{ chatId: ChatId; list: UnsentList }>({ chatId, list: NONE })
  const ref = useRef<Outbox>(undefined)
  const { connected } = useLiveStatus()

  useEffect(() => {
    const outbox: Outbox = createOutbox({
      key: chatId,
      storage: browserStorage,
      lock,
      timers,
      onChange: (list) => setUnsent({ chatId, list }),
      send({ id, text }) {
        if (!live.status().connected) return false
        sendCommand({ type: 'message.send', chatId, text, id }).then(
          () => outbox.acknowledged(id),
          (thrown: unknown) => {
            const { code, message } = refusalOf(thrown)
            outbox.refused(id, code, message)
          },
        )
        return true
      },
    })
    ref.current = outbox
    setUnsent({ chatId, list: outbox.list })
    if (live.status().connected) outbox.opened()
    return () => {
      outbox.close()
      ref.current = undefined
    }
  }, [chatId])

  useEffect(() => {
    if (connected) ref.current?.opened()
    else ref.current?.lost()
  }, [connected])

  return { unsent: unsent.chatId === chatId ? unsent.list : NONE, outbox: () => ref.current }
}

function refusalOf(thrown: unknown): { code: RefusalCode; message: string } {
  if (thrown instanceof CommandRefused && thrown.code !== 'given_up') {
    return { code: thrown.code, message: thrown.message }
  }
  // Signed out meanwhile: it stays in the box and goes out after the next sign-in.
  return { code: 'try_again', message: 'Not sent yet.' }
}
