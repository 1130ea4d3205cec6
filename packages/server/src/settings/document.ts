import { type Setting, table } from './table.ts'

const all: readonly Setting[] = Object.values(table)

const fallbackOf = ({ fallback, unset }: Setting): string =>
  unset ?? (fallback === undefined ? 'unset' : String(fallback))

/** The text of docs/configuration.md. */
export function configurationPage(): string {
  const rows = all.map((setting) => {
    const fallback = setting.unset ?? `\`${fallbackOf(setting)}\``
    return `| \`${setting.env}\` | ${fallback} | ${setting.help.replaceAll('|', '\\|')} |`
  })
  return `# Configuration

Nothing has to be set. What you set stands in the environment or in a file \`.env\` beside \`package.json\`; the environment wins. A setting that is wrong, or whose name Beckon does not know, stops the start with a sentence.

<!-- Made from packages/server/src/settings/table.ts by scripts; change it there. -->

| setting | if unset | what it does |
|---|---|---|
${rows.join('\n')}

## Allowed origins of a site

A site's key works on the origins listed with it: \`[scheme://]host[:port]\` or \`*.host\` for every name below it. No scheme means http and https. No port means the scheme's own port, or any port on loopback (\`localhost\`, \`127.0.0.1\`, \`[::1]\`). The portal needs no entry.

## What a site keeps

Each site has a privacy level, the most that a visitor's browser may be given to keep; what the page, the visitor's consent or Global Privacy Control allow lowers it further.

| level | in the browser | what that means |
|---|---|---|
| \`presence\` | nothing, until a first reply asks for it | A hash that changes every day, in memory only, joins one page to the next. |
| \`visit\` | a token, until the tab is closed | Pages join into one visit; the next visit is another visitor. |
| \`returning\` | a token, until it is removed | The visitor is known again within the brand. |

The IP mode says what is stored of an address: \`full\`, \`masked\` (the default) or \`none\`. Agents see the whole address while the visit is in the list, except at the level \`presence\` or with the mode \`none\`. Of a page's address only the query keys that describe a page are kept, and nothing that looks like a secret or an e-mail address.

## Behind a proxy

Set \`BECKON_PUBLIC_URL\` to the address browsers use and \`BECKON_TRUST_PROXY\` to your proxy, or every visitor has the proxy's address. The proxy must pass WebSockets (\`/ws/visitor\`, \`/ws/agent\`). Where something else blocks them, the same goes over \`/stream/visitor\` and \`/stream/agent\`: answers that do not end, which the proxy must not hold back (nginx is told so by a header), best over HTTP/2.
`
}

/** What \`--help\` prints. */
export function helpText(): string {
  const lines = all.flatMap((setting) => [
    `  ${setting.env} (${fallbackOf(setting)})`,
    `      ${setting.help}`,
  ])
  return [
    'Beckon shows who is on your websites now and lets you invite a visitor to chat.',
    '',
    'Start it with: npm start. Settings, from the environment or a file .env:',
    '',
    ...lines,
  ].join('\n')
}
