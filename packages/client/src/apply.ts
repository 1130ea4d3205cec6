import type {
  AgentId,
  BoardAgent,
  BoardEvent,
  BoardGroup,
  BoardState,
  ChatDetailEvent,
  ChatDetailState,
  ChatId,
  ChatRow,
  ChatsEvent,
  ChatsState,
  ChatWork,
  Colleague,
  ColleaguesEvent,
  ColleaguesState,
  FilterId,
  FiltersEvent,
  FiltersState,
  GroupId,
  MapEvent,
  MapState,
  MeEvent,
  MeState,
  Message,
  OfflineEvent,
  OfflineMessageId,
  OfflineRow,
  OfflineState,
  PageView,
  Place,
  SavedFilter,
  Timestamp,
  TopicName,
  TopicTypes,
  VisitEvent,
  VisitId,
  VisitorChatEvent,
  VisitorChatState,
  VisitorEvent,
  VisitorState,
  VisitRow,
  VisitState,
  WindowEvent,
  WindowState,
} from '@beckon/protocol'
import { LIMITS } from '@beckon/protocol/limits'

/*
 * What an event does to the state of its topic. The law of DESIGN §7 is about these functions:
 * snapshot before + events = snapshot after. They change nothing in place, and whatever an event
 * does not touch is the very same object afterwards, so that a row not changed is not drawn again.
 */

type Apply<N extends TopicName> = (
  state: TopicTypes[N]['state'],
  event: TopicTypes[N]['event'],
) => TopicTypes[N]['state']

const appliers: { readonly [N in TopicName]: Apply<N> } = {
  window: applyWindow,
  counts: (_, event) => event,
  map: applyMap,
  visit: applyVisit,
  visitor: applyVisitor,
  values: (_, event) => event,
  chats: applyChats,
  chat: applyChat,
  board: applyBoard,
  me: applyMe,
  filters: applyFilters,
  colleagues: applyColleagues,
  offline: applyOffline,
}

/** The state of a topic after one event. */
export function applyEvent<N extends TopicName>(
  topic: N,
  state: TopicTypes[N]['state'],
  event: TopicTypes[N]['event'],
): TopicTypes[N]['state'] {
  return appliers[topic](state, event)
}

/** A visitor's own chat after one event. */
export function applyVisitorChat(
  state: VisitorChatState,
  event: VisitorChatEvent,
): VisitorChatState {
  return {
    ...merged(state, event),
    messages: withMessages(state.messages, event.messages),
  }
}

/**
 * A snapshot that was asked for with `after` holds only what is new: the messages already here stay
 * before it. Harmless when the server sent all of them.
 */
export function resumed<S extends { messages: Message[] }>(held: S | undefined, snapshot: S): S {
  const first = snapshot.messages[0]
  const before = held?.messages.filter(({ seq }) => !first || seq < first.seq) ?? []
  return before.length > 0 ? { ...snapshot, messages: [...before, ...snapshot.messages] } : snapshot
}

/** Highest seq held, to ask for what comes after it; 0 = none. */
export const lastSeq = (messages: readonly Message[] | undefined): number =>
  messages?.at(-1)?.seq ?? 0

function applyWindow(state: WindowState, event: WindowEvent): WindowState {
  const { rows: changed, ...facts } = event
  return { ...merged(state, facts), rows: windowRows(state, event.order ?? state.order, changed) }
}

function windowRows(
  state: WindowState,
  order: readonly VisitId[],
  changed: readonly VisitRow[] = [],
): WindowState['rows'] {
  if (order === state.order && changed.length === 0) return state.rows
  const news = new Map(changed.map((row) => [row.id, row]))
  const rows: WindowState['rows'] = {}
  for (const id of order) {
    const row = news.get(id) ?? state.rows[id]
    if (row) rows[id] = row
  }
  return rows
}

function applyMap(state: MapState, event: MapEvent): MapState {
  const { set, drop, ...facts } = event
  return {
    ...merged(state, facts),
    places: withEntries<string, Place>(state.places, { set, drop }, placeKey),
  }
}

const placeKey = (place: Place) => place.key

function applyVisit(state: VisitState, event: VisitEvent): VisitState {
  const { pages, ...facts } = event
  return { ...merged(state, facts), pages: withPages(state.pages, pages) }
}

function withPages(pages: PageView[], changed: readonly PageView[] = []): PageView[] {
  if (changed.length === 0) return pages
  const news = new Map(changed.map((page) => [page.id, page]))
  const kept = pages.map((page) => {
    const changedPage = news.get(page.id)
    news.delete(page.id)
    return changedPage ?? page
  })
  return [...kept, ...news.values()].slice(-LIMITS.trailLast)
}

function applyChats(state: ChatsState, event: ChatsEvent): ChatsState {
  return { chats: withEntries<ChatId, ChatRow>(state.chats, event, (chat) => chat.id) }
}

function applyOffline(state: OfflineState, event: OfflineEvent): OfflineState {
  return {
    messages: withEntries<OfflineMessageId, OfflineRow>(state.messages, event, ({ id }) => id),
  }
}

function applyChat(state: ChatDetailState, event: ChatDetailEvent): ChatDetailState {
  const { work, ...facts } = event
  return {
    ...merged(state, facts),
    messages: withMessages(state.messages, event.messages),
    work: work ? withWork(state.work, work) : state.work,
  }
}

function withWork(state: ChatWork, { notes, log, ...facts }: Partial<ChatWork>): ChatWork {
  return {
    ...merged(state, facts),
    notes: withLines(state.notes, notes),
    log: withLines(state.log, log),
  }
}

type Written = { id: string; at: Timestamp }

/** Each in its place by time; one that is here already is replaced. */
function withLines<T extends Written>(lines: T[], told: readonly T[] = []): T[] {
  if (told.length === 0) return lines
  const all = new Map([...lines, ...told].map((line) => [line.id, line]))
  return [...all.values()].sort(byTime)
}

const byTime = (a: Written, b: Written): number => a.at - b.at || (a.id < b.id ? -1 : 1)

function applyBoard(state: BoardState, event: BoardEvent): BoardState {
  return {
    groups: withEntries<GroupId, BoardGroup>(
      state.groups,
      { set: event.groups ?? [], drop: event.dropGroups ?? [] },
      ({ id }) => id,
    ),
    agents: withEntries<AgentId, BoardAgent>(
      state.agents,
      { set: event.agents ?? [], drop: event.dropAgents ?? [] },
      ({ id }) => id,
    ),
  }
}

function applyVisitor(state: VisitorState, event: VisitorEvent): VisitorState {
  return merged(state, event)
}

function applyMe(state: MeState, event: MeEvent): MeState {
  return merged(state, event)
}

function applyColleagues(state: ColleaguesState, event: ColleaguesEvent): ColleaguesState {
  return { colleagues: withEntries<string, Colleague>(state.colleagues, event, ({ key }) => key) }
}

function applyFilters(state: FiltersState, event: FiltersEvent): FiltersState {
  const { set, drop, ...facts } = event
  return {
    ...merged(state, facts),
    filters: withEntries<FilterId, SavedFilter>(state.filters, { set, drop }, (one) => one.id),
  }
}

/** Messages only ever come at the end; one that is already here (seq ≤ the last) is dropped. */
function withMessages(messages: Message[], added: readonly Message[] = []): Message[] {
  const last = lastSeq(messages)
  const news = added.filter(({ seq }) => seq > last)
  return news.length > 0 ? [...messages, ...news] : messages
}

function withEntries<K extends string, T>(
  entries: Record<K, T>,
  { set = [], drop = [] }: { set?: readonly T[]; drop?: readonly K[] },
  keyOf: (entry: T) => K,
): Record<K, T> {
  if (set.length === 0 && drop.length === 0) return entries
  const next = { ...entries }
  for (const key of drop) delete next[key]
  for (const entry of set) next[keyOf(entry)] = entry
  return next
}

/** An absent field changes nothing; so does an undefined one, which the wire would have left out. */
function merged<S extends object>(state: S, facts: Partial<S>): S {
  const next = { ...state }
  for (const key of Object.keys(facts) as (keyof S)[]) {
    const value = facts[key]
    if (value !== undefined) next[key] = value
  }
  return next
}
