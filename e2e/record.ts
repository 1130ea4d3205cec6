import { type Rest, simulatedAgent } from '@beckon/bench'
import type { ChatRow, ChatsState, InvitationReport, VisitRow, WindowState } from '@beckon/protocol'
import type { Scene } from './scene.ts'

/*
 * What the record says, for facts that no screen shows: that there is no chat, whose it is, when a
 * clock began.
 */

/** Chats that are queued or active, as the connection of this account is told. */
export async function openChats(scene: Scene, rest = scene.rest): Promise<ChatRow[]> {
  const state = await snapshot<ChatsState>(scene, rest, (agent, seen) =>
    agent.watch<'chats'>({ topic: 'chats' }, (news) => news.snapshot && seen(news.snapshot)),
  )
  return Object.values(state.chats).filter((chat) => chat.state !== 'ended')
}

/** Rows of Who's On whose page has this title. */
export async function rowsOf(scene: Scene, title: string, rest = scene.rest): Promise<VisitRow[]> {
  const state = await snapshot<WindowState>(scene, rest, (agent, seen) =>
    agent.watch<'window'>(
      {
        topic: 'window',
        filter: { match: 'all', conditions: [{ field: 'title', op: 'is', value: title }] },
        sort: { by: 'started', dir: 'asc' },
        offset: 0,
        limit: 50,
      },
      (news) => news.snapshot && seen(news.snapshot),
    ),
  )
  return Object.values(state.rows)
}

export const invitationReport = (
  scene: Scene,
  by: 'agent' | 'site' | 'group',
): Promise<InvitationReport> => scene.rest.get(`/reports/invitations?by=${by}`)

type Asked = Awaited<ReturnType<typeof simulatedAgent>>

async function snapshot<T>(
  { server }: Scene,
  { cookie }: Rest,
  ask: (agent: Asked, seen: (state: T) => void) => void,
): Promise<T> {
  const agent = await simulatedAgent(server.base, cookie)
  const state = await new Promise<T>((resolve) => ask(agent, resolve))
  agent.close()
  return state
}
