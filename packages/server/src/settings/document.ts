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

## Behind a proxy

Set \`BECKON_PUBLIC_URL\` to the address browsers use and \`BECKON_TRUST_PROXY\` to your proxy, or every visitor has the proxy's address. The proxy must pass WebSockets (\`/ws/visitor\`, \`/ws/agent\`).
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
