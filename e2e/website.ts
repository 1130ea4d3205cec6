import { once } from 'node:events'
import { createServer } from 'node:http'

/** A page of a pretend website: what stands in the head and in the body. */
export type WebsitePage = {
  title?: string
  head?: string
  body?: string
  headers?: Record<string, string>
}

export type Website = {
  readonly origin: string
  /** Puts a page there; `{snippet}` in head or body becomes the site's snippet. */
  put(path: string, page: WebsitePage): void
  close(): Promise<void>
}

/** Somebody's website on 127.0.0.1: truly cross-site to a console on localhost. */
export async function openWebsite(port = 0): Promise<Website> {
  const pages = new Map<string, WebsitePage>()
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://website.invalid').pathname
    const page = pages.get(path)
    response.writeHead(page ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      ...page?.headers,
    })
    response.end(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>${page?.title ?? 'A page'}</title>${page?.head ?? ''}</head><body>${page?.body ?? '<h1>A page</h1>'}</body></html>`,
    )
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    put: (path, page) => void pages.set(path, page),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
