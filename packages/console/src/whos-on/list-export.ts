import type { ExportAsk } from '@beckon/protocol'
import { ApiProblem, download, sentenceOf } from '../api.ts'
import { toast } from '../parts/toast-queue.ts'

/** Fetches the file from the server and hands it to the browser. */
export async function exportList(ask: ExportAsk): Promise<void> {
  try {
    const { blob, name, rows } = await download('/visits/export', ask)
    const address = URL.createObjectURL(blob)
    const link = document.createElement('a')
    link.href = address
    link.download = name
    link.click()
    // The browser has begun to read it by the next turn.
    setTimeout(() => URL.revokeObjectURL(address), 10_000)
    toast.show({
      text: `Exported ${rows === 1 ? '1 visitor' : `${rows.toLocaleString('en')} visitors`}`,
    })
  } catch (thrown) {
    toast.show({
      text: thrown instanceof ApiProblem ? `Not exported: ${thrown.message}` : sentenceOf(thrown),
    })
  }
}
