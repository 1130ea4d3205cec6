import type { ChatRow, EndedChatsAsk, FoundVisit } from '@beckon/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../api.ts'
import { useTopic } from '../live/use-topic.ts'

// A question for each word typed, not for each letter.
const SETTLES_MS = 120
const CHATS_SHOWN = 5

/** Visitors and chats with these words, asked of the server; open chats are known here. */
export function usePaletteFinds(typed: string, may: boolean) {
  const text = useSettled(typed.trim().slice(0, 100))
  const asks = may && text !== ''
  const visitors = useQuery({
    queryKey: ['palette', 'visitors', text],
    queryFn: async () =>
      (await api<{ items: FoundVisit[] }>('POST', '/visits/search', { text })).items,
    enabled: asks,
    staleTime: 2_000,
    placeholderData: keepPreviousData,
  })
  const ended = useQuery({
    queryKey: ['palette', 'chats', text],
    queryFn: async () => {
      const ask: EndedChatsAsk = { text, limit: CHATS_SHOWN }
      return (await api<{ items: ChatRow[] }>('POST', '/chats/search', ask)).items
    },
    enabled: asks,
    placeholderData: keepPreviousData,
  })
  const { state: chats } = useTopic<'chats'>(may ? { topic: 'chats' } : null)
  const open = Object.values(chats?.chats ?? {}).filter(
    ({ state, who, number }) =>
      state !== 'ended' &&
      (who.text.toLowerCase().includes(text.toLowerCase()) || text === String(number)),
  )
  return {
    visitors: asks ? (visitors.data ?? []) : [],
    chats: asks ? [...open, ...(ended.data ?? [])].slice(0, CHATS_SHOWN) : [],
    /** The words that were asked about are not those in the box yet. */
    looking: asks && (visitors.isFetching || ended.isFetching || text !== typed.trim()),
    failed: asks && (visitors.isError || ended.isError),
  }
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLES_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
