import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const FLAGS = join(
  dirname(createRequire(import.meta.url).resolve('flag-icons/package.json')),
  'flags/4x3',
)

/** Serves each country's flag as a file of its own at `flags/pl.svg`; only those seen are fetched. */
function flags(): Plugin {
  return {
    name: 'beckon-flags',
    configureServer(server) {
      server.middlewares.use('/console/flags', (request, response, next) => {
        const name = /^\/([a-z]{2})\.svg$/.exec(request.url ?? '')?.[1]
        if (!name) return next()
        try {
          const svg = readFileSync(join(FLAGS, `${name}.svg`))
          response.setHeader('content-type', 'image/svg+xml')
          response.end(svg)
        } catch {
          next()
        }
      })
    },
    generateBundle() {
      // Countries only: longer names are regions and organisations, which geo data never answers.
      for (const file of readdirSync(FLAGS).filter((name) => /^[a-z]{2}\.svg$/.test(name))) {
        this.emitFile({
          type: 'asset',
          fileName: `flags/${file}`,
          source: readFileSync(join(FLAGS, file)),
        })
      }
    },
  }
}

const SERVER = process.env.BECKON_DEV_SERVER ?? 'http://localhost:4000'

export default defineConfig({
  base: '/console/',
  plugins: [react(), tailwindcss(), flags()],
  build: {
    // The content security policy allows our own files only: nothing may become a data: address.
    assetsInlineLimit: 0,
    target: 'es2022',
  },
  server: {
    proxy: {
      '/api': SERVER,
      '/beckon': SERVER,
      '/portal': SERVER,
      '/ws': { target: SERVER, ws: true },
    },
  },
})
