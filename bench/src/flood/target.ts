/*
 * A flood hits this machine only. Whoever means another one has to name it, and to type the name
 * once more: a typing error or a line from the history must not take somebody's site down.
 */

/** By its name, not by what the name resolves to: that can change between the look and the flood. */
export function isThisMachine(server: string): boolean {
  const { hostname } = new URL(server)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/** The sentence that refuses to send anything there; undefined where it is meant. */
export async function refusalOf(
  servers: readonly string[],
  beyond: string | undefined,
  askAgain: ((question: string) => Promise<string>) | undefined,
): Promise<string | undefined> {
  const hosts = new Set(
    servers.filter((server) => !isThisMachine(server)).map((server) => new URL(server).hostname),
  )
  for (const host of hosts) {
    if (beyond !== host)
      return `flood talks to this machine only, and ${host} is another one. If you mean it, and may: --beyond ${host}`
    if (!askAgain)
      return `Sending a flood to ${host} has to be confirmed by a person at a terminal.`
    const said = await askAgain(`This sends a flood to ${host}. Type its name to go on: `)
    if (said.trim() !== host) return 'Nothing was sent.'
  }
  return undefined
}
