import { LIMITS } from '@beckon/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isConsoleOrigin } from '../http/origin.ts'
import { Refusal } from '../refusal.ts'
import { readSignInCookie } from '../sign-in/cookie.ts'
import type { Connection } from './connection.ts'
import { readFrame } from './frame.ts'
import type { Sockets } from './sockets.ts'
import { Stream } from './stream.ts'

/*
 * The same two doors as `/ws/visitor` and `/ws/agent`, over plain HTTP, where WebSocket is blocked:
 * `/stream/KIND` opens one, `/stream/KIND/frames` speaks on it. Only what a page may send without
 * asking first is needed from visitors; agents also send the header of all changes (T14).
 */

/** Several of the largest frames together. */
const BODY_BYTES = 64 * 1_024

/** One who speaks: a visitor's page is its origin, a console its sign-in. */
type Open = { stream: Stream; connection: Connection; speaker: string | undefined }

const utf8 = new TextDecoder('utf-8', { fatal: true })

export function streamRoutes(
  app: FastifyInstance,
  sockets: Sockets,
  settings: { publicUrl?: string | undefined },
): void {
  const streams = new Map<string, Open>()

  /** Says yes and keeps the answer open. Errors from here on can only be said on the stream. */
  function begin(reply: FastifyReply, frameBytes: number): Stream {
    reply.hijack()
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    })
    return new Stream(reply.raw, frameBytes)
  }

  function carry(opened: Open, request: FastifyRequest) {
    const { stream, connection } = opened
    streams.set(stream.key, opened)
    stream.listen(connection, () => streams.delete(stream.key))
    stream.hear(connection, 1, linesOf(request))
  }

  /** `[key, number of the first frame, "end"?]`, then a frame a line. */
  function speak(request: FastifyRequest, reply: FastifyReply, speaker: string | undefined) {
    const [head = '', ...frames] = linesOf(request)
    const said = readFrame(head)
    const [key, first, end] = Array.isArray(said) ? (said as unknown[]) : []
    if (typeof key !== 'string' || !Number.isSafeInteger(first) || (first as number) < 1) {
      throw new Refusal('bad_input', 'The first line is [key, number], with a frame on each other.')
    }
    const opened = streams.get(key)
    if (!opened || opened.speaker !== speaker) {
      throw new Refusal('not_found', 'There is no such stream. Open another one.')
    }
    opened.stream.hear(opened.connection, first as number, frames)
    if (end === 'end') opened.connection.close(1000, 'bye')
    reply.code(204).send()
  }

  function mustBeRunning() {
    if (sockets.closing) throw new Refusal('try_again', 'The server stops. Try again in a moment.')
  }

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'text/plain',
      { parseAs: 'buffer', bodyLimit: BODY_BYTES },
      (_request, body, done) => done(null, body),
    )
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store')
    })

    scope.register(async (visitors) => {
      visitors.addHook('onRequest', async ({ headers }, reply) => {
        reply.header('vary', 'origin')
        // Without cookies, so it opens nothing: a refused site has to be able to read why.
        if (headers.origin) reply.header('access-control-allow-origin', headers.origin)
      })
      visitors.post('/stream/visitor', (request, reply) => {
        mustBeRunning()
        const caller = sockets.callerOf(request.raw)
        const stream = begin(reply, LIMITS.visitorFrameBytes)
        const connection = sockets.welcomeVisitor(stream, caller)
        carry({ stream, connection, speaker: request.headers.origin }, request)
      })
      visitors.post('/stream/visitor/frames', (request, reply) =>
        speak(request, reply, request.headers.origin),
      )
    })

    scope.register(async (agents) => {
      agents.addHook('onRequest', async ({ headers }) => {
        if (isConsoleOrigin(headers, settings) && headers['x-beckon'] === '1') return
        throw new Refusal('origin_refused', 'This is for the console only.')
      })
      agents.post('/stream/agent', async (request, reply) => {
        mustBeRunning()
        const token = readSignInCookie(request.headers, settings)
        const actor = await sockets.actorOf(token)
        const stream = begin(reply, LIMITS.agentFrameBytes)
        const connection = sockets.welcomeAgent(stream, token, actor)
        if (connection) carry({ stream, connection, speaker: token }, request)
      })
      agents.post('/stream/agent/frames', (request, reply) =>
        speak(request, reply, readSignInCookie(request.headers, settings)),
      )
    })
  })
}

function linesOf({ body }: FastifyRequest): string[] {
  if (!Buffer.isBuffer(body) || body.length === 0) return []
  try {
    return utf8.decode(body).split('\n')
  } catch {
    throw new Refusal('bad_input', 'The frames are not valid UTF-8.')
  }
}
