import { readFile } from 'node:fs/promises'
import { random, simulatedVisitor } from '@beckon/bench'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agent, eventually } from './people.ts'
import { openScene, type Scene } from './scene.ts'
import { shot } from './shot.ts'

const CROWD = 260

/** The list by a person's hands: how it looks, who is selected, what leaves it, and the palette. */
describe('the list', () => {
  let scene: Scene
  let ana: Agent
  const visitors: ReturnType<typeof simulatedVisitor>[] = []
  beforeAll(async () => {
    scene = await openScene({ BECKON_TRUST_PROXY: '127.0.0.0/8,::1/128' })
    const help = await scene.addSite('0 Advice')
    for (let at = 0; at < CROWD; at++) {
      const site = at % 3 === 0 ? help : scene.site
      const visitor = simulatedVisitor({
        server: scene.server.base.replace('http', 'ws'),
        persona: {
          site: site.key,
          origin: scene.website.origin,
          address: `203.0.113.${(at % 250) + 1}`,
        },
        random: random(at + 1),
      })
      visitors.push(visitor)
      const number = String(at).padStart(3, '0')
      await visitor.arrive({
        url: `${scene.website.origin}/p${number}?utm_campaign=spring`,
        title: at === 7 ? '=1+1 page' : `Page ${number}`,
      })
    }
    ana = await scene.agent()
  }, 120_000)
  afterAll(() => scene?.[Symbol.asyncDispose]())

  const search = () => decodeURIComponent(new URL(ana.page.url()).search)
  const heads = () => ana.page.getByRole('columnheader').filter({ hasText: /\w/ }).allTextContents()
  const openColumns = async () => {
    await ana.page.getByRole('button', { name: 'Columns', exact: true }).click()
    return ana.page.getByRole('dialog', { name: 'Columns' })
  }
  const bar = () => ana.page.getByRole('main', { name: 'Visitors' })

  test('W1 columns are chosen, moved and sized; reload, address and another browser keep them', async () => {
    const { page } = ana
    await ana.seesRow('Page 259')
    const columns = await openColumns()
    await columns.getByLabel('Find a column').fill('camp')
    await columns.getByRole('checkbox', { name: 'Campaign' }).click()
    await columns.getByLabel('Find a column').fill('')
    const campaign = columns.getByRole('checkbox', { name: 'Campaign' })
    await campaign.focus()
    for (let times = 0; times < 9; times++) await page.keyboard.press('Alt+ArrowUp')
    await shot(ana.page, 'columns')
    await page.keyboard.press('Escape')
    await eventually(heads).toEqual([
      'Campaign',
      'Status',
      'Visitor',
      'Current page',
      'Invitation',
      'Started',
      'Hits',
      'Duration',
      'Idle',
      'Country',
    ])
    await eventually(() => ana.row('Page 259').textContent()).toContain('spring')

    // By the keyboard, by the pointer, and fitted.
    const width = async () =>
      Math.round((await page.locator('[data-head="campaign"]').boundingBox())?.width ?? 0)
    const edge = page.locator('[data-edge="campaign"]')
    await page.getByRole('button', { name: 'Campaign', exact: true }).focus()
    const first = await width()
    for (let times = 0; times < 5; times++) await page.keyboard.press('Shift+ArrowRight')
    await eventually(width).toBe(first + 40)
    const box = await edge.boundingBox()
    await page.mouse.move((box?.x ?? 0) + 5, (box?.y ?? 0) + 10)
    await page.mouse.down()
    await page.mouse.move((box?.x ?? 0) + 65, (box?.y ?? 0) + 10, { steps: 4 })
    await page.mouse.up()
    await eventually(width).toBe(first + 100)
    await edge.dblclick()
    await eventually(width).toBeLessThan(first)
    const fitted = await width()

    await page.getByRole('button', { name: 'Hits', exact: true }).click()
    await eventually(() =>
      page.getByRole('columnheader', { name: 'Hits' }).first().getAttribute('aria-sort'),
    ).toBe('descending')
    await page.mouse.move(5, 500)
    await page.getByRole('heading', { name: "Who's On" }).click()
    await page.keyboard.press('d')
    await eventually(search).toContain(`cols=campaign:${fitted},status,`)
    expect(search()).toContain('sort=hits-desc')
    expect(search()).toContain('rows=compact')
    const shared = page.url()
    await page.reload()
    await eventually(heads).toContain('Campaign')
    await eventually(width).toBe(fitted)

    // The account has it in another browser; a link shows its own, and changes nothing of theirs.
    const elsewhere = await scene.agent()
    await eventually(() => decodeURIComponent(elsewhere.page.url())).toContain('cols=campaign')
    await elsewhere.page.context().close()
    const ben = await scene.agent(await scene.addAgent('Ben'))
    await ben.seesRow('Page 259')
    expect(ben.page.url()).not.toContain('cols=')
    await ben.page.goto(shared)
    await ben.page.getByRole('columnheader', { name: 'Campaign' }).first().waitFor()
    await ben.looksAfresh()
    await ben.seesRow('Page 259')
    expect(ben.page.url()).not.toContain('cols=')
    await ben.page.context().close()

    const again = await openColumns()
    await again.getByRole('button', { name: 'Put back as shipped' }).click()
    await page.keyboard.press('Escape')
    await eventually(search).toBe('')
  })

  test('W1 headings say exactly how many stand below them, folded or not, and stay folded', async () => {
    const columns = await openColumns()
    await columns.getByRole('radio', { name: 'Site' }).click()
    await ana.page.keyboard.press('Escape')
    const heading = (name: RegExp) => ana.page.getByRole('grid').getByRole('button', { name })
    const inHelp = Math.ceil(CROWD / 3)
    await heading(new RegExp(`^0 Advice ?${inHelp}$`)).click()
    const other = heading(new RegExp(` ?${CROWD - inHelp}$`))
    await other.waitFor()
    await eventually(() => heading(/^0 Advice/).getAttribute('aria-expanded')).toBe('false')
    await shot(ana.page, 'grouped')
    // Two headings and the rows of one site, all of them within reach.
    const grid = ana.page.getByRole('grid')
    await eventually(() => grid.getAttribute('aria-rowcount')).toBe(String(CROWD - inHelp + 3))
    await grid.evaluate((list) => list.scrollTo({ top: list.scrollHeight }))
    await ana.seesRow('Page 001')
    expect(await ana.row('Page 000').count()).toBe(0)
    // It stays so for this agent, until they open it again.
    await ana.page.reload()
    await eventually(() => grid.getAttribute('aria-rowcount')).toBe(String(CROWD - inHelp + 3))
    await heading(/^0 Advice/).click()
    await eventually(() => grid.getAttribute('aria-rowcount')).toBe(String(CROWD + 3))
    await (await openColumns()).getByRole('radio', { name: 'None' }).click()
    await ana.page.keyboard.press('Escape')
  })

  test('W8 T11 a range over rows nobody has loaded, everyone who matches, and a safe file of them', async () => {
    const { page } = ana
    await page.goto(`${ana.base}/console/whos-on?sort=title-asc`)
    await ana.selects('Page 002')
    const grid = page.getByRole('grid')
    await grid.evaluate((list) => list.scrollTo({ top: list.scrollHeight }))
    await ana.seesRow('Page 258')
    await ana
      .row('Page 258')
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] })
    // 000 to 259 without the one that is called otherwise.
    await eventually(() => bar().textContent()).toContain('256 selected')
    await ana.reads('Invitations go to at most 25 at once.')
    await eventually(() =>
      bar()
        .getByRole('button', { name: /^Invite to Live Chat/ })
        .isDisabled(),
    ).toBe(true)
    await shot(ana.page, 'selected')
    await page.getByRole('button', { name: `Select all ${CROWD}` }).click()
    await eventually(() => bar().textContent()).toContain(`${CROWD} selected`)

    const exported = async (format: string) => {
      await page.getByRole('button', { name: 'Actions' }).first().click()
      const download = page.waitForEvent('download')
      await page.getByRole('menuitem', { name: new RegExp(`as ${format}$`) }).click()
      const file = await download
      expect(file.suggestedFilename()).toMatch(/^whos-on-[\d-]+\.(csv|json)$/)
      return readFile(await file.path(), 'utf8')
    }
    const lines = (await exported('CSV')).trimEnd().split('\r\n')
    expect(lines).toHaveLength(CROWD + 1)
    expect(lines[0]).toContain('Status,Visitor,Verified,Email,Page title,Page address,')
    expect(lines.filter((line) => line.includes("'=1+1 page"))).toHaveLength(1)
    // No address leaves that the site does not store.
    expect(lines[1]).toMatch(/^active,Visitor [0-9A-F]{4},/)
    expect(lines.join()).not.toContain('203.0.113')
    await page.keyboard.press('Escape')
    await eventually(() => bar().textContent()).not.toContain('selected')
    await grid.evaluate((list) => list.scrollTo({ top: 0 }))
    await ana.selects('=1+1 page')
    const [only, ...more] = JSON.parse(await exported('JSON'))
    expect([only.pageTitle, only.status, more]).toEqual(['=1+1 page', 'active', []])
    await page.keyboard.press('Escape')
  })

  test('W20 the palette finds people, places and deeds; letters can be switched off', async () => {
    const { page } = ana
    visitors[42]?.send({ type: 'identify', identity: { name: 'Zoë Marques' } })
    await ana.looksAfresh()
    await ana.seesRow('Page 259')
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Search or jump to' })
    await palette.getByRole('combobox').fill('zoe mar')
    const found = palette.getByRole('option', { name: /Zoë Marques/ })
    await eventually(() => found.getAttribute('aria-selected')).toBe('true')
    await shot(ana.page, 'palette')
    await page.keyboard.press('Control+i')
    await eventually(() => ana.dialog.textContent()).toContain('Zoë Marques')
    await page.keyboard.press('Escape')
    await eventually(() => ana.dialog.count()).toBe(0)

    await page.keyboard.press('Control+k')
    await palette.getByRole('combobox').fill('zoe')
    await eventually(() => found.getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: /Zoë Marques|Visitor/ }).waitFor()
    await page.getByRole('button', { name: 'Search or jump to…' }).click()
    await palette.getByRole('combobox').fill('unavail')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^Unavailable/ }).waitFor()
    await page.keyboard.press('Control+k')
    await palette.getByRole('combobox').fill('letter off')
    await page.keyboard.press('Enter')
    await page.keyboard.press('d')
    await page.keyboard.press('?')
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await page.keyboard.press('Control+k')
    await palette.getByRole('combobox').fill('letter on')
    expect(new URL(page.url()).pathname).toBe('/console/whos-on')
    expect(search()).not.toContain('rows=')
    await page.keyboard.press('Enter')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
  })
})
