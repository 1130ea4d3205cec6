import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { shot } from './shot.ts'
import { chatBetween } from './talk.ts'

describe('files in a chat', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await openScene()
    scene.page('/kim', { title: 'Kim reads', body: '<h1>Kim</h1>' })
  })
  afterAll(async () => {
    await scene[Symbol.asyncDispose]()
  })

  test('C5 C7 a picture to the agent, a document back, and what is not taken is said', async () => {
    const ana = await scene.agent()
    const kim = await scene.visitor()
    await kim.page.goto(`${scene.website.origin}/kim`)
    await ana.opensWhosOn()
    await chatBetween(ana, kim, 'Kim reads')
    const chooses = async (name: string, mimeType: string, buffer: Buffer) => {
      const chooser = kim.page.waitForEvent('filechooser')
      await kim.panel.getByRole('button', { name: 'Send a file' }).click()
      await (await chooser).setFiles({ name, mimeType, buffer })
    }

    // C5 the visitor's picture is seen by the agent, and the visitor reads its name.
    const photo = await kim.page.screenshot({ clip: { x: 0, y: 0, width: 640, height: 400 } })
    await chooses('frame.png', 'image/png', photo)
    await kim.panel.getByRole('button', { name: /^frame\.png · \d+ KB$/ }).waitFor()
    const picture = ana.page.getByRole('img', { name: 'frame.png' })
    await picture.waitFor()
    await eventually(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(640)

    // T9 a page that calls itself a text is refused, and said so; the chat goes on.
    await chooses('notes.txt', 'text/plain', Buffer.from('<!doctype html><script>1</script>'))
    await kim.panel.getByText('Not sent. A file may have 10 MB').waitFor()
    scene.forgive(/422/)

    // C7 the agent drops a document; the visitor saves it as it was.
    const pdf = Buffer.from('%PDF-1.7 an offer')
    const chooser = ana.page.waitForEvent('filechooser')
    await ana.page.getByRole('button', { name: 'Send a file' }).click()
    await (await chooser).setFiles({ name: 'offer.pdf', mimeType: 'application/pdf', buffer: pdf })
    await ana.page
      .getByRole('log')
      .getByRole('link', { name: /offer\.pdf/ })
      .waitFor()
    await shot(ana.page, 'files-agent')
    await shot(kim.page, 'files-visitor')
    // What cannot be fetched is said, until it can.
    await kim.page.route('**/files/read', (route) => route.abort(), { times: 1 })
    const offer = kim.panel.getByRole('button', { name: /^offer\.pdf/ })
    await offer.click()
    const lost = kim.panel.getByText('It could not be fetched.')
    await lost.waitFor()
    scene.forgive(/ERR_FAILED/)
    const download = kim.page.waitForEvent('download')
    await offer.click()
    const saved = await download
    expect(saved.suggestedFilename()).toBe('offer.pdf')
    expect(await lost.count()).toBe(0)
    expect(readFileSync(await saved.path())).toEqual(pdf)
  })
})
