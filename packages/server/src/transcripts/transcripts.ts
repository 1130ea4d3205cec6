import {
  type AgentCommand,
  type ChatId,
  type Identity,
  LIMITS,
  languageFor,
  type VisitorFrame,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import { chatOfVisitor, chatVisibleTo } from '../chats/access.ts'
import type { Commit } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Directory, Site } from '../directory/directory.ts'
import { addressBlock } from '../http/client-ip.ts'
import { pageLanguage, wayOfWriting } from '../links/page-language.ts'
import { readPublicAddress } from '../mail/address.ts'
import { htmlOf } from '../mail/html.ts'
import type { Letter } from '../mail/letter.ts'
import { plainOf } from '../mail/plain.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { visitorWords, withName } from '../mail/visitor-words.ts'
import { createQuota } from '../offline/quota.ts'
import { Refusal } from '../refusal.ts'
import type { ChatRecord } from '../store/chat-rows.ts'
import { countEvents, type EventActor, insertEvent } from '../store/event-rows.ts'
import { messagesAfter } from '../store/message-rows.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import { browserOfVisit } from '../store/visit-rows.ts'
import { type Clock, minutes } from '../time/clock.ts'
import type { VisitorActor } from '../visits/presence.ts'
import { spoken, transcriptLetter } from './transcript.ts'

type ByVisitor = Extract<VisitorFrame, { type: 'transcript.mail' }>
type ByAgent = Extract<AgentCommand, { type: 'transcript.mail' }>

/** Where the visitor asks. */
type Page = Pick<VisitorActor, 'language'>

const MAILED = 'chat.transcript_mailed'
const FROM_ADDRESS = 10
const FROM_AGENT = 60
const WITHIN = minutes(60)

export type Transcripts = ReturnType<typeof createTranscripts>

/**
 * A chat by mail or as a file (C5). What goes out is the chat and nothing else, so that nobody can
 * have us send their words to strangers: a visitor's chat only after an agent has written in it,
 * three times at most.
 */
export function createTranscripts(deps: {
  store: Store
  commit: Commit
  directory: Directory
  clock: Clock
}) {
  const { store, commit, directory, clock } = deps
  const quotas = {
    visitor: createQuota({ clock, most: FROM_ADDRESS, within: WITHIN }),
    agent: createQuota({ clock, most: FROM_AGENT, within: WITHIN }),
  }

  /** Same id, same mail. `chatOf` is the gate of whoever asks. */
  async function mail(
    asked: ByVisitor | ByAgent,
    by: Extract<EventActor, { id: string }>,
    more: { quota: string; chatOf(tx: Tx): Promise<ChatRecord>; page?: Page },
  ): Promise<Record<never, never>> {
    const quota = quotas[by.kind]
    let queued = false
    await commit(({ tx }) => {
      queued = false
      return once(tx, { actorId: by.id, asked, at: clock.now() }, async () => {
        const chat = await more.chatOf(tx)
        if (quota.isSpent(more.quota)) throw tooMany()
        await queue(tx, { chat, by, email: asked.email, page: more.page })
        queued = true
        return {}
      })
    })
    if (queued) quota.spend(more.quota)
    return {}
  }

  async function queue(
    tx: Tx,
    {
      chat,
      by,
      email,
      page,
    }: { chat: ChatRecord; by: EventActor; email: string; page: Page | undefined },
  ): Promise<void> {
    const to = readPublicAddress(email)
    if (!to) {
      throw new Refusal(
        'bad_input',
        'That is not an email address. It looks like name@example.com.',
      )
    }
    const { letter, siteName, words, answered } = await letterOf(tx, chat, page)
    if (by.kind === 'visitor') {
      if (!answered) {
        throw new Refusal('not_allowed', 'A chat can be mailed once somebody has answered in it.')
      }
      if ((await countEvents(tx, chat.id, MAILED, 'visitor')) >= LIMITS.transcripts) throw tooMany()
    }
    const why = withName(words.whyChat, siteName)
    const at = clock.now()
    await queueMail(tx, {
      kind: 'transcript',
      to,
      subject: withName(words.yourChat, siteName),
      letter: { ...letter, parts: [...letter.parts, { part: 'note', text: why }] },
      brandId: chat.brand_id,
      visitorId: chat.visitor_id,
      subjectId: chat.id,
      at,
    })
    // Not the address: the mail has it, and goes before the event does.
    await insertEvent(tx, { type: MAILED, at, brandId: chat.brand_id, subjectId: chat.id, by })
  }

  async function letterOf(db: Db | Tx, chat: ChatRecord, page?: Page) {
    const messages = await messagesAfter(db, chat.id, 0)
    const site = directory.now.sites.get(chat.site_id)
    const browser = await browserOfVisit(db, chat.visit_id)
    const code = page ? languageFor([page.language]) : languageOf(site, browser?.language)
    const language = code ?? 'en'
    const siteName = site?.name ?? 'our website'
    const who = JSON.parse(chat.who) as Identity
    const letter: Letter = transcriptLetter({
      siteName,
      // An address or a code is no name to print.
      visitorName: who.rung === 'ip' || who.rung === 'code' ? '' : who.text,
      startedAt: chat.queued_at,
      messages,
      language,
      writing: wayOfWriting(code, browser?.language),
      timeZone: browser?.time_zone ?? undefined,
    })
    return {
      letter,
      siteName,
      words: visitorWords(language),
      answered: spoken(messages).some(({ from }) => from === 'agent'),
    }
  }

  /** Of a visitor who is not here to ask: as the site's pages speak to them. */
  function languageOf(site: Site | undefined, browser: string | null | undefined) {
    const wishes = [browser ?? site?.language]
    if (!site) return languageFor(wishes)
    const link = site.mainLinkId ? directory.now.links.get(site.mainLinkId) : undefined
    return pageLanguage(site, link, wishes)
  }

  return {
    visitorDoors: {
      'transcript.mail': (actor: VisitorActor, asked: ByVisitor) =>
        mail(
          asked,
          { kind: 'visitor', id: actor.visitorId },
          {
            quota: addressBlock(actor.ip),
            chatOf: (tx) => chatOfVisitor(tx, actor, asked.chatId),
            page: actor,
          },
        ),
    },
    agentDoors: {
      'transcript.mail': (actor: AgentActor, asked: ByAgent) =>
        mail(
          asked,
          { kind: 'agent', id: actor.agentId },
          {
            quota: actor.agentId,
            chatOf: (tx) => chatVisibleTo(tx, { actor, picture: directory.now }, asked.chatId),
          },
        ),
    },

    /** The same as a file, for an agent. */
    async file(actor: AgentActor, chatId: ChatId, format: 'text' | 'html') {
      return store.read(async (db) => {
        const chat = await chatVisibleTo(db, { actor, picture: directory.now }, chatId)
        const { letter } = await letterOf(db, chat)
        return {
          name: `chat-${chat.number}.${format === 'html' ? 'html' : 'txt'}`,
          type: `text/${format === 'html' ? 'html' : 'plain'}; charset=utf-8`,
          body: format === 'html' ? htmlOf(letter) : plainOf(letter),
        }
      })
    },
  }
}

const tooMany = () =>
  new Refusal('limit_reached', 'This chat was mailed often enough. Save it as a file instead.')
