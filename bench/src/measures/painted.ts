import { setTimeout as pause } from 'node:timers/promises'
import type { MeState, VisitId, VisitRow } from '@beckon/protocol'
import { launchChromium, USER_AGENT } from '../../../scripts/lib/chromium.mjs'
import { histogram } from '../histogram.ts'
import { valuesOf } from '../inviting.ts'
import type { SimulatedAgent } from '../simulated-agent.ts'

/**
 * Invitation → painted: a real Chromium stands on the site. The clock runs from the agent's command
 * leaving until the server has told the agent that the card was painted in a visible tab, so the way
 * back is included and the figure is an upper bound.
 */
export async function invitationToPainted(options: {
  agent: SimulatedAgent
  pageUrl: string
  samples: number
}): Promise<ReturnType<ReturnType<typeof histogram>['summary']>> {
  const { agent, pageUrl, samples } = options
  const browser = await launchChromium({ whole: true })
  const latencies = histogram()
  let viewed: ((at: number) => void) | undefined
  const stopMe = agent.watch<'me'>({ topic: 'me' }, ({ snapshot, event }) => {
    const invitations = ((event ?? snapshot) as Partial<MeState>).invitations ?? []
    if (invitations.some((invitation) => invitation.state === 'viewed')) viewed?.(performance.now())
  })
  try {
    const page = await browser.newPage({ userAgent: USER_AGENT })
    await page.goto(pageUrl)
    const visitId = await visitAt(agent, pageUrl)
    for (let count = 0; count < samples; count += 1) {
      const { version, groupId } = await valuesOf(agent, visitId)
      const from = performance.now()
      const painted = new Promise<number>((resolve) => {
        viewed = resolve
      })
      const { invitation } = await agent.ask({
        type: 'invitation.send',
        visitId,
        groupId,
        template: `Hello ${count}`,
        version,
      })
      latencies.add((await Promise.race([painted, pause(5_000, Number.POSITIVE_INFINITY)])) - from)
      viewed = undefined
      await agent.ask({ type: 'invitation.withdraw', invitationId: invitation.id })
      await pause(150)
    }
  } finally {
    stopMe()
    await browser.close()
  }
  return latencies.summary()
}

export function visitAt(agent: SimulatedAgent, url: string): Promise<VisitId> {
  return new Promise((resolve) => {
    const stop = agent.watch<'window'>(
      {
        topic: 'window',
        filter: {
          match: 'all',
          conditions: [{ field: 'url', op: 'contains', value: new URL(url).pathname }],
        },
        sort: { by: 'started', dir: 'desc' },
        offset: 0,
        limit: 5,
      },
      ({ snapshot, event }) => {
        const rows: VisitRow[] = snapshot ? Object.values(snapshot.rows) : (event?.rows ?? [])
        const row = rows[0]
        if (!row) return
        stop()
        resolve(row.id)
      },
    )
  })
}
