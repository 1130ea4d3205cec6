import type { Directory } from './directory/directory.ts'
import { snippetOf } from './sites/site.ts'

type Welcomed = { url: string; directory: Directory; setupCode(): string | undefined }

/** What is printed at start for the person at the terminal: where to go, and how to stop. */
export function welcomeText({ url, directory, setupCode }: Welcomed): string {
  const code = setupCode()
  const { agents, brands, sites } = directory.now
  const lines = ['', `Beckon runs at ${url}`, '']
  if (code !== undefined) {
    lines.push(`  Set it up     ${url}/console/setup#code=${code}`, `  with the code ${code}`)
  } else {
    const administrator = [...agents.values()].find(
      (agent) => agent.roles.has('administrator') && !agent.disabled,
    )
    lines.push(`  Console  ${url}/console/`)
    if (administrator) lines.push(`  Sign in as ${administrator.email}`)
  }
  if (brands.size > 0) lines.push(`  Portal   ${url}/portal`)
  const site = [...sites.values()].find(({ kind, off }) => kind === 'website' && !off)
  if (site) {
    lines.push(
      '',
      `  Put this on every page of ${site.name}, before </head>:`,
      `  ${snippetOf(site, url)}`,
    )
  }
  lines.push('', 'Stop it with Ctrl+C.', '')
  return lines.join('\n')
}
