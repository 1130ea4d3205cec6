import { Resolver } from 'node:dns/promises'

/** Asked at once, waiting, and remembered: names are a nicety and never cost the rest anything. */
const AT_ONCE = 8
const WAITING = 1_000
const KNOWN = 20_000
const TIMEOUT_MS = 2_000

export type AskName = (ip: string) => Promise<string[]>

/** What an address is called, where that is asked for (off unless set: each question tells a name server who is here). */
export function createHostNames(ask: AskName = askNameServers()) {
  const known = new Map<string, string | undefined>()
  const waiting: { ip: string; told: (name: string) => void }[] = []
  let asking = 0

  function next(): void {
    const question = asking < AT_ONCE ? waiting.shift() : undefined
    if (!question) return
    asking += 1
    const { ip, told } = question
    ask(ip)
      // No name and no answer are the same to us.
      .catch((): string[] => [])
      .then((names) => {
        const name = names.find((one) => one.length <= 253 && /^[A-Za-z0-9_.-]+$/.test(one))
        if (known.size >= KNOWN) known.clear()
        known.set(ip, name)
        asking -= 1
        next()
        if (name) told(name)
      })
    next()
  }

  return {
    /** Tells the name when there is one, at once or later. */
    look(ip: string, told: (name: string) => void): void {
      if (known.has(ip)) {
        const name = known.get(ip)
        if (name) told(name)
        return
      }
      if (waiting.length >= WAITING) return
      waiting.push({ ip, told })
      next()
    },
  }
}

export type HostNames = ReturnType<typeof createHostNames>

function askNameServers(): AskName {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 })
  return (ip) => resolver.reverse(ip)
}
