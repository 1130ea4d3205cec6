import { afterEach } from 'vitest'
import { PROTOCOL_VERSION } from '../src/limits.ts'
import { openWire, type RawSocket, type Wire } from './wire.ts'

/** A running server, whoever wrote it, with one site and one agent. */
export type Target = {
  /** Where it is, as `http://host:port`. */
  url: string
  siteKey: string
  /** An origin the site allows. */
  origin: string
  /** The `Cookie` header of an agent who is signed in and may invite. */
  agentCookie: string
  dial(address: string, headers: Record<string, string>): RawSocket
}

// Without a browser's name a visitor counts as a bot, which is not in the list.
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

export type Callers = ReturnType<typeof createCallers>

/** Who connects to the target: pages and consoles, made anew for each test and gone after it. */
export function createCallers(target: () => Target) {
  const wires: Wire[] = []
  afterEach(() => {
    for (const wire of wires.splice(0)) wire.leave()
  })

  async function dial(path: string, headers: Record<string, string>): Promise<Wire> {
    const wire = await openWire(target().dial(target().url.replace('http', 'ws') + path, headers))
    wires.push(wire)
    return wire
  }
  const knock = (origin = target().origin) => dial('/ws/visitor', { origin, 'user-agent': BROWSER })
  const hello = (more: object = {}) => ({
    type: 'hello',
    v: PROTOCOL_VERSION,
    site: target().siteKey,
    privacy: 'returning',
    page: aPage('First'),
    visible: true,
    focused: true,
    ...more,
  })
  const aPage = (title: string) => ({ id: newId(), url: `${target().origin}/`, title })

  async function visitor(more: object = {}) {
    const wire = await knock()
    wire.say(hello(more))
    const welcome = await wire.next('welcome')
    return { ...wire, welcome }
  }
  async function agent() {
    const wire = await dial('/ws/agent', { origin: target().url, cookie: target().agentCookie })
    wire.say({ type: 'hello', v: PROTOCOL_VERSION })
    const welcome = await wire.next('welcome')
    let subs = 0
    return {
      ...wire,
      welcome,
      async subscribe(topic: object) {
        const sub = ++subs
        wire.say({ type: 'subscribe', sub, topic })
        const { state } = await wire.next('snapshot', (frame) => frame.sub === sub)
        return { sub, state: state as Record<string, never> }
      },
    }
  }
  return { target, dial, knock, hello, aPage, visitor, agent }
}

export const newId = (): string => crypto.randomUUID()
