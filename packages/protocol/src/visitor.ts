import { type Static, Type } from 'typebox'
import type { FieldProblem } from './answer.ts'
import type { ArticleFound } from './article.ts'
import type { CardWords } from './card-words.ts'
import type { VisitorChat, VisitorChatEvent, VisitorChatState } from './chat.ts'
import type { RefusalCode } from './codes.ts'
import { FileAsk, FileOffer } from './file.ts'
import { Answers, FormAsk, type OfferedDepartment, SurveyAnswerFrame } from './form.ts'
import {
  type ChatId,
  ClientId,
  type DepartmentId,
  type FileId,
  Id,
  type InvitationId,
  type LinkId,
  type Timestamp,
  type VisitId,
} from './ids.ts'
import type { CardAgent, InvitationReason, InvitationState } from './invitation.ts'
import { LIMITS } from './limits.ts'
import type { LinkType } from './link.ts'
import { OfflineLeave } from './offline.ts'
import type { LinkStyle } from './style.ts'
import type { Themes } from './theme.ts'
import { TranscriptMail } from './transcript.ts'

/*
 * What a visitor's browser and the server say to each other: first the frames a visitor may send,
 * as schemas (they are hostile until checked), then the server's frames, as types.
 */

const strict = { additionalProperties: false } as const
const Url = Type.String({ maxLength: LIMITS.urlCharacters })
const Title = Type.String({ maxLength: LIMITS.titleCharacters })
const Text = Type.String({ minLength: 1, maxLength: LIMITS.messageCharacters })

const PageLinks = Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 })

/** A page view. `id` is made by the page; the same id twice is one hit. */
export const Page = Type.Object(
  {
    id: ClientId,
    url: Url,
    title: Title,
    referrer: Type.Optional(Url),
    /** Ids of the live chat links visible on the page, in document order. */
    links: Type.Optional(PageLinks),
  },
  strict,
)
export type Page = Static<typeof Page>

/**
 * What the page says about its visitor. Unverified it changes what is displayed, nothing else; what
 * stands in a `token` that the website's server signed is verified.
 */
export const IdentityClaim = Type.Object(
  {
    name: Type.Optional(Type.String({ maxLength: 120 })),
    username: Type.Optional(Type.String({ maxLength: 120 })),
    email: Type.Optional(Type.String({ maxLength: 254 })),
    /** Signed with an identity key of the site: docs/guide/identity.md. */
    token: Type.Optional(Type.String({ maxLength: LIMITS.tokenCharacters })),
    /**
     * Texts by name, as the page has them: the server makes names of variables of theirs, and leaves
     * out what does not fit. `name`, `username`, `email` and `token` in here mean the fields above.
     */
    attributes: Type.Optional(
      Type.Record(Type.String(), Type.String({ maxLength: LIMITS.tokenCharacters })),
    ),
  },
  strict,
)
export type IdentityClaim = Static<typeof IdentityClaim>

/** Why an identity token proves nothing. */
export const IDENTITY_PROBLEMS = [
  'no_identity_key',
  'token_not_signed',
  'token_expired',
  'token_malformed',
  'token_without_expiry',
  'token_without_subject',
] as const
export type IdentityProblem = (typeof IDENTITY_PROBLEMS)[number]

/** What may be stored in the browser (DESIGN §4). The server answers with the level in force. */
export const PrivacyLevel = Type.Union([
  Type.Literal('presence'),
  Type.Literal('visit'),
  Type.Literal('returning'),
])
export type PrivacyLevel = Static<typeof PrivacyLevel>

export const VisitorHello = Type.Object(
  {
    type: Type.Literal('hello'),
    v: Type.Integer(),
    site: Type.String({ maxLength: 64 }),
    /** The visitor token, when this browser keeps one. */
    token: Type.Optional(Type.String({ maxLength: 128 })),
    /** Made by a page whose browser keeps none: sent again, after a lost welcome, it is still one visitor. */
    newToken: Type.Optional(Type.String({ maxLength: 128 })),
    /** The visit that was going on, so that start, hits and trail go on after a restart. */
    visit: Type.Optional(Id<VisitId>()),
    /** The highest level the browser's side allows (consent, Global Privacy Control). */
    privacy: PrivacyLevel,
    page: Page,
    visible: Type.Boolean(),
    focused: Type.Boolean(),
    language: Type.Optional(Type.String({ maxLength: 35 })),
    timeZone: Type.Optional(Type.String({ maxLength: 60 })),
    screen: Type.Optional(Type.String({ maxLength: 20 })),
    /** Headless hints such as `navigator.webdriver`. */
    robot: Type.Optional(Type.Boolean()),
    identity: Type.Optional(IdentityClaim),
  },
  strict,
)
export type VisitorHello = Static<typeof VisitorHello>

/**
 * Everything a visitor may send after the hello. Frames with `id` are commands: they are answered
 * by `done` or `refused` naming it, and sending one again has no second effect.
 */
export const VisitorFrame = Type.Union([
  Type.Object({ type: Type.Literal('page'), page: Page }, strict),
  /** Title or visible links of the current page changed. */
  Type.Object({ type: Type.Literal('page.update'), page: Page }, strict),
  /** `active` marks input since the last report. */
  Type.Object(
    {
      type: Type.Literal('attention'),
      visible: Type.Boolean(),
      focused: Type.Boolean(),
      active: Type.Optional(Type.Boolean()),
    },
    strict,
  ),
  /** null: the person signed out; a new visitor and visit begin. */
  Type.Object(
    { type: Type.Literal('identify'), identity: Type.Union([IdentityClaim, Type.Null()]) },
    strict,
  ),
  /** The page has it from its visitor that nothing may be kept; it closes the connection next. */
  Type.Object({ type: Type.Literal('consent.withdrawn') }, strict),
  /** Every live chat link on the page, seen or not: answered by `links`, now and at each change. */
  Type.Object({ type: Type.Literal('links.ask'), links: PageLinks }, strict),
  /** The visitor asks what the team sees of them: answered by `known`. */
  Type.Object({ type: Type.Literal('known.ask') }, strict),
  /** The visitor does not want to be seen: out of the list at once, and the connection ends. */
  Type.Object({ type: Type.Literal('visit.hide') }, strict),
  Type.Object(
    { type: Type.Literal('invitation.delivered'), invitationId: Id<InvitationId>() },
    strict,
  ),
  /** First painted in a tab whose page is visible. */
  Type.Object(
    { type: Type.Literal('invitation.viewed'), invitationId: Id<InvitationId>() },
    strict,
  ),
  /** Keystroke in the card; at most one every 2 s. */
  Type.Object(
    { type: Type.Literal('invitation.typing'), invitationId: Id<InvitationId>() },
    strict,
  ),
  Type.Object(
    { type: Type.Literal('invitation.keep'), id: ClientId, invitationId: Id<InvitationId>() },
    strict,
  ),
  Type.Object(
    { type: Type.Literal('invitation.decline'), id: ClientId, invitationId: Id<InvitationId>() },
    strict,
  ),
  /** The first reply: starts the chat (S38). `id` is also the message's clientId. */
  Type.Object(
    {
      type: Type.Literal('invitation.reply'),
      id: ClientId,
      invitationId: Id<InvitationId>(),
      text: Text,
    },
    strict,
  ),
  Type.Object(
    {
      type: Type.Literal('chat.start'),
      id: ClientId,
      text: Text,
      name: Type.Optional(Type.String({ maxLength: 120 })),
      email: Type.Optional(Type.String({ maxLength: 254 })),
      linkId: Type.Optional(Type.String({ maxLength: 64 })),
      /** Chosen, where several are offered. */
      departmentId: Type.Optional(Id<DepartmentId>()),
      answers: Type.Optional(Answers),
    },
    strict,
  ),
  /** Begin receiving a chat: answered by `chat.snapshot` with the messages after `after`. */
  Type.Object(
    { type: Type.Literal('chat.open'), chatId: Id<ChatId>(), after: Type.Integer({ minimum: 0 }) },
    strict,
  ),
  Type.Object(
    { type: Type.Literal('message.send'), id: ClientId, chatId: Id<ChatId>(), text: Text },
    strict,
  ),
  Type.Object(
    { type: Type.Literal('chat.typing'), chatId: Id<ChatId>(), on: Type.Boolean() },
    strict,
  ),
  /** What stands in the box of a chat, where the look says that agents read along; never kept. */
  Type.Object(
    {
      type: Type.Literal('chat.typed'),
      chatId: Id<ChatId>(),
      text: Type.String({ maxLength: LIMITS.messageCharacters }),
    },
    strict,
  ),
  Type.Object(
    { type: Type.Literal('chat.seen'), chatId: Id<ChatId>(), seq: Type.Integer({ minimum: 0 }) },
    strict,
  ),
  Type.Object(
    {
      type: Type.Literal('chat.delivered'),
      chatId: Id<ChatId>(),
      seq: Type.Integer({ minimum: 0 }),
    },
    strict,
  ),
  Type.Object({ type: Type.Literal('chat.end'), id: ClientId, chatId: Id<ChatId>() }, strict),
  /** What is asked before a chat: answered by `form`. */
  FormAsk,
  /** Help that may answer a first question, before anybody has to: answered by `articles`. */
  Type.Object({ type: Type.Literal('articles.ask'), text: Text }, strict),
  /** After a chat: one tap is an answer; a comment may follow once. */
  SurveyAnswerFrame,
  OfflineLeave,
  TranscriptMail,
  FileOffer,
  FileAsk,
])
export type VisitorFrame = Static<typeof VisitorFrame>

/** An invitation as the invited browser gets it. */
export type VisitorInvitation = {
  id: InvitationId
  state: 'sent' | 'delivered' | 'viewed'
  /** Plain text, exactly what the agent's preview showed. */
  text: string
  agent: CardAgent
  groupName: string
  siteName: string
  /** Once viewed: how long until it is ignored. */
  remainingMs?: number
  /** Whether “Keep it open” may still be offered. */
  canKeep: boolean
}

/** The style in force on this page and whether the site's main link is drawn as a launcher. */
export type Look = {
  style: LinkStyle
  /** Its colours and measures, worked out. */
  themes: Themes
  launcher: boolean
  /** Whether a chat started now would reach somebody (the link's online face). */
  online: boolean
  /** While nobody can be reached: when the business hours begin again, where they say so. */
  opensAt?: Timestamp
  siteName: string
  /** The live chat link it is of; absent: the built-in default. */
  linkId?: LinkId
  /** Of the main link, whose launcher is drawn, where the look is of another one on the page. */
  main?: Look
  /** What makes the launcher a tab, and the link's own rules: for a sheet of the shadow root. */
  css?: string
  /** Where the launcher leads while nobody receives chats, instead of to the panel. */
  elsewhere?: string
  /** Path of the picture at the head of the panel. */
  logo?: string
  /** To choose from before a chat; absent when there is no choice. */
  departments?: { id: DepartmentId; name: string; online: boolean }[]
  /** What the visitor is spoken to in, and what launcher and card say in it; absent: English. */
  language?: string
  words?: CardWords
  /** The site lets visitors see what is known of them, and hide. */
  privacy?: true
  /** Agents read what is typed in a chat before it is sent: the panel says so, and sends it. */
  typing?: true
}

/** A live chat link on an element of the page, as it is at this moment. */
export type LinkFace = {
  type: LinkType
  look: Look
  /** Of a link of type image, for this moment. */
  image?: { path: string; width: number; height: number }
  /** Not to be seen while nobody receives chats. */
  hidden?: true
}

/** What the team sees of a visitor now, as the visitor is told it. */
export type KnownOfVisitor = {
  title: string
  url: string
  /** Pages in this visit, and which visit it is; 1 is the first. */
  hits: number
  visitNumber: number
  startedAt: Timestamp
  country?: string
  region?: string
  city?: string
  ip?: string
  language?: string
  browser?: string
  os?: string
  name?: string
  username?: string
  email?: string
  /** The website signed who this is. */
  verified: boolean
  /** Names of what else the page has said. */
  attributes: string[]
  privacy: PrivacyLevel
}

export type VisitorServerFrame =
  | {
      type: 'welcome'
      v: number
      now: Timestamp
      privacy: PrivacyLevel
      /** A token to keep (only at levels `visit` and `returning`); absent when the one sent is right. */
      token?: string
      visit: VisitId
      look: Look
      invitation?: VisitorInvitation
      chat?: VisitorChat
    }
  /** A token to keep from now on: storage has become a service asked for, or the person changed. */
  | { type: 'token'; token: string; visit: VisitId; privacy: PrivacyLevel }
  | { type: 'look'; look: Look }
  /** Those of the links asked for that are the site's; again whenever one of them changes. */
  | { type: 'links'; links: Record<string, LinkFace> }
  | { type: 'invitation'; invitation: VisitorInvitation }
  /** The invitation is over here: take the card away. */
  | {
      type: 'invitation.ended'
      invitationId: InvitationId
      state: InvitationState
      reason?: InvitationReason
    }
  /** A chat of this visitor began (in any tab) or changed; `chat.open` gets its messages. */
  | { type: 'chat'; chat: VisitorChat }
  | { type: 'chat.snapshot'; chatId: ChatId; state: VisitorChatState }
  | { type: 'chat.event'; chatId: ChatId; event: VisitorChatEvent }
  | { type: 'done'; id: string; seq?: number; chatId?: ChatId }
  | {
      type: 'refused'
      id?: string
      code: RefusalCode
      message: string
      /** With `form_incomplete`: what is wrong, by the ids of fields. */
      problems?: Record<string, FieldProblem>
    }
  /** The departments one may choose, and what each asks. */
  | { type: 'form'; departments: OfferedDepartment[] }
  /** Bring the file now: `POST /files`, the pass on the first line, then the bytes. */
  | { type: 'file.go'; id: string; pass: string }
  /** `POST /files/read` with the pass gives the file. */
  | { type: 'file.pass'; fileId: FileId; pass: string }
  /** The best few of the brand's own; none is an answer too. */
  | { type: 'articles'; found: ArticleFound[] }
  /** For whoever builds the page, in their browser's console: what it said was not taken as it was meant. */
  | { type: 'warning'; code: IdentityProblem; message: string }
  | { type: 'known'; known: KnownOfVisitor }
  /** The person changed (`identify(null)`): forget invitation and chat, a new visit has begun. */
  | { type: 'reset' }
  /** The node is stopping: reconnect within this time, spread at random. */
  | { type: 'move'; withinMs: number }
