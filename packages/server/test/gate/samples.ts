import type { AgentCommand, FileId, Topic } from '@beckon/protocol'
import { DEFAULT_SORT, EVERYONE } from '@beckon/protocol'
import { newId } from '../../src/ids.ts'
import { insertFile } from '../../src/store/file-rows.ts'
import { STYLE } from '../open-http.ts'
import type { AgentLine } from '../whole.ts'
import { type GateScene, PASSWORD, type Place, wordOf } from './gate-scene.ts'

/*
 * One line for every route, command and topic: a question that would be granted to whoever may ask
 * it, about a thing here, over there, or nowhere. What is missing here fails the test.
 */

export type At = Place | 'missing'
export type Request = { path: string; body?: object }
/** About one thing, or about nothing in particular: then it is asked once. */
export type Sample<T> = {
  about: 'thing' | 'all'
  /** `line`: the console of whoever asks, where there is one. */
  make: (scene: GateScene, at: At, line?: AgentLine) => T | Promise<T>
}

const all = <T>(make: (scene: GateScene) => T | Promise<T>): Sample<T> => ({ about: 'all', make })
const thing = <T>(
  make: (scene: GateScene, at: At, line?: AgentLine) => T | Promise<T>,
): Sample<T> => ({
  about: 'thing',
  make,
})

const nowhere = <T extends string>(): T => newId<T>()
const pick = <T extends string>(at: At, ids: Record<Place, T | undefined>): T =>
  at === 'missing' ? nowhere<T>() : (ids[at] ?? nowhere<T>())
/** The same thing for one question after another, until somebody was granted a change of it. */
const kept = new WeakMap<GateScene, Map<string, unknown>>()
async function keep<T>(scene: GateScene, key: string, make: () => Promise<T>): Promise<T> {
  const things = kept.get(scene) ?? new Map<string, unknown>()
  kept.set(scene, things)
  if (!things.has(key)) things.set(key, await make())
  return things.get(key) as T
}
/** What was kept may have changed: make it anew. */
export const forgetThings = (scene: GateScene): void => kept.get(scene)?.clear()

const ofPlace = async <T extends string>(
  scene: GateScene,
  at: At,
  what: string,
  make: (place: Place) => Promise<T>,
): Promise<T> => (at === 'missing' ? nowhere<T>() : keep(scene, `${what} ${at}`, () => make(at)))

const chatAt = (scene: GateScene, at: At) =>
  ofPlace(scene, at, 'chat', async (place) => (await scene.chat(place)).chatId)
/** One that is answered by whoever owns the place. */
const activeChatAt = (scene: GateScene, at: At) =>
  ofPlace(scene, at, 'active chat', async (place) => {
    const { chatId } = await scene.chat(place)
    await scene.bosses[place].ask({ type: 'chat.take', chatId })
    return chatId
  })
const invitationAt = (scene: GateScene, at: At) =>
  ofPlace(scene, at, 'invitation', async (place) => (await scene.invitation(place)).invitationId)
const offlineAt = (scene: GateScene, at: At) =>
  ofPlace(scene, at, 'offline', (place) => scene.offlineMessage(place))
const visitAt = (scene: GateScene, at: At) =>
  ofPlace(scene, at, 'visit', async (place) => (await scene.visit(place)).visitId)
const visitorAt = (scene: GateScene, at: At) =>
  ofPlace(scene, at, 'visitor', async (place) => (await scene.visit(place)).visitorId)

/** A new thing made over REST by whoever owns the place. */
const made = (
  scene: GateScene,
  at: At,
  path: string,
  body: (place: Place) => Promise<object> | object,
) =>
  ofPlace(scene, at, path, async (place) => {
    const by = ['/articles', '/bans', '/saved-messages', '/canned-replies'].includes(path)
      ? place
      : 'here'
    const answer = await scene.ask(by, 'POST', `/api/v1${path}`, await body(place))
    const { id } = JSON.parse(answer.text) as { id?: string }
    if (!id) throw new Error(`POST ${path}: ${answer.text}`)
    return id
  })

const unique = (): string => newId<string>().slice(-12)
let lastByte = 0
const departmentIn = ({ ids }: GateScene, at: At) =>
  pick(at, { here: ids.department.support, away: ids.department.away })
const account = () => ({
  name: unique(),
  chatName: unique(),
  email: `${unique()}@example.com`,
  password: PASSWORD,
  roles: ['agent'],
})
const BODIES = {
  '/agents': () => account(),
  '/brands': () => ({ name: unique() }),
  '/departments': ({ ids }, at) => ({
    name: unique(),
    liveChat: true,
    brandId: pick(at, ids.brand),
  }),
  '/groups': (scene, at) => ({
    name: unique(),
    departmentId: departmentIn(scene, at),
    memberIds: [],
  }),
  '/sites': ({ ids }, at) => ({
    name: unique(),
    origins: ['shop.example'],
    brandId: pick(at, ids.brand),
  }),
  '/links': ({ ids }, at) => ({
    name: unique(),
    siteId: pick(at, ids.site),
    type: 'button',
    style: STYLE,
  }),
  '/saved-messages': ({ ids }, at) => ({
    name: unique(),
    text: 'Hello',
    shared: true,
    brandId: pick(at, ids.brand),
  }),
  '/articles': ({ ids }, at) => ({
    title: unique(),
    body: 'Hello',
    brandId: pick(at, ids.brand),
  }),
  '/canned-replies': ({ ids }, at) => ({
    name: 'Hello',
    shortcut: unique(),
    text: 'Hello',
    shared: true,
    brandId: pick(at, ids.brand),
  }),
  '/bans': ({ ids }, at) => ({
    range: `198.18.0.${++lastByte % 250}`,
    brandId: pick(at, ids.brand),
  }),
} satisfies Record<string, (scene: GateScene, at: At) => object>

const post = (path: keyof typeof BODIES): Sample<Request> =>
  thing((scene, at) => ({ path, body: BODIES[path](scene, at) }))
const remove = (path: keyof typeof BODIES): Sample<Request> =>
  thing(async (scene, at) => ({
    path: `${path}/${await made(scene, at, path, (place) => BODIES[path](scene, place))}`,
  }))
const get = (path: string): Sample<Request> => all(() => ({ path }))
const STANDING = {
  brands: ({ ids }: GateScene, at: At) => pick(at, ids.brand),
  agents: (scene: GateScene, at: At) =>
    pick(at, {
      here: scene.ids.agent.get('administrator and agent'),
      away: scene.ids.agent.get('away'),
    }),
  departments: departmentIn,
  groups: ({ ids }: GateScene, at: At) =>
    pick(at, { here: ids.group.support, away: ids.group.away }),
  sites: ({ ids }: GateScene, at: At) => pick(at, ids.site),
  links: (scene: GateScene, at: At) =>
    made(scene, at, '/links', (place) => BODIES['/links'](scene, place)),
}
const one = (noun: keyof typeof STANDING, body?: object, below = ''): Sample<Request> =>
  thing(async (scene, at) => ({
    path: `/${noun}/${await STANDING[noun](scene, at)}${below}`,
    ...(body && { body }),
  }))

const siteAt = (scene: GateScene, at: At) =>
  made(scene, at, '/sites', (place) => BODIES['/sites'](scene, place))
const savedAt = (scene: GateScene, at: At) =>
  made(scene, at, '/saved-messages', (place) => BODIES['/saved-messages'](scene, place))
const fileAt = (scene: GateScene, at: At) =>
  ofPlace(scene, at, 'file', async (place) => {
    const chatId = await activeChatAt(scene, place)
    const id = newId<FileId>()
    await scene.whole.app.store.commit((tx) =>
      insertFile(tx, {
        id,
        chat_id: chatId,
        sender: 'visitor',
        name: 'plan.txt',
        type: 'text/plain',
        size: 4,
        created_at: 1,
        data: 'cGxhbg==',
      }),
    )
    return id
  })
const articleAt = (scene: GateScene, at: At) =>
  made(scene, at, '/articles', (place) => BODIES['/articles'](scene, place))

/** An account whose person has not come yet. */
const newcomerAt = (scene: GateScene, at: At) =>
  ofPlace(scene, at, 'newcomer', async () => {
    const { password: _, ...newcomer } = account()
    const answer = await scene.ask('here', 'POST', '/api/v1/agents', newcomer)
    return (JSON.parse(answer.text) as { id: string }).id
  })
const cannedAt = (scene: GateScene, at: At) =>
  made(scene, at, '/canned-replies', (place) => BODIES['/canned-replies'](scene, place))

/** A GIF of one pixel. */
const PIXEL = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
const LIST = { filter: EVERYONE, sort: DEFAULT_SORT }

export const ROUTES: Record<string, Sample<Request>> = {
  'GET /me': get('/me'),
  'GET /me/sign-in': get('/me/sign-in'),
  'GET /setup': get('/setup'),
  'GET /agents': get('/agents'),
  'POST /agents': all(() => ({ path: '/agents', body: account() })),
  'GET /agents/:id': one('agents'),
  'PATCH /agents/:id': one('agents', { chatName: 'Another' }),
  'DELETE /agents/:id': remove('/agents'),
  'GET /agent-access': get('/agent-access'),
  'GET /second-step': get('/second-step'),
  'PUT /second-step': all(() => ({ path: '/second-step', body: { roles: [] } })),
  'POST /agents/:id/reset': one('agents', { by: 'link' }, '/reset'),
  'POST /agents/:id/welcome': thing(async (scene, at) => ({
    path: `/agents/${await newcomerAt(scene, at)}/welcome`,
    body: { by: 'link' },
  })),
  'DELETE /agents/:id/welcome': thing(async (scene, at) => ({
    path: `/agents/${await newcomerAt(scene, at)}/welcome`,
  })),
  'DELETE /agents/:id/codes': thing(async (scene, at) => ({
    path: `/agents/${await newcomerAt(scene, at)}/codes`,
  })),
  'GET /brands': get('/brands'),
  'POST /brands': all(() => ({ path: '/brands', body: { name: unique() } })),
  'GET /brands/:id': one('brands'),
  'PATCH /brands/:id': one('brands', { logoText: null }),
  'DELETE /brands/:id': remove('/brands'),
  'GET /departments': get('/departments'),
  'POST /departments': post('/departments'),
  'GET /departments/:id': one('departments'),
  'PATCH /departments/:id': one('departments', { liveChat: true }),
  'DELETE /departments/:id': remove('/departments'),
  'GET /departments/:id/form': one('departments', undefined, '/form'),
  'PATCH /departments/:id/form': one('departments', { fields: [] }, '/form'),
  'GET /groups': get('/groups'),
  'POST /groups': post('/groups'),
  'GET /groups/:id': one('groups'),
  'PATCH /groups/:id': one('groups', {}),
  'DELETE /groups/:id': remove('/groups'),
  'GET /sites': get('/sites'),
  'POST /sites': post('/sites'),
  'GET /sites/:id': one('sites'),
  'PATCH /sites/:id': one('sites', { color: 3 }),
  'DELETE /sites/:id': remove('/sites'),
  'GET /sites/:id/signals': one('sites', undefined, '/signals'),
  'POST /sites/:id/page-check': one('sites', { url: 'http://127.0.0.1:5999/' }, '/page-check'),
  'GET /sites/:id/identity-keys': one('sites', undefined, '/identity-keys'),
  'POST /sites/:id/identity-keys': thing(async (scene, at) => ({
    path: `/sites/${await siteAt(scene, at)}/identity-keys`,
  })),
  'DELETE /identity-keys/:id': thing(async (scene, at) => {
    const keyId = await ofPlace(scene, at, 'key', async (place) => {
      const path = `/api/v1/sites/${await siteAt(scene, place)}/identity-keys`
      return (JSON.parse((await scene.ask('here', 'POST', path)).text) as { id: string }).id
    })
    return { path: `/identity-keys/${keyId}` }
  }),
  'GET /links': get('/links'),
  'POST /links': post('/links'),
  'GET /links/:id': one('links'),
  'PATCH /links/:id': one('links', { style: STYLE }),
  'DELETE /links/:id': remove('/links'),
  'POST /images': thing(({ ids }, at) => ({
    path: '/images',
    body: { siteId: pick(at, ids.site), data: PIXEL },
  })),
  'GET /bans': get('/bans'),
  'POST /bans': post('/bans'),
  'DELETE /bans/:id': remove('/bans'),
  'GET /articles': get('/articles'),
  'GET /articles/:id': thing(async (scene, at) => ({
    path: `/articles/${await articleAt(scene, at)}`,
  })),
  'POST /articles': post('/articles'),
  'PATCH /articles/:id': thing(async (scene, at) => ({
    path: `/articles/${await articleAt(scene, at)}`,
    body: { published: true },
  })),
  'DELETE /articles/:id': remove('/articles'),
  'POST /articles/preview': all(() => ({ path: '/articles/preview', body: { body: 'Hello' } })),
  'GET /chats/:id/articles': thing(async (scene, at) => ({
    path: `/chats/${await chatAt(scene, at)}/articles`,
  })),
  'GET /saved-messages': get('/saved-messages'),
  'POST /saved-messages': post('/saved-messages'),
  'PATCH /saved-messages/:id': thing(async (scene, at) => ({
    path: `/saved-messages/${await savedAt(scene, at)}`,
    body: { text: 'Hello again' },
  })),
  'DELETE /saved-messages/:id': remove('/saved-messages'),
  'POST /saved-messages/:id/used': thing(async (scene, at) => ({
    path: `/saved-messages/${await savedAt(scene, at)}/used`,
  })),
  'GET /canned-replies': get('/canned-replies'),
  'POST /canned-replies': post('/canned-replies'),
  'PATCH /canned-replies/:id': thing(async (scene, at) => ({
    path: `/canned-replies/${await cannedAt(scene, at)}`,
    body: { text: 'Hello again' },
  })),
  'DELETE /canned-replies/:id': remove('/canned-replies'),
  'POST /canned-replies/:id/used': thing(async (scene, at) => ({
    path: `/canned-replies/${await cannedAt(scene, at)}/used`,
  })),
  'GET /chats': get('/chats?state=ended'),
  'POST /chats/search': all(() => ({ path: '/chats/search', body: { text: 'hello' } })),
  'GET /chats/:id': thing(async (scene, at) => ({ path: `/chats/${await chatAt(scene, at)}` })),
  'GET /files/:id': thing(async (scene, at) => ({ path: `/files/${await fileAt(scene, at)}` })),
  'GET /chats/:id/transcript': thing(async (scene, at) => ({
    path: `/chats/${await chatAt(scene, at)}/transcript?format=text`,
  })),
  'GET /offline-messages': get('/offline-messages?state=done'),
  'GET /offline-messages/:id': thing(async (scene, at) => ({
    path: `/offline-messages/${await offlineAt(scene, at)}`,
  })),
  'GET /departments/:id/mailing': one('departments', undefined, '/mailing'),
  'PUT /departments/:id/mailing': one('departments', { to: 'agents' }, '/mailing'),
  'GET /mails': get('/mails'),
  'POST /mails/test': all(() => ({ path: '/mails/test', body: { to: 'ada@example.com' } })),
  'POST /mails/:id/try-again': all(async (scene) => {
    const answer = await scene.ask('here', 'POST', '/api/v1/mails/test', { to: 'a@example.com' })
    return { path: `/mails/${(JSON.parse(answer.text) as { id: string }).id}/try-again` }
  }),
  'GET /visitors/:id/visits': thing(async (scene, at) => ({
    path: `/visitors/${await visitorAt(scene, at)}/visits`,
  })),
  'GET /chats/:id/targets': thing(async (scene, at) => ({
    path: `/chats/${await chatAt(scene, at)}/targets`,
  })),
  'GET /visitors/:id/export': thing(async (scene, at) => ({
    path: `/visitors/${await visitorAt(scene, at)}/export`,
  })),
  'DELETE /visitors/:id': thing(async (scene, at) => ({
    path: `/visitors/${await visitorAt(scene, at)}`,
  })),
  'GET /visits/:id/pages': thing(async (scene, at) => ({
    path: `/visits/${await visitAt(scene, at)}/pages`,
  })),
  'POST /visits/range': all(() => ({ path: '/visits/range', body: LIST })),
  'POST /visits/search': all(() => ({ path: '/visits/search', body: { text: 'a' } })),
  'POST /visits/export': all(() => ({
    path: '/visits/export',
    body: { ...LIST, format: 'json', columns: ['visitor'] },
  })),
  'GET /me/preferences': get('/me/preferences'),
  'PATCH /me/preferences': all(() => ({ path: '/me/preferences', body: {} })),
  'GET /tags': get('/tags'),
  'GET /reports/invitations': get('/reports/invitations'),
}

/** About whoever asks, and nobody else: tested with signing in. */
export const OWN_ROUTES = [
  'POST /sign-in',
  'POST /sign-in/code',
  'POST /sign-in/passkey/options',
  'POST /sign-in/passkey',
  'POST /sign-in/forgotten',
  'POST /sign-in/link',
  'POST /sign-in/new-password',
  'POST /sign-out',
  'POST /setup',
  'POST /me/password',
  'POST /me/proof',
  'DELETE /me/sign-ins/:id',
  'POST /me/sign-ins/end-others',
  'POST /me/codes',
  'POST /me/codes/confirm',
  'POST /me/codes/end',
  'POST /me/recovery-codes',
  'POST /me/passkeys/options',
  'POST /me/passkeys',
  'PATCH /me/passkeys/:id',
  'DELETE /me/passkeys/:id',
]

type Command = AgentCommand extends infer C
  ? C extends { id: string }
    ? Omit<C, 'id'>
    : never
  : never
const filterAt = (scene: GateScene, at: At) =>
  ofPlace(scene, at, 'filter', async (place) => {
    const filterId = newId<never>()
    await scene.bosses[place].ask({
      ...SHARED,
      name: wordOf(place),
      filterId,
      brandId: scene.ids.brand[place],
    })
    return filterId
  })
const SHARED = {
  type: 'filter.save',
  version: 0,
  filter: EVERYONE,
  shared: true,
} as const
const noteAt = (scene: GateScene, at: At) =>
  ofPlace(scene, at, 'note', async (place) => {
    const visitorId = await visitorAt(scene, place)
    const answer = await scene.bosses[place].ask<'visitor.note'>({
      type: 'visitor.note',
      visitorId,
      text: 'Hm',
    })
    return 'noteId' in answer ? answer.noteId : nowhere()
  })
const tagAt = (scene: GateScene, at: At) =>
  ofPlace(scene, at, 'tag', async (place) => {
    const visitorId = await visitorAt(scene, place)
    const answer = await scene.bosses[place].ask<'visitor.tag'>({
      type: 'visitor.tag',
      visitorId,
      name: 'loud',
    })
    return 'tag' in answer ? answer.tag.id : nowhere()
  })

export const COMMANDS: Record<AgentCommand['type'], Sample<Command>> = {
  'invitation.send': thing(async (scene, at, line) => {
    const visitId = await visitAt(scene, at)
    const values = await line?.look({ topic: 'values', visitId })
    return {
      type: 'invitation.send',
      visitId,
      groupId: at === 'away' ? scene.ids.group.away : scene.ids.group.support,
      template: 'Hello',
      version: values && 'version' in values ? values.version : 'none',
    }
  }),
  'invitation.withdraw': thing(async (scene, at) => ({
    type: 'invitation.withdraw',
    invitationId: await invitationAt(scene, at),
  })),
  'visit.stop': thing(async (scene, at) => ({
    type: 'visit.stop',
    visitId: await visitAt(scene, at),
  })),
  'visit.remove': thing(async (scene, at) => ({
    type: 'visit.remove',
    visitId: await visitAt(scene, at),
  })),
  'visitor.ban': thing(async (scene, at) => ({
    type: 'visitor.ban',
    visitorId: await visitorAt(scene, at),
  })),
  'availability.set': all(() => ({ type: 'availability.set', available: false })),
  'group.setActive': thing(({ ids }, at) => ({
    type: 'group.setActive',
    groupId: pick(at, { here: ids.group.support, away: ids.group.away }),
    active: true,
  })),
  'chats.handOn': all(() => ({ type: 'chats.handOn' })),
  'chat.take': thing(async (scene, at) => ({ type: 'chat.take', chatId: await chatAt(scene, at) })),
  'chat.end': thing(async (scene, at) => ({ type: 'chat.end', chatId: await chatAt(scene, at) })),
  'message.send': thing(async (scene, at) => ({
    type: 'message.send',
    chatId: await chatAt(scene, at),
    text: 'Hello',
  })),
  'chat.transfer': thing(async (scene, at) => ({
    type: 'chat.transfer',
    chatId: await chatAt(scene, at),
    groupId: pick(at, { here: scene.ids.group.support, away: scene.ids.group.away }),
    ...(at !== 'missing' && { agentId: scene.ids.agent.get(at) as never }),
    comment: 'Hm',
  })),
  'chat.note': thing(async (scene, at) => ({
    type: 'chat.note',
    chatId: await chatAt(scene, at),
    text: 'Hm',
  })),
  'chat.whisper': thing(async (scene, at) => ({
    type: 'chat.whisper',
    chatId: await activeChatAt(scene, at),
    text: 'Hm',
  })),
  'chat.join': thing(async (scene, at) => ({
    type: 'chat.join',
    chatId: await activeChatAt(scene, at),
  })),
  'chat.leave': thing(async (scene, at) => ({
    type: 'chat.leave',
    chatId: await activeChatAt(scene, at),
  })),
  'chat.takeOver': thing(async (scene, at) => ({
    type: 'chat.takeOver',
    chatId: await activeChatAt(scene, at),
  })),
  'chat.tag': thing(async (scene, at) => ({
    type: 'chat.tag',
    chatId: await chatAt(scene, at),
    name: 'loud',
  })),
  'chat.untag': thing(async (scene, at) => ({
    type: 'chat.untag',
    chatId: await chatAt(scene, at),
    tagId: nowhere() as never,
  })),
  'chat.contact': thing(async (scene, at) => ({
    type: 'chat.contact',
    chatId: await chatAt(scene, at),
    name: wordOf(at === 'away' ? 'away' : 'here'),
  })),
  'agent.setAvailable': thing(async (scene, at) => ({
    type: 'agent.setAvailable',
    agentId: pick(at, {
      here: scene.ids.agent.get('here'),
      away: scene.ids.agent.get('away'),
    }) as never,
    available: true,
  })),
  'agent.setActive': thing(async (scene, at) => ({
    type: 'agent.setActive',
    agentId: pick(at, {
      here: scene.ids.agent.get('here'),
      away: scene.ids.agent.get('away'),
    }) as never,
    groupId: pick(at, { here: scene.ids.group.support, away: scene.ids.group.away }),
    active: true,
  })),
  'filter.save': thing(async (scene, at) => ({
    ...SHARED,
    name: wordOf(at === 'away' ? 'away' : 'here'),
    version: 1,
    filterId: (await filterAt(scene, at)) as never,
    brandId: pick(at, scene.ids.brand),
  })),
  'filter.delete': thing(async (scene, at) => ({
    type: 'filter.delete',
    version: 1,
    filterId: (await filterAt(scene, at)) as never,
  })),
  'filters.arrange': all(() => ({ type: 'filters.arrange', hidden: [], order: [] })),
  'visitor.note': thing(async (scene, at) => ({
    type: 'visitor.note',
    visitorId: await visitorAt(scene, at),
    text: 'Hm',
  })),
  'note.edit': thing(async (scene, at) => ({
    type: 'note.edit',
    noteId: (await noteAt(scene, at)) as never,
    text: 'Ha',
  })),
  'note.delete': thing(async (scene, at) => ({
    type: 'note.delete',
    noteId: (await noteAt(scene, at)) as never,
  })),
  'visitor.tag': thing(async (scene, at) => ({
    type: 'visitor.tag',
    visitorId: await visitorAt(scene, at),
    name: 'loud',
  })),
  'offline.read': thing(async (scene, at) => ({
    type: 'offline.read',
    messageId: (await offlineAt(scene, at)) as never,
  })),
  'offline.take': thing(async (scene, at) => ({
    type: 'offline.take',
    messageId: (await offlineAt(scene, at)) as never,
    from: null,
  })),
  'offline.answer': thing(async (scene, at) => ({
    type: 'offline.answer',
    messageId: (await offlineAt(scene, at)) as never,
    text: 'Hm',
  })),
  'offline.done': thing(async (scene, at) => ({
    type: 'offline.done',
    messageId: (await offlineAt(scene, at)) as never,
    done: true,
  })),
  'file.offer': thing(async (scene, at) => ({
    type: 'file.offer',
    chatId: await activeChatAt(scene, at),
    name: 'plan.pdf',
    size: 1_000,
  })),
  'transcript.mail': thing(async (scene, at) => ({
    type: 'transcript.mail',
    chatId: await chatAt(scene, at),
    email: 'kim@example.com',
  })),
  'visitor.untag': thing(async (scene, at) => ({
    type: 'visitor.untag',
    tagId: (await tagAt(scene, at)) as never,
    visitorId: await visitorAt(scene, at),
  })),
}

export const TOPICS: Record<Topic['topic'], Sample<Topic>> = {
  window: all(() => ({
    topic: 'window',
    filter: EVERYONE,
    sort: { by: 'started', dir: 'desc' },
    offset: 0,
    limit: 100,
  })),
  counts: all(() => ({ topic: 'counts' })),
  map: all(() => ({ topic: 'map' })),
  visit: thing(async (scene, at) => ({ topic: 'visit', visitId: await visitAt(scene, at) })),
  visitor: thing(async (scene, at) => ({
    topic: 'visitor',
    visitorId: await visitorAt(scene, at),
  })),
  values: thing(async (scene, at) => ({ topic: 'values', visitId: await visitAt(scene, at) })),
  chats: all(() => ({ topic: 'chats' })),
  chat: thing(async (scene, at) => ({ topic: 'chat', chatId: await chatAt(scene, at) })),
  board: all(() => ({ topic: 'board' })),
  me: all(() => ({ topic: 'me' })),
  filters: all(() => ({ topic: 'filters' })),
  colleagues: all(() => ({ topic: 'colleagues' })),
  offline: all(() => ({ topic: 'offline' })),
}
