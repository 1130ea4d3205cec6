import { ANSWER_CHARACTERS } from './answer.ts'

/** Version of the wire protocol, said in every hello. See docs/protocol.md, “What changed since”. */
export const PROTOCOL_VERSION = 1

/** Limits of DESIGN §11. Over one of them: a named refusal, counted, never a crash. */
export const LIMITS = {
  /** Characters of a chat message, and of an invitation after rendering. */
  messageCharacters: 4_000,
  /** Bytes of one frame from a visitor. */
  visitorFrameBytes: 16 * 1024,
  /** Bytes of one frame from an agent. */
  agentFrameBytes: 64 * 1024,
  /** Frames a second from one visitor connection, and how many may come at once. */
  framesPerSecond: 20,
  frameBurst: 60,
  /** Nesting of JSON; deeper input can overflow the stack of whoever prints it. */
  jsonDepth: 8,
  /** Time to say hello after connecting. */
  helloMs: 10_000,
  /** Bytes waiting in one connection: at half presence is coalesced, at full it is cut. */
  sendQueueBytes: 1024 * 1024,
  /** Connections per address and site. */
  connectionsPerIp: 50,
  /** Unsent messages a visitor's browser keeps. */
  outboxMessages: 200,
  /** Visitors invited at once, and those one console may say it attends to. */
  recipients: 25,
  /** Rows one window may hold. */
  windowRows: 200,
  /** Visits one range or selection may have, one search finds, and one export writes. */
  rangeRows: 1_000,
  foundRows: 8,
  exportRows: 50_000,
  searchCharacters: 100,
  /** Conditions of one filter, and characters of the value of one. */
  conditions: 50,
  conditionCharacters: 500,
  /** Saved filters of one agent; as many may be shared. */
  filters: 200,
  filterNameCharacters: 60,
  /** Notes on one visitor and characters of one; tags of one visitor, of one brand, and characters of one. */
  notes: 200,
  noteCharacters: 2_000,
  /** Notes and tags of one chat. */
  chatNotes: 300,
  chatTags: 20,
  visitorTags: 20,
  brandTags: 500,
  tagCharacters: 40,
  /** Of one visitor in the details pane: chats, and what pages said about who it is. */
  chatsShown: 50,
  identifiedShown: 50,
  /** Of a visit with many pages: the newest that travel live, and the first that can be asked for. */
  trailLast: 180,
  trailFirst: 20,
  /** Saved messages of one agent, or shared in one brand, and their names. */
  fileBytes: 10 * 1024 * 1024,
  fileName: 200,
  articles: 500,
  articleTitle: 120,
  articleLead: 240,
  articleCharacters: 40_000,
  savedMessages: 200,
  savedMessageName: 80,
  /** Canned replies of one agent, or shared in one brand; what is typed for one, and their headings. */
  cannedReplies: 500,
  shortcutCharacters: 32,
  categoryCharacters: 40,
  /** Answers to own questions in an offline message, and such messages in the list. */
  offlineFields: 20,
  offlineListed: 500,
  /** Mails of one chat that its visitor may ask for. */
  transcripts: 3,
  /** Fields before a chat, options of one, an answer; the comment after a chat. */
  formFields: 12,
  fieldOptions: 30,
  answerCharacters: ANSWER_CHARACTERS,
  surveyCharacters: 1_000,
  urlCharacters: 2_048,
  titleCharacters: 300,
  attributes: 40,
  attributeCharacters: 500,
  /** An identity token, and whom it names. */
  tokenCharacters: 4_000,
  subjectCharacters: 200,
  /** Of one site, so that a new one can take over from an old one. */
  identityKeys: 2,
} as const
