import type { ArticleFound, ArticleInput, ArticleNode, ArticleView, ChatId } from '@beckon/protocol'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../api.ts'
import { queryClient } from '../queries.ts'

export const articlesQuery = queryOptions({
  queryKey: ['articles'],
  queryFn: async () => (await api<{ items: ArticleView[] }>('GET', '/articles')).items,
})

/** A body as the portal shows it. */
export const previewQuery = (body: string) =>
  queryOptions({
    queryKey: ['articles', 'preview', body],
    queryFn: async () =>
      (await api<{ nodes: ArticleNode[] }>('POST', '/articles/preview', { body })).nodes,
    enabled: body.trim() !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What may answer a chat’s first question, which never changes. */
export const chatArticlesQuery = (chatId: ChatId) =>
  queryOptions({
    queryKey: ['articles', 'chat', chatId],
    queryFn: async () =>
      (await api<{ items: ArticleFound[] }>('GET', `/chats/${chatId}/articles`)).items,
    staleTime: Number.POSITIVE_INFINITY,
  })

const renew = () => queryClient.invalidateQueries({ queryKey: articlesQuery.queryKey })

export async function saveArticle(
  { brandId, ...input }: ArticleInput,
  id?: ArticleView['id'],
): Promise<void> {
  if (id) await api('PATCH', `/articles/${id}`, input)
  else await api('POST', '/articles', { ...input, ...(brandId && { brandId }) })
  await renew()
}

export async function deleteArticle(id: ArticleView['id']): Promise<void> {
  await api('DELETE', `/articles/${id}`)
  await renew()
}
