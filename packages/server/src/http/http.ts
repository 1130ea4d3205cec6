import fastifyRateLimit from '@fastify/rate-limit'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyInstance } from 'fastify'
import { createAgents } from '../agents/agents.ts'
import { createChange } from '../agents/change.ts'
import { agentRoutes } from '../agents/routes.ts'
import type { Articles } from '../articles/articles.ts'
import type { Library } from '../articles/library.ts'
import { articleRoutes } from '../articles/routes.ts'
import type { Bans } from '../bans/bans.ts'
import { banRoutes } from '../bans/routes.ts'
import { createBrands } from '../brands/brands.ts'
import { brandRoutes } from '../brands/routes.ts'
import { createCannedReplies } from '../canned-replies/canned-replies.ts'
import { cannedReplyRoutes } from '../canned-replies/routes.ts'
import { createEndedChats } from '../chats/ended-chats.ts'
import { createChatRecords } from '../chats/record.ts'
import { chatRoutes } from '../chats/routes.ts'
import { createTargets } from '../chats/targets.ts'
import { createDepartments } from '../departments/departments.ts'
import { departmentRoutes } from '../departments/routes.ts'
import type { Directory } from '../directory/directory.ts'
import { createExports } from '../exports/exports.ts'
import { exportRoutes } from '../exports/routes.ts'
import type { Files } from '../files/files.ts'
import { agentFileRoutes, fileRoutes } from '../files/routes.ts'
import { createFinding, type Lists } from '../finding/finding.ts'
import { findingRoutes } from '../finding/routes.ts'
import { createForms } from '../forms/forms.ts'
import { formRoutes } from '../forms/routes.ts'
import type { Geo } from '../geo/geo.ts'
import { createGroups } from '../groups/groups.ts'
import { groupRoutes } from '../groups/routes.ts'
import { createIdentityKeys } from '../identity/identity-keys.ts'
import { identityKeyRoutes } from '../identity/routes.ts'
import { createImages } from '../links/images.ts'
import { createLinks } from '../links/links.ts'
import { imageFiles, linkRoutes } from '../links/routes.ts'
import { createMailLog } from '../mail/mail-log.ts'
import { mailRoutes } from '../mail/routes.ts'
import type { Offline } from '../offline/offline.ts'
import { createOfflineMessages } from '../offline/offline-messages.ts'
import { offlineRoutes } from '../offline/routes.ts'
import { createOutbound, type Outbound } from '../outbound/outbound.ts'
import { policyFor } from '../outbound/policy.ts'
import { portalRoutes } from '../portal/routes.ts'
import { preferenceRoutes } from '../preferences/routes.ts'
import type { Bus } from '../realtime/bus.ts'
import { reportRoutes } from '../reports/routes.ts'
import { savedMessageRoutes } from '../saved-messages/routes.ts'
import { createSavedMessages } from '../saved-messages/saved-messages.ts'
import { type Setup, setupRoutes } from '../setup/routes.ts'
import { accessRoutes } from '../sign-in/access-routes.ts'
import { createSignInCookies, signInRoutes } from '../sign-in/routes.ts'
import type { Seals } from '../sign-in/seals.ts'
import type { SignIns } from '../sign-in/sign-ins.ts'
import { siteRoutes } from '../sites/routes.ts'
import { createSites, type Signals } from '../sites/sites.ts'
import type { Store } from '../store/store.ts'
import { type Clock, seconds } from '../time/clock.ts'
import { transcriptRoutes } from '../transcripts/routes.ts'
import type { Transcripts } from '../transcripts/transcripts.ts'
import type { Erasure } from '../visitors/erasure.ts'
import { createPastVisits } from '../visitors/past-visits.ts'
import { visitorRoutes } from '../visitors/routes.ts'
import type { Presence } from '../visits/presence.ts'
import { guardApi } from './api.ts'
import { serveBrowserFiles } from './browser-files.ts'
import { addressBlock, clientIp, parseTrust } from './client-ip.ts'
import { type BuiltFiles, builtFiles } from './dist.ts'
import { addSecurityHeaders, rawSecurityHeaders, securityHeaders } from './headers.ts'
import { acceptJsonOnly } from './json-body.ts'
import { describeApi } from './openapi.ts'
import { baseUrl } from './origin.ts'
import { addProblems, answer, problemOf, type Refused } from './problem.ts'
import { namedOnly, strictValidation } from './schemas.ts'

export type HttpDeps = {
  store: Store
  directory: Directory
  clock: Clock
  signIns: SignIns
  bus: Bus
  seals: Seals
  geo?: Pick<Geo, 'locate'>
  settings: {
    port: number
    publicUrl?: string | undefined
    smtpUrl?: string | undefined
    trustProxy?: string | number | readonly string[] | undefined
    hostNames?: boolean | undefined
    removedSeconds?: number | undefined
    mailFrom?: string | undefined
  }
  log: { error(fact: object, message: string): void }
  setup: Setup
  transcripts: Transcripts
  offline: Pick<Offline, 'leave'>
  /** What the visits side has seen of the sites, and whom to tell of a fetched script (W18). */
  signals: Signals & { scriptFetched?(referer: string | undefined): void }
  /** Who is here now. */
  presence: Pick<Presence, 'ofVisitor'>
  /** The lists of Who's On. */
  lists: Lists
  bans: Pick<Bans, 'list' | 'add' | 'lift'>
  erasure: Erasure
  /** How pages of websites are fetched. */
  outbound?: Outbound
  library: Library
  /** What people send each other in chats. */
  chatFiles: Files
  articles: Articles
  files?: BuiltFiles
  /** Counts answers that are problems. */
  refused?: Refused
}

// T22: a slow writer gets ten seconds for its headers and thirty for a whole request.
const HEADERS_MS = 10_000
const REQUEST_MS = 30_000
const CHECK_EVERY_MS = 5_000
/** Styles and member lists are the largest bodies; 1,000 members of 36 characters are 40 KB. */
const BODY_BYTES = 64 * 1024
const MAX_HEADERS = 64

/** Every route of the product. Not yet listening: `app.ts` listens, and may add routes of its own before. */
export async function createHttp(deps: HttpDeps): Promise<FastifyInstance> {
  const { settings, signIns } = deps
  const app = fastify({
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: 30_000,
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: CHECK_EVERY_MS },
    // Requests under way are finished; connections without one are not waited for (R21).
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    // An address the router cannot read never reaches a hook.
    frameworkErrors: (error, _request, reply) => {
      const problem = problemOf(error)
      deps.refused?.(problem.code)
      answer(reply.headers(securityHeaders(settings)) as never, problem)
    },
    clientErrorHandler(_error, socket) {
      if (!socket.writable) return socket.destroy()
      socket.end(`HTTP/1.1 400 Bad Request\r\n${rawSecurityHeaders()}connection: close\r\n\r\n`)
    },
  })
  app.server.maxHeadersCount = MAX_HEADERS
  app.setValidatorCompiler(strictValidation as never)
  app.setSerializerCompiler(namedOnly)

  const trust = parseTrust(settings.trustProxy)
  app.decorateRequest('clientIp', '')
  app.decorateRequest('actor', undefined)
  addSecurityHeaders(app, settings)
  // Two requests of one script may reach two nodes: the second sees what the first has changed.
  app.addHook('onRequest', async ({ url }) => {
    if (url.startsWith('/api/')) await deps.directory.refresh?.()
  })
  app.addHook('onRequest', async (request) => {
    request.clientIp = clientIp(
      { headers: request.headers, peer: request.socket.remoteAddress },
      trust,
    )
  })
  addProblems(app, deps)
  acceptJsonOnly(app)

  await app.register(fastifyRateLimit, {
    global: false,
    keyGenerator: (request) => addressBlock(request.clientIp),
    errorResponseBuilder: () => Object.assign(new Error('rate limited'), { statusCode: 429 }),
  })
  await describeApi(app, settings)
  await app.register(
    async (scope) => {
      guardApi(scope, deps)
      addApiRoutes(scope, deps)
    },
    { prefix: '/api/v1' },
  )
  await serveBrowserFiles(app, {
    files: deps.files ?? builtFiles(),
    settings,
    scriptFetched: deps.signals.scriptFetched?.bind(deps.signals),
  })
  imageFiles(app, deps)
  fileRoutes(app, { files: deps.chatFiles })
  portalRoutes(app, deps)

  app.addHook('onReady', async () => signIns.start())
  app.addHook('onClose', async () => signIns.stop())
  return app
}

function addApiRoutes(scope: FastifyInstance, deps: HttpDeps): void {
  const api = scope.withTypeProvider<TypeBoxTypeProvider>()
  const { signIns, settings, directory } = deps
  const admin = { ...deps, change: createChange(deps) }
  const cookies = createSignInCookies({ signIns, directory, settings })
  const agents = createAgents(admin)

  signInRoutes(api, { signIns, agents, cookies, directory, settings })
  accessRoutes(api, { ...admin, cookies, mailOn: () => settings.smtpUrl !== undefined })
  setupRoutes(api, { ...deps, cookies })
  agentRoutes(api, { agents, cookies, signIns })
  brandRoutes(api, { brands: createBrands(admin) })
  departmentRoutes(api, { departments: createDepartments(admin) })
  formRoutes(api, { forms: createForms(admin) })
  groupRoutes(api, { groups: createGroups(admin) })
  const base = () => baseUrl(settings)
  const outbound = deps.outbound ?? createOutbound({ policy: () => policyFor(base()) })
  siteRoutes(api, { sites: createSites({ ...admin, baseUrl: base, outbound }) })
  identityKeyRoutes(api, { keys: createIdentityKeys({ ...admin, uses: deps.signals }) })
  linkRoutes(api, {
    links: createLinks({ ...admin, seen: deps.signals }),
    images: createImages(admin),
  })
  chatRoutes(api, {
    endedChats: createEndedChats(deps),
    record: createChatRecords(deps),
    targets: createTargets(deps),
  })
  visitorRoutes(api, { ...deps, pastVisits: createPastVisits(deps) })
  reportRoutes(api, deps)
  articleRoutes(api, deps)
  savedMessageRoutes(api, { savedMessages: createSavedMessages(deps) })
  cannedReplyRoutes(api, { cannedReplies: createCannedReplies(deps) })
  banRoutes(api, deps)
  mailRoutes(api, { mailing: createMailLog({ ...deps, baseUrl: base }) })
  agentFileRoutes(api, { files: deps.chatFiles })
  offlineRoutes(api, { offlineMessages: createOfflineMessages(admin) })
  transcriptRoutes(api, deps)
  preferenceRoutes(api, deps)
  const finding = createFinding(deps)
  findingRoutes(api, { finding })
  const removedMs = seconds(settings.removedSeconds ?? 60)
  exportRoutes(api, { ...deps, exports: createExports({ ...deps, finding, removedMs }) })
}
