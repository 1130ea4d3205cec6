/** A planted bug: one place in one source file, changed. A text that is not there any more fails. */
export type Mutation = {
  name: string
  file: string
  find: string
  replace: string
  /** It takes the scheduler to find it. */
  scheduled?: boolean
}

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'the clock starts at sending',
    file: 'invitations/invitation.ts',
    find: 'deadline: now + terms.unseen,',
    replace: 'deadline: now + terms.answer,',
  },
  {
    name: 'a second view starts the clock again',
    file: 'invitations/invitation.ts',
    find: "if (open.state === 'viewed') return []",
    replace: "if (open.state === 'viewed') return [view(open as never, now, terms)]",
  },
  {
    name: 'an unseen invitation never expires',
    file: 'invitations/invitation.ts',
    find: "expire(open, now, 'not_viewed')",
    replace: 'open',
  },
  {
    name: 'the deadline itself is not yet past it',
    file: 'invitations/invitation.ts',
    find: 'now >= invitation.deadline',
    replace: 'now > invitation.deadline',
  },
  {
    name: 'keeping it open may be repeated at once',
    file: 'invitations/invitation.ts',
    find: 'if (viewed.deadline - now > KEEP_OFFERED) return viewed',
    replace: '',
  },
  {
    name: 'nothing sweeps',
    file: 'invitations/ends.ts',
    find: 'due.map(({ id }) =>',
    replace: 'due.slice(0, 0).map(({ id }) =>',
  },
  {
    name: 'a stranger withdraws',
    file: 'invitations/ends.ts',
    find: 'if (!invited || !mayWithdraw(actor, invited, directory.now))',
    replace: 'if (!invited)',
  },
  {
    name: 'two invitations are open at once',
    file: 'invitations/send.ts',
    find: 'const row = await openInvitationOf(work.tx, visit.visitorId)\n    if (!row) return',
    replace:
      'const row = await openInvitationOf(work.tx, visit.visitorId)\n    if (row || !row) return',
  },
  {
    name: 'anybody replaces an invitation',
    file: 'invitations/send.ts',
    find: 'command.replace !== row.id || !mayWithdraw(actor, invited, directory.now)',
    replace: 'command.replace !== row.id',
  },
  {
    name: 'a visitor is invited during a chat',
    file: 'invitations/send.ts',
    find: 'if (!chat) return',
    replace: 'if (chat || !chat) return',
  },
  {
    name: 'a group whose department has no live chat is taken',
    file: 'invitations/send.ts',
    find: '!department?.liveChat || ',
    replace: '!department || ',
  },
  {
    name: 'group and department are not filled in',
    file: 'invitations/send.ts',
    find: '{ ...version.values, ...names }',
    replace: 'version.values',
  },
  {
    name: 'another visitor answers',
    file: 'invitations/answers.ts',
    find: 'if (!row || row.visitor_id !== visitor.visitorId)',
    replace: 'if (!row)',
  },
  {
    name: 'a second reply starts nothing and is lost',
    file: 'invitations/answers.ts',
    find: 'if (row.chat_id) {',
    replace: 'if (row.chat_id === row.id as never) {',
  },
  {
    name: 'the chat goes to the queue instead of the inviter',
    file: 'invitations/accept.ts',
    find: ': { agentId: row.agent_id }),',
    replace: ': {}),',
  },
  {
    name: 'the reply comes without the invitation before it',
    file: 'invitations/accept.ts',
    find: 'text: row.text,',
    replace: 'text: reply.text,',
  },
  {
    name: 'tabs are not told of the end',
    file: 'invitations/delivery.ts',
    find: 'presence.say(visitorId, {',
    replace: 'presence.say(id as never, {',
  },
  {
    name: 'the other tabs are not told that the clock runs',
    file: 'invitations/delivery.ts',
    find: 'for (const tab of tabs) {',
    replace: "for (const tab of invitation.state === 'viewed' ? [] : tabs) {",
  },
  {
    name: 'an end leaves no event',
    file: 'invitations/moves.ts',
    find: 'if (step.state === state && !kept) continue',
    replace: 'if (!isOpen(step)) continue',
  },
  {
    name: 'a chat leaves the invitation open',
    file: 'chats/visitor-side.ts',
    find: 'await moves.supersede(work, visitor.visitorId)',
    replace: '',
  },
  {
    name: 'the same message is stored again',
    file: 'chats/messages.ts',
    find: 'if (before) {',
    replace: 'if (before && before.seq < 0) {',
  },
  {
    name: 'a message does not ring',
    file: 'chats/messages.ts',
    find: 'announceChat(announce, chat)',
    replace: '',
  },
  {
    name: 'what was read stays unread',
    file: 'store/chat-rows.ts',
    find: ".where('seq', '>', seq)",
    replace: '',
  },
  {
    name: 'the second take wins too',
    file: 'chats/changes.ts',
    find: "{ id: chat.id, state: 'queued' },",
    replace: 'chat,',
  },
  {
    name: 'every agent sees every chat',
    file: 'chats/chats-topic.ts',
    find: 'return mayOpenChat(',
    replace: 'return true || mayOpenChat(',
  },
  {
    name: 'a repeated command runs again',
    file: 'conversations/once.ts',
    find: 'if (done) {',
    replace: 'if (done && done.result === command.actorId) {',
  },
  {
    name: 'a new page does not get the card',
    file: 'conversations/welcome.ts',
    find: 'if (card && !due) parts.invitation = card',
    replace: '',
  },
  {
    name: 'numbers have gaps',
    file: 'store/chat-rows.ts',
    find: "last_seq: eb('last_seq', '+', 1),",
    replace: "last_seq: eb('last_seq', '+', 2),",
  },
  {
    name: 'a tab that opened the chat does not hear what becomes of it',
    file: 'chats/visitor-tabs.ts',
    find: 'event: { chat: inWordsOf(tab) }',
    replace: 'event: {}',
  },
  {
    name: 'a tab that did not open the chat does not hear of it',
    file: 'chats/visitor-tabs.ts',
    find: "tab.say({ type: 'chat', chat: inWordsOf(tab) })",
    replace: 'void tab',
  },
  {
    name: 'the agent does not see the visitor type',
    file: 'chats/chat-topic.ts',
    find: 'if (typing !== held.typing) emit({ typing })',
    replace: '',
  },
  {
    name: 'what is not committed yet is announced',
    file: 'conversations/commit.ts',
    find: 'announce: (announcement) => void said.push(announcement)',
    replace: 'announce: (announcement) => bus.publish(announcement)',
    scheduled: true,
  },
  {
    name: 'a message falls between the snapshot and the first event',
    file: 'chats/visitor-tabs.ts',
    find: `frame: OpenFrame): Promise<void> =>
    line.add(async () => {
      const { chat, record, messages } = await store.read(`,
    // What is looked up after the messages is what lets one fall in between.
    replace: `frame: OpenFrame): Promise<void> =>
    ((job: () => Promise<void>) => job())(async () => {
      const readMore = async <T>(ask: (db: Db) => Promise<T>): Promise<T> => {
        const found = await store.read(ask)
        await store.read((db) => db.selectFrom('chats').select('id').limit(1).execute())
        return found
      }
      const { chat, record, messages } = await readMore(`,
    scheduled: true,
  },
]
