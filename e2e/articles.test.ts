import { test } from 'vitest'
import { expectAccessible } from './axe.ts'
import { eventually } from './people.ts'
import { openScene } from './scene.ts'
import { shot } from './shot.ts'
import { openChat } from './talk.ts'

test('C2 a question that an article answers: shown before the chat, offered to the agent beside it', async () => {
  await using scene = await openScene()
  await scene.addLink(scene.site, '#1d5c47')
  await scene.rest.post('/articles', {
    title: 'Returning a bicycle',
    lead: 'Within 30 days.',
    body: 'Send the **bicycle** back to us.',
    published: true,
  })
  scene.page('/', { title: 'Shop', body: '<main><h1>Shop</h1></main>' })
  const ana = await scene.agent()
  await ana.opensChats()
  const kim = await scene.visitor()
  await kim.page.goto(scene.website.origin)
  await kim.page.getByRole('button', { name: 'Chat with us' }).click()
  await kim.panel.getByLabel('Your question').fill('How do I return my bicycle?')
  const start = kim.panel.getByRole('button', { name: 'Start chat' })
  await start.click()

  // Nobody is asked yet: the article may do. It opens beside the page, which stays as it is.
  const found = kim.panel.getByRole('link', { name: 'Returning a bicycle' })
  await found.waitFor()
  await expectAccessible(kim.page, 'an article that may help')
  await shot(kim.page, 'article')
  const opening = kim.page.waitForEvent('popup')
  await found.click()
  const article = await opening
  await article.getByRole('heading', { name: 'Returning a bicycle' }).waitFor()
  await article.close()

  // It did not: the same button starts the chat, and the agent has the article at hand.
  await start.click()
  await kim.panel.getByText('in line').first().waitFor()
  await openChat(ana, 'How do I return my bicycle?')
  await ana.page.getByRole('button', { name: 'Take' }).first().click()
  await ana.page.getByRole('button', { name: 'Articles that may help' }).click()
  await ana.page.getByRole('menuitem', { name: 'Returning a bicycle' }).click()
  const box = ana.page.getByRole('textbox', { name: /^Message to/ })
  await eventually(() => box.inputValue()).toMatch(
    /^Returning a bicycle: http.*returning-a-bicycle$/,
  )
})
