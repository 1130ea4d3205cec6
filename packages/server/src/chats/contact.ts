import type { AgentCommand, Identity } from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Commit } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Directory } from '../directory/directory.ts'
import { Refusal } from '../refusal.ts'
import { renameChat } from '../store/chat-rows.ts'
import { keepEndedText } from '../store/chat-text-rows.ts'
import { contactLearned } from '../store/contact-rows.ts'
import { insertEvent } from '../store/event-rows.ts'
import type { Clock } from '../time/clock.ts'
import { legible } from '../visits/identity.ts'
import { chatVisibleTo } from './access.ts'
import { announceChat } from './changes.ts'

type Contact = Extract<AgentCommand, { type: 'chat.contact' }>

// What must be there to be an address at all; whether it is theirs nobody knows before writing to it.
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/

/** Name and address that a visitor told in the chat, written down by an agent (C7). */
export function createContact(deps: { commit: Commit; directory: Directory; clock: Clock }) {
  const { commit, directory, clock } = deps

  return async (actor: AgentActor, command: Contact): Promise<Record<never, never>> => {
    const name = legible(command.name) || undefined
    const email = command.email?.trim() || undefined
    if (!name && !email) throw new Refusal('nothing_to_say', 'Write a name or an email.')
    if (email && !ADDRESS.test(email)) {
      throw new Refusal('bad_input', 'Add the end of the address, such as .com or .fr')
    }
    return commit(({ tx, announce }) =>
      once(tx, { actorId: actor.agentId, asked: command, at: clock.now() }, async () => {
        const seenBy = { actor, picture: directory.now }
        const chat = await chatVisibleTo(tx, seenBy, command.chatId)
        const known = JSON.parse(chat.who) as Identity
        if (known.verified) {
          throw new Refusal(
            'not_allowed',
            'The website vouches for who this is. Their name is changed there.',
          )
        }
        await contactLearned(tx, chat.visitor_id, { name, email })
        const who = JSON.stringify(calledNow(known, { name, email }))
        await renameChat(tx, chat.id, who)
        await keepEndedText(tx, { ...chat, who })
        await insertEvent(tx, {
          type: 'chat.named',
          at: clock.now(),
          brandId: chat.brand_id,
          subjectId: chat.id,
          by: { kind: 'agent', id: actor.agentId },
          data: { text: [name, email].filter(Boolean).join(', ') },
        })
        announceChat(announce, chat)
        announce({
          type: 'visitor',
          visitorId: chat.visitor_id,
          brandId: chat.brand_id,
          named: true,
        })
        return {}
      }),
    )
  }
}

/** A name beats an address, and either beats what the browser gave away. */
function calledNow(
  known: Identity,
  { name, email }: { name: string | undefined; email: string | undefined },
): Identity {
  const named = name ?? (known.rung === 'displayname' ? known.text : undefined)
  const address = email ?? (known.rung === 'email' ? known.text : known.next)
  if (named) {
    return {
      rung: 'displayname',
      text: named,
      verified: false,
      ...(address && { next: address }),
    }
  }
  return { rung: 'email', text: address ?? known.text, verified: false }
}
