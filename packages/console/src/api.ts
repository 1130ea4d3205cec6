import type { RefusalCode } from '@beckon/protocol'

/** An expected “no” of the server, or its absence (`offline`). `message` is written for the agent. */
export class ApiProblem extends Error {
  readonly code: RefusalCode | 'offline'
  readonly status: number

  constructor(code: RefusalCode | 'offline', message: string, status: number) {
    super(message)
    this.name = 'ApiProblem'
    this.code = code
    this.status = status
  }
}

const OFFLINE = 'The server does not answer. Nothing was changed; try again in a moment.'
const BROKEN = 'The server could not do this. Nothing was changed; the server’s log says why.'

type WayOut = '/sign-in' | '/second-step'
let signedOut: (to: WayOut) => void = () => {}

/** What happens when the sign-in is over, or wants a second step; main.tsx leads there. */
export function onSignedOut(act: (to: WayOut) => void): void {
  signedOut = act
}

function leaveIfOut({ code }: ApiProblem): void {
  if (code === 'not_signed_in') signedOut('/sign-in')
  if (code === 'second_step_needed') signedOut('/second-step')
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/**
 * One request to `/api/v1`. Throws an ApiProblem for everything but success. A small one may outlive
 * the page it is sent from.
 */
export async function api<Answer>(
  method: Method,
  path: string,
  body?: unknown,
  { outlivesPage = false } = {},
): Promise<Answer> {
  const response = await ask(method, path, body, outlivesPage)
  if (response.ok) return (await read(response)) as Answer
  const problem = problemOf(await read(response), response.status)
  leaveIfOut(problem)
  throw problem
}

/** Brings a file with the pass that was given for it; the pass is the first line of the body. */
export async function bring(pass: string, file: Blob): Promise<void> {
  let response: Response
  try {
    response = await fetch('/files', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: new Blob([`${pass}\n`, file]),
    })
  } catch {
    throw new ApiProblem('offline', 'The connection broke. Try again.', 0)
  }
  if (!response.ok) throw problemOf(await read(response), response.status)
}

/** A file that the server makes from what is sent. */
export async function download(
  path: string,
  body: unknown,
): Promise<{ blob: Blob; name: string; rows: number }> {
  const response = await ask('POST', path, body)
  if (!response.ok) {
    const problem = problemOf(await read(response), response.status)
    leaveIfOut(problem)
    throw problem
  }
  const [, name = 'export'] =
    /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? []
  try {
    return {
      blob: await response.blob(),
      name,
      rows: Number(response.headers.get('x-beckon-rows') ?? 0),
    }
  } catch {
    throw new ApiProblem('offline', 'The connection was lost on the way. Try again.', 0)
  }
}

async function ask(
  method: Method,
  path: string,
  body: unknown,
  keepalive = false,
): Promise<Response> {
  // The header is what a form of another site cannot send; the server asks for it on every change.
  const headers: Record<string, string> = { accept: 'application/json', 'x-beckon': '1' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      credentials: 'same-origin',
      keepalive,
    })
  } catch {
    throw new ApiProblem('offline', OFFLINE, 0)
  }
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function problemOf(body: unknown, status: number): ApiProblem {
  const { code, message } = (body ?? {}) as { code?: unknown; message?: unknown }
  if (typeof code === 'string' && typeof message === 'string') {
    return new ApiProblem(code as RefusalCode, message, status)
  }
  return status >= 500
    ? new ApiProblem(status === 503 ? 'try_again' : 'internal', BROKEN, status)
    : new ApiProblem('bad_input', 'The server did not take this. Nothing was changed.', status)
}

/** The sentence for an agent, whatever was thrown. */
export const sentenceOf = (thrown: unknown): string =>
  thrown instanceof ApiProblem || hasMessage(thrown) ? thrown.message : BROKEN

const hasMessage = (thrown: unknown): thrown is { message: string; code: string } =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown
