import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { REFUSALS } from '../packages/protocol/src/codes.ts'
import { table } from '../packages/server/src/settings/table.ts'

/* Pages that point at what is not there are worse than no pages. */

const root = fileURLToPath(new URL('..', import.meta.url))
const FOLDERS = ['bench', 'demo', 'docs', 'e2e', 'packages', 'scripts']
/** Made by `npm run bench` and by hand on a machine with a screen, after everything else. */
const MADE_LATER: string[] = []

function pagesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      return ['node_modules', 'dist', 'data'].includes(entry.name) ? [] : pagesIn(path)
    }
    return entry.name.endsWith('.md') ? [path] : []
  })
}
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap(pagesIn),
]

const read = (page: string) => readFileSync(join(root, page), 'utf8')
const withoutBlocks = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '')
const codeIn = (text: string) =>
  [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)

/** As GitHub makes anchors of headings. */
const anchorsOf = (page: string): string[] =>
  [...withoutBlocks(read(page)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )

const isThere = (path: string) => existsSync(join(root, path)) || MADE_LATER.includes(path)

describe.each(pages)('%s', (page) => {
  const text = read(page)
  const home = dirname(page)

  test('links to what is there', () => {
    const broken = [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(
      ([, link = '']) => {
        if (/^[a-z]+:/.test(link)) return []
        const [path = '', anchor] = link.split('#')
        const target = path === '' ? page : relative(root, join(root, home, path))
        if (!isThere(target)) return [link]
        const leads = !anchor || MADE_LATER.includes(target) || anchorsOf(target).includes(anchor)
        return leads ? [] : [link]
      },
    )
    expect(broken).toEqual([])
  })

  test('names files and folders that are there', () => {
    // Seen from the root, from the page, and, as the architecture says them, inside the server.
    const places = ['', home, join(home, 'src'), 'packages/server/src']
    const blocks = [...text.matchAll(/^((?:packages|docs|bench|demo|e2e|scripts)\/[\w/.-]*) /gm)]
    const names = [...codeIn(text), ...blocks.map(([, path = '']) => path)]
    const missing = names.filter(
      (name) =>
        /^[a-z0-9][\w.-]*(?:\/[\w.-]+)*(?:\/|\.(?:ts|tsx|mjs|cjs|md))$/i.test(name) &&
        !name.includes('dist/') &&
        !places.some((place) => isThere(join(place, name))),
    )
    expect(missing).toEqual([])
  })

  test('names commands and settings that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const commands = [...text.matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name = '']) => name)
    expect(commands.filter((name) => !(name in scripts))).toEqual([])
    const settings = [...text.matchAll(/\bBECKON_[A-Z_]+\b/g)].map(([name]) => name)
    const known = Object.values(table).map(({ env }): string => env)
    // What only tests read is no setting of the product.
    const unknown = (name: string) => !known.includes(name) && !name.startsWith('BECKON_TEST_')
    expect(settings.filter(unknown)).toEqual([])
  })
})

test('every setting stands in docs/configuration.md, every refusal in docs/protocol.md', () => {
  const documented = (page: string) => new Set(codeIn(read(page)))
  const settings = documented('docs/configuration.md')
  expect(Object.values(table).filter(({ env }) => !settings.has(env))).toEqual([])
  const refusals = documented('docs/protocol.md')
  expect(Object.keys(REFUSALS).filter((code) => !refusals.has(code))).toEqual([])
})
