import { WebSocket } from 'ws'

type Answer = { id?: number; result?: { result?: { value?: unknown } } }

/** Bytes a Node process holds after a full collection, asked through its inspector. */
export async function heapOf(inspectorPort: number): Promise<number> {
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
  const expression = '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())'
  const { result } = await ask(3, 'Runtime.evaluate', { expression })
  socket.terminate()
  return Number(result?.result?.value)
}
