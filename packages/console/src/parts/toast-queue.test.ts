import { expect, test } from 'vitest'
import { toast, toastQueue } from './toast-queue.ts'

const shown = () => toastQueue.get().map(({ text }) => text)

test('W11 toasts come one after the other; one that can be undone comes at once, and every end is told', () => {
  const gone: string[] = []
  const tell = (text: string, seconds?: number) =>
    toast.show({
      text,
      onGone: () => gone.push(text),
      ...(seconds && { action: { label: 'Undo', seconds, onAct: () => {} } }),
    })
  tell('viewed')
  const second = tell('declined')
  expect(shown()).toEqual(['viewed', 'declined'])
  const sent = tell('sent', 5)
  expect(shown()).toEqual(['sent', 'declined'])
  expect(gone).toEqual(['viewed'])
  sent.close()
  second.close()
  second.close()
  expect(shown()).toEqual([])
  expect(gone).toEqual(['viewed', 'sent', 'declined'])
})

test('C6 what stands on the screen needs no toast', () => {
  toast.show({ text: 'Marta replied', about: 'chat-marta' })
  toast.show({ text: 'Daniel replied', about: 'chat-daniel' })
  toast.show({ text: 'Saved' })
  toast.closeAbout('chat-marta')
  expect(shown()).toEqual(['Daniel replied', 'Saved'])
  for (const { id } of toastQueue.get()) toast.close(id)
})
