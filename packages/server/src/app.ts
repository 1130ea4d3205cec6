import type { AddressInfo } from 'node:net'
import { createArticles } from './articles/articles.ts'
import { createLibrary } from './articles/library.ts'
import { createBanList } from './bans/ban-list.ts'
import { createBans } from './bans/bans.ts'
import { createCommit } from './conversations/commit.ts'
import { createConversations } from './conversations/conversations.ts'
import { createDirectory } from './directory/load.ts'
import { createFiles } from './files/files.ts'
import { createFilterDoors } from './filters/doors.ts'
import { createFilters } from './filters/filters.ts'
import { createGeo, type Geo } from './geo/geo.ts'
import { healthRoutes } from './http/health.ts'
import { createHttp } from './http/http.ts'
import { baseUrl } from './http/origin.ts'
import { createLog, type Log } from './log.ts'
import { createMails } from './mail/mails.ts'
import { senderDomain, smtpTransport } from './mail/transport.ts'
import { createMetrics } from './metrics.ts'
import { databaseTime } from './nodes/database-time.ts'
import { nodesMetrics } from './nodes/metrics.ts'
import { openNodes } from './nodes/open-nodes.ts'
import { createOffline } from './offline/offline.ts'
import { attachSockets } from './realtime/sockets.ts'
import { streamRoutes } from './realtime/streams.ts'
import type { Settings } from './settings/settings.ts'
import { createSetup, setUpUnattended } from './setup/setup.ts'
import { createSeals, sealKeys } from './sign-in/seals.ts'
import { createSignIns } from './sign-in/sign-ins.ts'
import { openStore } from './store/open-store.ts'
import { type Clock, systemClock } from './time/clock.ts'
import { createSharedClock } from './time/shared-clock.ts'
import { createTranscripts } from './transcripts/transcripts.ts'
import { keepRetention } from './upkeep/retention.ts'
import { createErasure } from './visitors/erasure.ts'
import { createVisits } from './visits/visits.ts'

export type App = Awaited<ReturnType<typeof createApp>>

/** The only file that knows everybody: makes the parts, joins them, and listens. */
export async function createApp(options: {
  settings: Settings
  clock?: Clock
  log?: Log
  geo?: Geo
}) {
  const { log = createLog({ level: options.settings.logLevel }) } = options
  const shared = options.settings.redisUrl === undefined ? undefined : createSharedClock()
  const clock: Clock = options.clock ?? shared ?? systemClock
  // Port 0 takes any free one; addresses are made from what it became.
  const settings: Settings & { port: number } = { ...options.settings }

  // Closed in turn, last opened first, also when a later step of the start fails.
  const closers: (() => Promise<void>)[] = []
  async function close(): Promise<void> {
    for (const one of closers.splice(0).reverse()) await one()
  }

  try {
    return await open()
  } catch (error) {
    await close()
    throw error
  }

  async function open() {
    const metrics = createMetrics()
    const store = await openStore({
      dataDir: settings.dataDir,
      databaseUrl: settings.databaseUrl,
      clock,
      log,
      // Several need Redis to hear of each other.
      onlyNode: settings.redisUrl === undefined,
      onCommit: metrics.committed,
    })
    closers.push(store.close)
    if (shared) {
      await shared.follow(
        () => databaseTime(store),
        (error) => log.warn({ err: error }, 'the database could not be asked for the time'),
      )
      closers.push(async () => shared.stop())
    }
    const { redisUrl } = settings
    const { bus, nodes, ...others } = await openNodes({ redisUrl, store, clock, log })
    closers.push(others.stop)
    const directory = await createDirectory({ store, bus, several: nodes !== undefined })
    const seals = createSeals(sealKeys(settings))
    const signIns = createSignIns({ store, bus, clock, directory, seals })
    const setup = createSetup({ store, directory, clock, settings })
    await setUpUnattended(setup, {
      store,
      directory,
      clock,
      settings,
      passwords: signIns.passwords,
    })

    const geo = options.geo ?? createGeo({ file: settings.geoDb })
    const banList = createBanList({ store, clock })
    const visits = createVisits({
      store,
      directory,
      bus,
      clock,
      log,
      settings,
      geo,
      bans: banList,
      nodes,
    })
    const { presence } = visits
    const deps = { store, directory, bus, clock, presence, settings, log }
    const conversations = createConversations({ ...deps, seals })
    const commit = createCommit({ store, bus })
    const base = () => baseUrl(settings)
    const offline = createOffline({ ...deps, baseUrl: base })
    const files = createFiles({ ...deps, commit })
    const library = createLibrary(deps)
    const articles = createArticles({ ...deps, library, baseUrl: base })
    const transcripts = createTranscripts({ ...deps, commit })
    const filters = createFilterDoors({
      filters: await createFilters({ store, bus, clock, directory, log }),
      directory,
    })
    visits.provideFilters(filters.counted)
    const bans = createBans({
      store,
      directory,
      bus,
      clock,
      log,
      list: banList,
      reach: { ...visits.reach, endTalk: conversations.endTalk },
    })
    const erasure = createErasure({
      store,
      bus,
      clock,
      presence,
      log,
      reach: { ...visits.reach, endTalk: conversations.endTalk },
      flush: visits.flush,
    })
    presence.onChange(({ type, visit }) => {
      if (visit.elsewhere) return
      if (type === 'arrived' || type === 'navigated') metrics.pageViewed()
    })

    let stopping = false
    const { signals } = visits
    const http = await createHttp({
      store,
      directory,
      bus,
      clock,
      signIns,
      seals,
      geo,
      settings,
      log,
      setup,
      signals,
      presence,
      lists: visits,
      bans,
      erasure,
      transcripts,
      offline,
      library,
      articles,
      chatFiles: files,
      refused: metrics.httpRefused,
    })
    healthRoutes(http, {
      store,
      registry: metrics.registry,
      metricsToken: settings.metricsToken,
      stopping: () => stopping,
      amiss: others.amiss,
    })
    closers.push(() => http.close())

    const sockets = attachSockets({
      server: http.server,
      visits,
      doors: {
        visitor: {
          ...conversations.visitorDoors,
          ...offline.visitorDoors,
          ...transcripts.visitorDoors,
          ...articles.visitorDoors,
          ...files.visitorDoors,
        },
        agent: {
          ...visits.agentDoors,
          ...conversations.agentDoors,
          ...filters.agentDoors,
          ...bans.agentDoors,
          ...offline.agentDoors,
          ...transcripts.agentDoors,
          ...files.agentDoors,
        },
      },
      topics: { ...visits.topics, ...conversations.topics, ...filters.topics, ...offline.topics },
      signIns,
      directory,
      bus,
      clock,
      settings,
      log,
      nodes,
    })
    streamRoutes(http, sockets, settings)
    if (nodes) {
      nodesMetrics(metrics.registry, nodes, {
        visits: () => visits.figures.home,
        offsetMs: () => shared?.offsetMs ?? 0,
      })
    }
    metrics.follow(() => ({
      connections: sockets.figures,
      visits: visits.figures.visits,
      totals: visits.figures.totals,
      refused: sockets.refused,
      pagesStored: visits.figures.pagesStored,
      pagesDropped: visits.figures.pagesDropped,
      pagesWaiting: visits.figures.pagesWaiting,
    }))

    const { smtpUrl, mailFrom } = settings
    const mails = createMails({
      store,
      clock,
      log,
      ...(smtpUrl &&
        mailFrom && {
          transport: smtpTransport(smtpUrl, mailFrom),
          domain: senderDomain(mailFrom),
        }),
    })
    mails.start()
    closers.push(mails.stop)
    closers.push(keepRetention({ store, clock, log, settings }))
    await others.join(directory)
    await visits.start()
    closers.push(visits.stop)
    await conversations.start()
    closers.push(conversations.stop)
    await bans.start()
    closers.push(bans.stop)
    await http.listen({ port: settings.port, host: settings.host }).catch((error) => {
      throw listenFault(error, settings)
    })
    settings.port = (http.server.address() as AddressInfo).port
    // First: no new connections, everybody else is told to move and finishes what is under way.
    closers.push(async () => {
      stopping = true
      const closed = http.close()
      await sockets.close()
      await closed
    })

    return {
      url: baseUrl(settings),
      port: settings.port,
      settings,
      store,
      directory,
      bus,
      clock,
      presence,
      visits,
      conversations,
      signIns,
      mails,
      offline,
      sockets,
      metrics,
      log,
      /** The one-time code of the setup page; undefined once there is an administrator. */
      setupCode: setup.code,
      close,
    }
  }
}

function listenFault(error: NodeJS.ErrnoException, { host, port }: Settings): Error {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken on ${host}. Stop what uses it, or set PORT to another.`,
    EACCES: `Port ${port} may not be used by this account. Set PORT to one above 1023.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Set HOST to one that is.`,
    ENOTFOUND: `${host} is not an address of this machine. Set HOST to one that is.`,
  }
  const sentence = sentences[error.code ?? '']
  return sentence ? new Error(sentence, { cause: error }) : error
}
