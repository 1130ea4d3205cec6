import { WebSocket } from 'ws'

type Answer = { id?: number; result?: { result?: { value?: unknown } } }

/** Bytes a Node process holds after a full collection, asked through its inspector. */
export const heapOf = async (inspectorPort: number): Promise<number> =>
  (await heldBy(inspectorPort)).bytes

/** The same, and how much of other kinds: what keeps it running, but for connections. */
export async function heldBy(inspectorPort: number): Promise<{ bytes: number; handles: number }> {
  const targets = (await (await fetch(`http://127.0.0.1:${inspectorPort}/json/list`)).json()) as {
    webSocketDebuggerUrl: string
  }[]
  const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? '')
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const ask = (id: number, method: string, params = {}) =>
    new Promise<Answer>((resolve) => {
      const hear = (data: unknown) => {
        const answer = JSON.parse(String(data)) as Answer
        if (answer.id !== id) return
        socket.off('message', hear)
        resolve(answer)
      }
      socket.on('message', hear)
      socket.send(JSON.stringify({ id, method, params }))
    })
  await ask(1, 'HeapProfiler.collectGarbage')
  await ask(2, 'HeapProfiler.collectGarbage')
  const { result } = await ask(3, 'Runtime.evaluate', { expression: HELD })
  socket.terminate()
  return JSON.parse(String(result?.result?.value)) as { bytes: number; handles: number }
}

const HELD = `(() => {
  const { heapUsed, external } = process.memoryUsage()
  const handles = process.getActiveResourcesInfo().filter((kind) => kind !== 'TCPSocketWrap')
  return JSON.stringify({ bytes: heapUsed + external, handles: handles.length })
})()`
