import type { CannedReplyInput, CannedReplyView } from '@beckon/protocol'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../api.ts'
import { queryClient } from '../queries.ts'

export const cannedRepliesQuery = queryOptions({
  queryKey: ['canned-replies'],
  queryFn: async () => (await api<{ items: CannedReplyView[] }>('GET', '/canned-replies')).items,
})

const renew = () => queryClient.invalidateQueries({ queryKey: cannedRepliesQuery.queryKey })

export async function saveReply(
  input: CannedReplyInput,
  id?: CannedReplyView['id'],
): Promise<void> {
  if (id) await api('PATCH', `/canned-replies/${id}`, input)
  else await api('POST', '/canned-replies', input)
  await renew()
}

export async function deleteReply(id: CannedReplyView['id']): Promise<void> {
  await api('DELETE', `/canned-replies/${id}`)
  await renew()
}

/** Only the order of the next list hangs on it: a failure is not worth a word. */
export const noteReplyTaken = (id: CannedReplyView['id']): void =>
  void api('POST', `/canned-replies/${id}/used`).then(renew, () => {})
