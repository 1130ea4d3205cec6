import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Refusal } from '../refusal.ts'
import type { BuiltFiles } from './dist.ts'
import { asPage, forAnySite } from './headers.ts'

/*
 * The three browser builds: `/beckon.js` and its chunks for any website, and the console. Files
 * with a hash in their name never change; the others are asked for again (ETag).
 */

const YEAR = 'public, max-age=31536000, immutable'
/** A snippet must pick up a new version soon, and pages must not ask at every view. */
const SHORT = 'public, max-age=300, stale-while-revalidate=86400'
const ASK_AGAIN = 'no-cache'

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
    root: files.tracker,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    index: false,
    dotfiles: 'deny',
  } as Parameters<typeof fastifyStatic>[1])

  const send = (reply: FastifyReply, root: string, name: string, cache: string) => {
    reply.header('cache-control', cache).header('vary', 'accept-encoding')
    return reply.sendFile(name, root)
  }

  app.get('/', (_request, reply) => reply.redirect('/console/', 302))

  app.get('/beckon.js', (request, reply) => {
    forAnySite(reply)
    mustBeBuilt(join(files.tracker, 'beckon.js'))
    scriptFetched?.(request.headers.referer)
    return send(reply, files.tracker, 'beckon.js', SHORT)
  })

  app.get<{ Params: { '*': string } }>('/beckon/*', (request, reply) => {
    forAnySite(reply)
    mustBeBuilt(files.widget)
    const name = request.params['*']
    if (!NAME.test(name) || !existsSync(join(files.widget, name))) return reply.callNotFound()
    return send(reply, files.widget, name, HASHED.test(name) ? YEAR : ASK_AGAIN)
  })

  app.get('/console', (_request, reply) => reply.redirect('/console/', 302))
  app.get<{ Params: { '*': string } }>('/console/*', (request, reply) => {
    mustBeBuilt(join(files.console, 'index.html'))
    const name = request.params['*']
    const isFile = name !== '' && NAME.test(name) && existsSync(join(files.console, name))
    if (isFile && name !== 'index.html') {
      return send(reply, files.console, name, HASHED.test(name) ? YEAR : ASK_AGAIN)
    }
    // A missing asset is missing; any other address is a screen the console finds by itself.
    if (name.startsWith('assets/') || /\.[a-z0-9]{2,5}$/i.test(name)) return reply.callNotFound()
    asPage(reply, 'console', settings)
    return send(reply, files.console, 'index.html', ASK_AGAIN)
  })
}

function mustBeBuilt(path: string): void {
  if (existsSync(path)) return
  throw new Refusal(
    'try_again',
    'The browser files have not been built. Run “npm run build” and load this page again.',
  )
}
