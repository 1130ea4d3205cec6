import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { whole } from '../report/figures.ts'
import type { Part } from './part.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

export const files: Part = {
  name: 'files',
  title: 'What a page loads',
  how: 'The built files, each compressed by itself as it is served. `npm run check` guards the same limits.',
  async run({ note }) {
    const widget = join(root, 'packages/widget/dist')
    const gzip = (file: string) => gzipSync(readFileSync(file), { level: 9 }).length
    const names = readdirSync(widget).filter((name) => name.endsWith('.js'))
    const script = gzip(join(root, 'packages/tracker/dist/beckon.js'))
    const withFiles = (some: readonly string[]) =>
      some.reduce((sum, name) => sum + gzip(join(widget, name)), script)
    const bytes = (what: string, got: number, most: number) =>
      note(what, `${whole(got)} bytes`, { text: `≤ ${whole(most)}`, got, most })
    bytes('beckon.js, gzip', script, 4_096)
    const card = names.filter((name) => name.startsWith('widget'))
    bytes('with card and launcher', withFiles(card), 10_240)
    bytes('with the chat panel too', withFiles(names), 20_480)
  },
}
