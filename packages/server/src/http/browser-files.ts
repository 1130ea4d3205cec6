import { existsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Refusal } from '../refusal.ts'
import type { BuiltFiles } from './dist.ts'
import { asPage, forAnySite } from './headers.ts'
import { isText, sendSqueezed } from './squeezed.ts'

/*
 * The three browser builds: `/beckon.js` and its chunks for any website, and the console. Files
 * with a hash in their name never change; the others are asked for again (ETag).
 */

const YEAR = 'public, max-age=31536000, immutable'
/** A snippet must pick up a new version soon, and pages must not ask at every view. */
const SHORT = 'public, max-age=300, stale-while-revalidate=86400'
const ASK_AGAIN = 'no-cache'

/** The script's own chunk, for where WebSocket is blocked. */
const FALLBACK = 'http.js'
/** `name-[hash].ext`: eight or more characters of a build's hash. */
const HASHED = /[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/
/** Flat or nested names of a build, never a dot file and never upwards. */
const NAME = /^(?!.*(?:^|\/)\.)[A-Za-z0-9_./-]{1,200}$/

export async function serveBrowserFiles(
  app: FastifyInstance,
  deps: {
    files: BuiltFiles
    settings: { publicUrl?: string | undefined }
    scriptFetched?: ((referer: string | undefined) => void) | undefined
  },
): Promise<void> {
  const { files, settings, scriptFetched } = deps
  await app.register(fastifyStatic, {
    root: packagesOf(files),
    serve: false,
    cacheControl: false,
    dotfiles: 'deny',
  })

  const send = (reply: FastifyReply, path: string, cache: string) => {
    reply.header('cache-control', cache)
    if (isText(path)) return sendSqueezed(reply, path)
    return reply.sendFile(basename(path), dirname(path))
  }

  app.get('/', (_request, reply) => reply.redirect('/console/', 302))

  app.get('/beckon.js', (request, reply) => {
    forAnySite(reply)
    mustBeBuilt(join(files.tracker, 'beckon.js'))
    scriptFetched?.(request.headers.referer)
    return send(reply, join(files.tracker, 'beckon.js'), SHORT)
  })

  app.get<{ Params: { '*': string } }>('/beckon/*', (request, reply) => {
    forAnySite(reply)
    mustBeBuilt(files.widget)
    const name = request.params['*']
    const path = fileIn(name === FALLBACK ? files.tracker : files.widget, name)
    if (!path) return reply.callNotFound()
    return send(reply, path, HASHED.test(name) ? YEAR : ASK_AGAIN)
  })

  app.get('/console', (_request, reply) => reply.redirect('/console/', 302))
  app.get<{ Params: { '*': string } }>('/console/*', (request, reply) => {
    mustBeBuilt(join(files.console, 'index.html'))
    const name = request.params['*']
    const path = fileIn(files.console, name)
    if (path && name !== 'index.html') {
      return send(reply, path, HASHED.test(name) ? YEAR : ASK_AGAIN)
    }
    // A missing asset is missing; any other address is a screen the console finds by itself.
    if (name.startsWith('assets/') || /\.[a-z0-9]{2,5}$/i.test(name)) return reply.callNotFound()
    asPage(reply, 'console', settings)
    return send(reply, join(files.console, 'index.html'), ASK_AGAIN)
  })
}

/** The path of a file of a build, or undefined for anything else a name may mean. */
function fileIn(folder: string, name: string): string | undefined {
  if (!NAME.test(name)) return undefined
  const path = join(folder, name)
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : undefined
}

/** Static wants a folder that is there when it starts; builds may come later. */
const packagesOf = (files: BuiltFiles): string =>
  [files.tracker, files.widget, files.console].find((folder) => existsSync(folder)) ?? tmpdir()

function mustBeBuilt(path: string): void {
  if (existsSync(path)) return
  throw new Refusal(
    'try_again',
    'The browser files have not been built. Run “npm run build” and load this page again.',
  )
}
