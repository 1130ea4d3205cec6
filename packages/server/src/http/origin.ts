import type { IncomingHttpHeaders } from 'node:http'

/** Names that never leave the machine. Browsers resolve every `*.localhost` to it. */
export const isLoopbackName = (name: string): boolean =>
  /^(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(name)

/**
 * Whether a browser's Origin is our own console (T1, T14). With a public URL it must equal it
 * exactly; without one, any loopback name that is also the Host, so that a foreign name rebound to
 * 127.0.0.1 is refused. Missing means no: scripts without a browser say `x-beckon` instead.
 */
export function isConsoleOrigin(
  headers: Pick<IncomingHttpHeaders, 'origin' | 'host'>,
  settings: { publicUrl?: string | undefined },
): boolean {
  const { origin, host } = headers
  if (!origin) return false
  if (settings.publicUrl) return origin === new URL(settings.publicUrl).origin
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  if (!url || url.origin !== origin || url.protocol !== 'http:') return false
  return isLoopbackName(url.hostname) && url.host === host
}

/** Where the console and the API live, for snippets and links (T33: never from the Host header). */
export const baseUrl = (settings: { publicUrl?: string | undefined; port: number }): string =>
  settings.publicUrl ? settings.publicUrl.replace(/\/+$/, '') : `http://localhost:${settings.port}`

export const isHttps = (settings: { publicUrl?: string | undefined }): boolean =>
  settings.publicUrl?.startsWith('https:') ?? false
