import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from './people.ts'
import { openScene, type Scene, snippetOf } from './scene.ts'
import { openChat, write } from './talk.ts'

/** A company's proxy: it passes everything on as it comes, and refuses every WebSocket. */
async function refusingProxy(port: number) {
  let refused = 0
  const proxy = createServer((asked, answer) => {
    const { method, url, headers } = asked
    const onward = request({ port, method, path: url, headers }, (come) => {
      answer.writeHead(come.statusCode ?? 502, come.headers)
      come.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    answer.on('close', () => onward.destroy())
    asked.pipe(onward)
  })
  proxy.on('upgrade', (_asked, socket) => {
    refused++
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  proxy.listen(0)
  await once(proxy, 'listening')
  return {
    base: `http://localhost:${(proxy.address() as AddressInfo).port}`,
    refused: () => refused,
    close() {
      proxy.closeAllConnections()
      proxy.close()
    },
  }
}

describe('§7 where WebSocket is blocked', () => {
  let scene: Scene
  let proxy: Awaited<ReturnType<typeof refusingProxy>>
  beforeAll(async () => {
    scene = await openScene()
    proxy = await refusingProxy(scene.server.port)
  })
  afterAll(async () => {
    proxy?.close()
    await scene?.[Symbol.asyncDispose]()
  })

  const streams = async (kind: string) => {
    const text = await (await fetch(`${scene.server.base}/metrics`)).text()
    return Number(new RegExp(`^beckon_streams\\{kind="${kind}"\\} (\\d+)$`, 'm').exec(text)?.[1])
  }

  /** From its next page on. */
  const withoutWebSocket = (context: BrowserContext) =>
    context.addInitScript(() => {
      Reflect.deleteProperty(globalThis, 'WebSocket')
    })

  test('S1 S29 S40 R6 invitation and chat go over plain HTTP, on both sides', async () => {
    const ana = await scene.agent()
    await withoutWebSocket(ana.page.context())
    await ana.looksAfresh()
    await eventually(() => streams('agent')).toBe(1)

    const kim = await scene.visitor()
    await withoutWebSocket(kim.page.context())
    scene.page('/first', { title: 'Blocked' })
    scene.page('/second', { title: 'Still blocked' })
    await kim.page.goto(`${scene.website.origin}/first`)
    await ana.seesRow('Blocked')
    expect(await streams('visitor')).toBe(1)

    await ana.invites('Blocked', 'Can I help with #pagetitle#?')
    await kim.seesCard('Can I help with Blocked?')
    await kim.replies('Yes, over plain HTTP')
    await kim.seesMessage('Yes, over plain HTTP')
    await ana.opensChats()
    await openChat(ana, 'Yes, over plain HTTP')
    for (const words of ['one', 'two', 'three']) await write(ana, `answer ${words}`)
    await kim.seesMessage('answer three')

    // The same visit goes on: the next page streams too, and the chat is there.
    await kim.page.goto(`${scene.website.origin}/second`)
    await kim.seesMessage('answer three')
    await ana.opensWhosOn()
    await ana.seesRow(/Still blocked/)
    await eventually(() => streams('visitor')).toBe(1)
    await kim.page.close()
    await eventually(() => streams('visitor')).toBe(0)
  })

  test('R6 a proxy and a page policy that let no WebSocket through are noticed', async () => {
    scene.website.put('/proxied', {
      title: 'Behind a proxy',
      head: snippetOf(proxy.base, scene.site),
      headers: {
        'content-security-policy': `default-src 'none'; img-src data:; script-src ${proxy.base}; connect-src ${proxy.base} ${proxy.base.replace('http', 'ws')}; require-trusted-types-for 'script'`,
      },
    })
    scene.website.put('/policy', {
      title: 'Under a policy',
      head: snippetOf(proxy.base, scene.site),
      headers: {
        'content-security-policy': `default-src 'none'; img-src data:; script-src ${proxy.base}; connect-src ${proxy.base}; require-trusted-types-for 'script'`,
      },
    })
    const ana = await scene.agent()
    await ana.opensWhosOn()
    const lee = await scene.visitor()
    await lee.page.goto(`${scene.website.origin}/proxied`)
    await ana.seesRow('Behind a proxy')
    expect(proxy.refused()).toBeGreaterThanOrEqual(2)
    await ana.invites('Behind a proxy', 'Through the wall')
    await lee.seesCard('Through the wall')
    await lee.declines()
    await lee.page.close()
    const refused = proxy.refused()

    const mia = await scene.visitor()
    await mia.page.goto(`${scene.website.origin}/policy`)
    await ana.looksAfresh()
    await ana.seesRow('Under a policy')
    // The policy let no attempt out of the browser.
    expect(proxy.refused()).toBe(refused)

    await mia.page.close()
    // What the browser itself says about it, on the page's console.
    scene.forgive(
      /WebSocket connection to|violates the following Content Security Policy|INCOMPLETE_CHUNKED/,
    )
  })
})
