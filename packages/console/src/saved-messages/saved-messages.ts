import type { SavedMessageInput, SavedMessageView } from '@beckon/protocol'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../api.ts'
import { queryClient } from '../queries.ts'

export const savedMessagesQuery = queryOptions({
  queryKey: ['saved-messages'],
  queryFn: async () => (await api<{ items: SavedMessageView[] }>('GET', '/saved-messages')).items,
})

const renew = () => queryClient.invalidateQueries({ queryKey: savedMessagesQuery.queryKey })

export async function saveMessage(
  input: SavedMessageInput,
  id?: SavedMessageView['id'],
): Promise<SavedMessageView> {
  const saved = id
    ? await api<SavedMessageView>('PATCH', `/saved-messages/${id}`, input)
    : await api<SavedMessageView>('POST', '/saved-messages', input)
  await renew()
  return saved
}

export async function deleteMessage(id: SavedMessageView['id']): Promise<void> {
  await api('DELETE', `/saved-messages/${id}`)
  await renew()
}

/** Only the order of the next picker hangs on it: a failure is not worth a word. */
export const noteTaken = (id: SavedMessageView['id']): void =>
  void api('POST', `/saved-messages/${id}/used`).then(renew, () => {})
