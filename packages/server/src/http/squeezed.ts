import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply } from 'fastify'

/*
 * Text files compressed once and kept: builds are few, small and asked for by every page. A changed
 * file is seen by its time and size, so a watching build needs no restart.
 */

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json; charset=utf-8',
}

type Encoding = 'br' | 'gzip' | 'identity'
type Kept = { etag: string; body: Buffer }

/** Beyond this the best compression takes longer than a first visitor should wait. */
const SMALL = 100_000
const kept = new Map<string, { version: string; file: Promise<Kept> }>()

export const isText = (name: string): boolean => extension(name) in TYPES

/** Sends a text file as small as the browser takes it, or `304` when it has it already. */
export async function sendSqueezed(reply: FastifyReply, path: string): Promise<FastifyReply> {
  const encoding = encodingFor(reply.request.headers['accept-encoding'])
  const { etag, body } = await load(path, encoding)
  reply.header('vary', 'accept-encoding').header('etag', etag)
  if (reply.request.headers['if-none-match']?.includes(etag)) return reply.code(304).send()
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  return reply.type(TYPES[extension(path)] ?? 'application/octet-stream').send(body)
}

const extension = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

/** `br;q=0` and the like are so rare that they only have to be safe: then nothing is compressed. */
function encodingFor(accepted: string | string[] | undefined): Encoding {
  const words = String(accepted ?? '').toLowerCase()
  if (/;\s*q=0(\.0*)?\s*(,|$)/.test(words)) return 'identity'
  if (/(^|[\s,])br(\s*;|\s*,|\s*$)/.test(words)) return 'br'
  return /(^|[\s,])gzip(\s*;|\s*,|\s*$)/.test(words) ? 'gzip' : 'identity'
}

async function load(path: string, encoding: Encoding): Promise<Kept> {
  const { mtimeMs, size } = await stat(path)
  const version = `${mtimeMs}-${size}`
  const key = `${encoding} ${path}`
  const known = kept.get(key)
  if (known?.version === version) return known.file
  const file = squeeze(path, encoding)
  kept.set(key, { version, file })
  // A file that could not be read is tried again by the next request.
  file.catch(() => kept.delete(key))
  return file
}

async function squeeze(path: string, encoding: Encoding): Promise<Kept> {
  const text = await readFile(path)
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 20)
  return { etag: `"${hash}-${encoding}"`, body: await compress(text, encoding) }
}

function compress(text: Buffer, encoding: Encoding): Promise<Buffer> | Buffer {
  if (encoding === 'gzip') return promisify(gzip)(text, { level: 9 })
  if (encoding === 'identity') return text
  const quality = text.length < SMALL ? 11 : 6
  return promisify(brotliCompress)(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality },
  })
}
