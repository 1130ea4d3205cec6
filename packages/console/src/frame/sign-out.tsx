import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { toast } from '../parts/toast-queue.ts'
import { queryClient } from '../queries.ts'
import { handOn } from './set-available.ts'

/** Signing out; with chats open it asks first what becomes of them (UI §4.4). */
export function useSignOut(openChats: number) {
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)

  async function leave() {
    try {
      await api('POST', '/sign-out', {})
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
      return
    }
    queryClient.clear()
    await navigate({ to: '/sign-in' })
  }

  async function handOnAndLeave() {
    setBusy(true)
    if (await handOn()) await leave()
    setBusy(false)
  }

  const isOne = openChats === 1
  const dialog = asking && (
    <Dialog
      open
      alert
      onOpenChange={() => setAsking(false)}
      title={isOne ? 'You have 1 open chat' : `You have ${openChats} open chats`}
      description={`Hand ${isOne ? 'it' : 'them'} on now, and a colleague goes on or ${isOne ? 'it waits' : 'they wait'} in the queue. Kept, ${isOne ? 'it stays' : 'they stay'} yours until the group takes ${isOne ? 'it' : 'them'} back.`}
      foot={
        <>
          <Button variant="ghost" onClick={() => setAsking(false)}>
            Stay here
          </Button>
          <Button onClick={() => void leave()}>Keep and sign out</Button>
          <Button
            variant="primary"
            busy={busy && 'Handing on…'}
            onClick={() => void handOnAndLeave()}
          >
            Hand on and sign out
          </Button>
        </>
      }
    />
  )
  return { signOut: () => (openChats > 0 ? setAsking(true) : void leave()), dialog }
}
