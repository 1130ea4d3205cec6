import type { ChatRow } from '@beckon/protocol'
import { useTopic } from '../live/use-topic.ts'
import { BanDialog } from './ban-dialog.tsx'

type BanFromChatProps = {
  chat: Pick<ChatRow, 'visitorId' | 'visitId' | 'who'>
  onClose: () => void
}

/** For managers. The address is known while the visit is in the list. */
export function BanFromChat({ chat, onClose }: BanFromChatProps) {
  const { visitorId, visitId, who } = chat
  const { state, refused } = useTopic<'visit'>({ topic: 'visit', visitId })
  if (!state && !refused) return null
  return <BanDialog people={[{ visitorId, name: who.text, ip: state?.row.ip }]} onClose={onClose} />
}
