import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * No rule of WCAG 2.2 AA or of good practice is broken by what the page shows now, light and dark.
 * `over`: a menu or toast lies over the page, where it belongs to no landmark.
 */
export async function expectAccessible(
  page: Page,
  screen: string,
  { over = false } = {},
): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect.soft(await violations(page, over), `${screen}, ${colorScheme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** Each as one line that names the rule, the element and what to mend. */
async function violations(page: Page, over: boolean): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async (over) => {
    // Colours are measured when nothing is fading any more; what turns for ever does not count.
    const passing = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    await Promise.allSettled(passing.map((one) => one.finished))
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const { violations: found } = await axe.run(document, {
      resultTypes: ['violations'],
      rules: { 'target-size': { enabled: true }, region: { enabled: !over } },
    })
    return found.flatMap(({ id, help, nodes }) =>
      nodes.map(
        (node) => `${id}: ${help}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`,
      ),
    )
  }, over)
}
