import { type FileId, LIMITS } from '@beckon/protocol'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { type Api, actorOf, idParams } from '../http/api.ts'
import { Refusal } from '../refusal.ts'
import type { FileRow } from '../store/file-rows.ts'
import type { Files } from './files.ts'

/** The pass and its line end before the bytes. */
const HEAD_BYTES = 100

/**
 * Bringing and reading with a pass, from any page: the pass is the first line of the body, so it
 * stands in no address, and a plain body needs no question beforehand. No cookie is read.
 */
export function fileRoutes(app: FastifyInstance, { files }: { files: Files }): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'text/plain',
      { parseAs: 'buffer', bodyLimit: LIMITS.fileBytes + HEAD_BYTES },
      (_request, body, done) => done(null, body),
    )
    scope.addHook('onRequest', async ({ headers }, reply) => {
      reply.headers({ vary: 'origin', 'cache-control': 'no-store' })
      // Without cookies and with a pass of one use it opens nothing to whoever may read the answer.
      if (headers.origin) reply.header('access-control-allow-origin', headers.origin)
    })
    const limited = { config: { rateLimit: { max: 120, timeWindow: 60_000 } } }
    scope.post('/files', limited, async (request) => {
      const [pass, bytes] = parted(request.body)
      return files.bring(pass, bytes)
    })
    scope.post('/files/read', limited, async (request, reply) => {
      const [pass] = parted(request.body)
      return send(reply, await files.read(pass))
    })
  })
}

/** For the console, whose sign-in is a cookie: pictures in a chat are plain addresses there. */
export function agentFileRoutes(api: Api, { files }: { files: Files }): void {
  api.get(
    '/files/:id',
    {
      config: { who: 'signed-in' },
      schema: {
        tags: ['Chats'],
        summary: 'A file of a chat you may open',
        params: idParams<FileId>(),
        response: { 200: Type.Unsafe<Buffer>({}) },
      },
    },
    async (request, reply) =>
      send(reply, await files.forAgent(actorOf(request), request.params.id)),
  )
}

function send(reply: FastifyReply, { name, type, data }: FileRow): FastifyReply {
  const how = type.startsWith('image/') ? 'inline' : 'attachment'
  return reply
    .headers({
      // Whatever is in it, it is shown by nobody but as what it was found to be.
      'content-type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': `${how}; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'private, no-store',
    })
    .send(Buffer.from(data, 'base64'))
}

function parted(body: unknown): [pass: string, bytes: Buffer] {
  const whole = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  const end = whole.subarray(0, HEAD_BYTES).indexOf('\n')
  if (end < 0) throw new Refusal('bad_input', 'The first line of the body is the pass.')
  return [whole.toString('latin1', 0, end), whole.subarray(end + 1)]
}
