import { once } from 'node:events'
import { createServer } from 'node:http'

/** An empty page with the snippet at every address but /without, which has none: what both cost apart. */
export async function openWebsite() {
  let snippet = ''
  const server = createServer((request, response) => {
    const isBare = request.url?.startsWith('/without')
    response.setHeader('content-type', 'text/html; charset=utf-8')
    // A page asks for an icon by itself; that is no request of ours.
    const icon = '<link rel="icon" href="data:,">'
    response.end(
      `<!doctype html><title>A page</title>${icon}<h1>A page</h1><p>With some words on it.</p>${isBare ? '' : snippet}`,
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    show(base: string, siteKey: string): void {
      snippet = `<script async src="${base}/beckon.js" data-site="${siteKey}"></script>`
    },
    close(): void {
      server.close()
      server.closeAllConnections()
    },
  }
}
