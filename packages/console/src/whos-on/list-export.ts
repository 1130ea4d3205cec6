import type { ExportAsk, VisitFilter, VisitId } from '@beckon/protocol'
import { ApiProblem, download, sentenceOf } from '../api.ts'
import { toast } from '../parts/toast-queue.ts'
import type { Layout } from './layout.ts'
import { listOf } from './use-selecting.ts'

type ListExport = {
  format: ExportAsk['format']
  layout: Layout
  filter: VisitFilter
  /** Only these of them; all where there are none. */
  ids: readonly VisitId[]
}

/** Fetches the file from the server and hands it to the browser. */
export async function exportList({ format, layout, filter, ids }: ListExport): Promise<void> {
  const ask: ExportAsk = {
    format,
    columns: [...layout.columns],
    filter,
    ...listOf(layout),
    ...(ids.length > 0 && { visitIds: [...ids] }),
  }
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
