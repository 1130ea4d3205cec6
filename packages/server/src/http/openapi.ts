import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../refusal.ts'
import { asPage } from './headers.ts'
import { isHttps } from './origin.ts'
import { sendSqueezed } from './squeezed.ts'

/** `/api/v1/openapi.json`, from the schemas the routes are checked with, and `/api/docs` to read it. */
export async function describeApi(
  app: FastifyInstance,
  settings: { publicUrl?: string | undefined },
): Promise<void> {
  await app.register(swagger, {
    // Pages and scripts are no part of the API.
    transform: ({ schema, url }) => ({
      schema: { ...schema, hide: schema?.hide === true || !url.startsWith('/api/v1/') },
      url,
    }),
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Beckon',
        version: '1',
        description:
          'Sign in with POST /api/v1/sign-in and send the cookie. Every change needs the header `x-beckon: 1` and a JSON body. A refusal is `{ code, message }`; codes are permanent.',
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          signIn: {
            type: 'apiKey',
            in: 'cookie',
            name: isHttps(settings) ? '__Host-beckon' : 'beckon-http',
          },
        },
      },
      security: [{ signIn: [] }],
    },
  })
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, async () => app.swagger())

  app.get('/api/docs', { schema: { hide: true } }, (_request, reply) => {
    asPage(reply, 'docs', settings)
    return reply.type('text/html; charset=utf-8').send(PAGE)
  })
  app.get('/api/docs/', { schema: { hide: true } }, (_request, reply) =>
    reply.redirect('/api/docs'),
  )
  app.get('/api/docs/start.js', { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(START),
  )
  app.get('/api/docs/scalar.js', { schema: { hide: true } }, (_request, reply) =>
    sendSqueezed(reply.header('cache-control', 'public, max-age=86400'), scalarFile()),
  )
}

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Beckon API</title>
<link rel="icon" href="data:,">
</head>
<body>
<div id="app"></div>
<script src="/api/docs/scalar.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`

// Nothing is fetched from elsewhere: no fonts, no proxy, no usage reports.
const START = `Scalar.createApiReference('#app', {
  url: '/api/v1/openapi.json',
  withDefaultFonts: false,
  proxyUrl: '',
  telemetry: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  theme: 'default',
})
`

/** The reader's own bundle, out of its package: its plugin would write a script into the page. */
function scalarFile(): string {
  const main = createRequire(import.meta.url).resolve('@scalar/fastify-api-reference')
  const file = join(dirname(main), 'js', 'standalone.js')
  if (!existsSync(file)) throw new Refusal('not_found', 'The API reader is not installed.')
  return file
}
