import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'

/** Time for what moves to stand still. */
const SETTLED_MS = 300

/** Pictures to look at, light and dark, in the folder that SHOTS names; without it nothing is done. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await page.waitForTimeout(SETTLED_MS)
    await page.screenshot({ path: `${folder}/${name}-${theme}.png` })
  }
  await page.emulateMedia({ colorScheme: null })
}
