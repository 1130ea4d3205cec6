import type {
  ChatId,
  InvitationId,
  LinkStyle,
  Look,
  Message,
  VisitId,
  VisitorChat,
  VisitorChatState,
  VisitorInvitation,
} from '@beckon/protocol'
import {
  DEFAULT_FORM,
  type DepartmentId,
  LANGUAGES,
  type LanguageCode,
  type OfferedDepartment,
} from '@beckon/protocol'
import { themesOf } from '@beckon/protocol/theme'
import type { Welcome } from '../../tracker/src/port.ts'
import type { FakePort } from './fake-port.ts'

/* Every state of the widget, as the server would tell it (UI §6). */

export type Story = {
  welcome: Welcome
  /** What one may choose before a chat; one department as shipped where a story says nothing. */
  departments?: OfferedDepartment[]
  stored?: Record<string, string>
  /** What happens after mounting. */
  later?: (port: FakePort, handle: { open(): void }) => void
}

const INVITATION = '01890a5d-ac96-774b-bcce-000000000001' as InvitationId
const CHAT = '01890a5d-ac96-774b-bcce-000000000002' as ChatId
const VISIT = '01890a5d-ac96-774b-bcce-000000000003' as VisitId

export const style: LinkStyle = {
  accent: '#1d5c47',
  corners: 'round',
  position: 'right',
  distance: 24,
  scheme: 'auto',
  onlineText: 'Chat',
  offlineText: 'We are away',
  title: '',
  greeting: 'How can we help?',
}

const ana = { name: 'Ana', initials: 'AD', tint: 0 }

export const look = (changes: Partial<Look> = {}): Look => ({
  style,
  themes: themesOf(style),
  launcher: true,
  online: true,
  siteName: 'Ridgeline Cycles',
  ...changes,
})

export const invitation = (changes: Partial<VisitorInvitation> = {}): VisitorInvitation => ({
  id: INVITATION,
  state: 'sent',
  text: 'Hi Marta Kowalczyk, I’m Ana from the Bike advice desk at Ridgeline. Choosing a frame size is easier with two measurements – shall I work yours out with you?',
  agent: ana,
  groupName: 'Bike advice',
  siteName: 'Ridgeline Cycles',
  canKeep: true,
  ...changes,
})

export const welcome = (changes: Partial<Welcome> = {}): Welcome => ({
  type: 'welcome',
  v: 1,
  now: 0,
  privacy: 'returning',
  visit: VISIT,
  look: look(),
  ...changes,
})

export const chat = (changes: Partial<VisitorChat> = {}): VisitorChat => ({
  id: CHAT,
  state: 'active',
  agent: ana,
  groupName: 'Bike advice',
  lastSeq: 0,
  agentSeen: 0,
  visitorSeen: 0,
  ...changes,
})

export const support: OfferedDepartment = {
  id: 'department-support' as DepartmentId,
  name: 'Support',
  online: true,
  fields: DEFAULT_FORM.fields,
}

/** Own fields of every kind, in one of several departments. */
export const desks: OfferedDepartment[] = ['Bikes and sizes', 'My order', 'Workshop', 'Trade'].map(
  (name, at) => ({
    ...support,
    id: `department-${at}` as DepartmentId,
    name,
    online: at < 3,
    greeting: 'How can we help?',
    fields: [
      ...support.fields,
      { id: 'order', kind: 'text', label: 'Order number', required: at === 1 },
      {
        id: 'size',
        kind: 'select',
        label: 'Frame size',
        required: at === 1,
        options: ['52', '54'],
      },
      { id: 'terms', kind: 'checkbox', label: 'I have read the notes on data', required: at === 1 },
    ],
  }),
)

const speaking = (code: LanguageCode): Partial<Look> => {
  const { shipped, from, ...rest } = LANGUAGES[code]
  const words = { ...rest, from: from.split('{name}') }
  return { language: code, words, style: { ...style, ...shipped } }
}

const today = (time: string) => new Date(`${new Date().toDateString()} ${time}`).getTime()

const message = (
  seq: number,
  from: Message['from'],
  said: { at: string; text: string },
): Message => ({
  seq,
  clientId: `message-${seq}`,
  from,
  name: from === 'agent' ? 'Ana' : '',
  text: said.text,
  at: today(said.at),
})

export const talk: Message[] = [
  message(1, 'agent', { at: '14:22', text: invitation().text }),
  message(2, 'visitor', {
    at: '14:23',
    text: 'oh hi! yes please. I’m 171 cm and stuck between 52 and 54',
  }),
  message(3, 'agent', {
    at: '14:24',
    text: 'Happy to. What is your inseam? Stand against a wall, book between your legs, measure to the top edge.',
  }),
  message(4, 'visitor', { at: '14:25', text: '79 cm' }),
  message(5, 'agent', {
    at: '14:26',
    text: 'Then the 52 is yours: 4 cm of stand-over clearance. See https://ridgeline.example/sizes.',
  }),
  message(6, 'visitor', { at: '14:28', text: 'that makes sense. is the frost 52 in stock?' }),
]

export const conversation = (
  changes: Partial<VisitorChatState> = {},
  about: Partial<VisitorChat> = {},
): VisitorChatState => ({
  chat: chat({ lastSeq: talk.length, agentSeen: talk.length, ...about }),
  messages: talk,
  typing: false,
  ...changes,
})

const tell = (port: FakePort, state: VisitorChatState) =>
  port.say({ type: 'chat.snapshot', chatId: CHAT, state })

function tomorrow(): number {
  const at = new Date()
  at.setDate(at.getDate() + 1)
  return at.setHours(9, 0, 0, 0)
}

/** The panel asks for its messages when it has been loaded. */
async function asked(port: FakePort): Promise<void> {
  while (!port.sent.some(({ type }) => type === 'chat.open')) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const talking = (state: VisitorChatState, after?: (port: FakePort) => void): Story => ({
  welcome: welcome({ chat: state.chat }),
  later: async (port, handle) => {
    handle.open()
    await asked(port)
    tell(port, state)
    after?.(port)
  },
})

const arabic = {
  agent: { ...ana, name: 'آنا' },
  groupName: 'استشارات الدراجات',
  text: 'مرحبًا، أنا آنا من قسم استشارات الدراجات. هل أساعدك في اختيار مقاس الإطار؟',
}

export const stories: Readonly<Record<string, Story>> = {
  launcher: { welcome: welcome() },
  'launcher-away': { welcome: welcome({ look: look({ online: false }) }) },
  'launcher-unread': {
    welcome: welcome({ chat: chat({ lastSeq: 5, visitorSeen: 1 }) }),
    later: async (port) => {
      await asked(port)
      tell(port, conversation({ messages: talk.slice(0, 5) }, { lastSeq: 5, visitorSeen: 1 }))
    },
  },
  nothing: { welcome: welcome({ look: look({ launcher: false }) }) },
  card: { welcome: welcome({ invitation: invitation() }) },
  'card-long': {
    welcome: welcome({ invitation: invitation({ text: `${invitation().text}\n\n`.repeat(12) }) }),
  },
  'card-closing': {
    welcome: welcome({ invitation: invitation({ state: 'viewed', remainingMs: 15_000 }) }),
  },
  'card-ended': {
    welcome: welcome({ invitation: invitation({ state: 'viewed', remainingMs: 60_000 }) }),
    stored: { announced: INVITATION, written: 'Do you have the 52 in Frost?' },
    later: (port) =>
      port.say({ type: 'invitation.ended', invitationId: INVITATION, state: 'ignored' }),
  },
  'card-rtl': { welcome: welcome({ invitation: invitation(arabic) }) },
  before: { welcome: welcome(), later: (_, handle) => handle.open() },
  'before-desks': {
    welcome: welcome(),
    departments: desks,
    later: (_, handle) => handle.open(),
  },
  offline: {
    welcome: welcome({ look: look({ online: false, opensAt: tomorrow() }) }),
    departments: [{ ...support, online: false }],
    later: (_, handle) => handle.open(),
  },
  queue: talking({
    chat: chat({
      state: 'queued',
      agent: undefined,
      place: 2,
      waitMs: 125_000,
      groupName: 'Orders and delivery',
    }),
    messages: [message(1, 'visitor', { at: '14:20', text: 'Can you deliver to a pick-up point?' })],
    typing: false,
  }),
  chatting: talking(conversation({ typing: true })),
  reopened: { welcome: welcome({ chat: chat() }), stored: { open: '1' } },
  lost: talking(
    conversation({ messages: talk.slice(0, 4) }, { lastSeq: 4, agentSeen: 4 }),
    (port) => port.become('lost'),
  ),
  ended: talking(
    conversation(
      {},
      { state: 'ended', endedBy: 'agent', endedAt: today('14:41'), survey: { comment: true } },
    ),
  ),
  'chatting-ar': {
    ...talking({
      chat: chat({ lastSeq: 4, agentSeen: 4, joinedAt: today('14:22') + 1, ...arabic }),
      messages: [
        message(1, 'visitor', { at: '14:20', text: 'مرحبًا، أحتاج إلى مساعدة' }),
        { ...message(2, 'agent', { at: '14:22', text: arabic.text }), name: arabic.agent.name },
        message(3, 'visitor', { at: '14:24', text: 'نعم من فضلك. طولي 171 سم' }),
        message(4, 'visitor', { at: '14:25', text: '79 سم' }),
      ],
      typing: true,
    }),
    welcome: welcome({ look: look(speaking('ar')), chat: chat({ lastSeq: 4, ...arabic }) }),
  },
  'before-ar': {
    welcome: welcome({ look: look(speaking('ar')) }),
    departments: desks,
    later: (_, handle) => handle.open(),
  },
  'ended-de': {
    ...talking(
      conversation(
        {},
        { state: 'ended', endedBy: 'agent', endedAt: today('14:41'), survey: { comment: true } },
      ),
    ),
    welcome: welcome({ look: look(speaking('de')), chat: chat() }),
  },
  'card-he': {
    welcome: welcome({ look: look(speaking('he')), invitation: invitation() }),
  },
}
