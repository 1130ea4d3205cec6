import type { Browser, Page } from 'playwright-core'

export type Traced = {
  /** Time the page's main thread was busy, and the longest single task. */
  busyMs: number
  longestMs: number
}

type TraceEvent = {
  ph: string
  name: string
  pid: number
  tid: number
  dur?: number
  tdur?: number
  args?: { name?: string; data?: Frame; beginData?: Frame }
}

type Frame = { frame?: string }

/** What the main thread of a page did meanwhile, by Chromium's own account. */
export async function traced(
  browser: Browser,
  page: Page,
  act: () => Promise<unknown>,
): Promise<Traced> {
  const cdp = await page.context().newCDPSession(page)
  await browser.startTracing(page, { categories: ['devtools.timeline', 'toplevel', '__metadata'] })
  await act()
  const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as {
    traceEvents: TraceEvent[]
  }
  const { frameTree } = await cdp.send('Page.getFrameTree')
  const drawsIt = ({ args }: TraceEvent) =>
    (args?.data ?? args?.beginData)?.frame === frameTree.frame.id
  // The browser keeps renderers for pages of its own and for the next one.
  const processes = new Set(traceEvents.filter(drawsIt).map(({ pid }) => pid))
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .filter(({ pid }) => processes.has(pid))
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const busy = new Map<string, number>()
  let longestMs = 0
  for (const { ph, name, pid, tid, dur = 0, tdur = dur } of traceEvents) {
    if (ph !== 'X' || !TASKS.has(name) || !mains.has(`${pid} ${tid}`)) continue
    // Processor time, not the clock's: other programs of the machine are none of the page's doing.
    busy.set(name, (busy.get(name) ?? 0) + tdur / 1_000)
    longestMs = Math.max(longestMs, tdur / 1_000)
  }
  return { busyMs: Math.max(0, ...busy.values()), longestMs }
}

/** Whole turns of the event loop, by the names they have; with both, one stands within the other. */
const TASKS = new Set(['RunTask', 'ThreadControllerImpl::RunTask'])
