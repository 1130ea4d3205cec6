import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { FLAGS, USER_AGENT } from '../scripts/lib/chromium.mjs'
import { chromiumPath } from '../scripts/lib/system.mjs'
import { listenForComplaints, openShadowRoots } from './people.ts'
import type { Scene } from './scene.ts'

export type BrowserWindow = AsyncDisposable & {
  /** Another tab of the window, in front of the others. */
  tab(): Promise<Page>
}

/**
 * One window of a browser as a person has it: only its front tab is visible. A browser that was
 * started by the driver shows every page and gives it the focus.
 */
export async function openWindow({ complaints }: Scene): Promise<BrowserWindow> {
  const executable = chromiumPath()
  if (!executable) throw new Error('Chromium is missing; npm test installs it where it may')
  const profile = mkdtempSync(join(tmpdir(), 'beckon-window-'))
  const child = spawn(
    executable,
    [
      ...FLAGS,
      '--headless',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      `--user-agent=${USER_AGENT}`,
      '--window-size=1200,800',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const ended = once(child, 'exit')
  // Also where nobody came to close it.
  process.once('exit', () => child.kill('SIGKILL'))
  const address = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += chunk
      const found = /DevTools listening on (ws:\S+)/.exec(said)
      if (found?.[1]) resolve(found[1])
    })
    child.once('exit', () => reject(new Error(`Chromium did not start:\n${said}`)))
  })
  const browser = await chromium.connectOverCDP(address, {
    noDefaults: true,
    timeout: 120_000,
  })
  const [context] = browser.contexts()
  if (!context) throw new Error('the window has no tabs')
  await openShadowRoots(context)
  return {
    async tab() {
      const page = await context.newPage()
      listenForComplaints(page, 'visitor', complaints)
      return page
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      child.kill()
      await ended
      // Its helper processes may write for a moment longer; a folder that stays is nobody's failure.
      await rm(profile, { recursive: true, force: true }).catch(() => {})
    },
  }
}
